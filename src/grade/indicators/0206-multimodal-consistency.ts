import { labelledBoxes } from '../../base/kernels/index.ts'
import type { Column } from '../../base/record/index.ts'
import { isNumeric } from '../../base/record/index.ts'
import type { TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { concludeShare, countRecords, emptyShare, mergeShares, notMeasured } from '../record-share.ts'

/** Rounding that annotation tools leave at the edge of an image, in pixels. */
const EDGE_PX = 1

/** Names of the JSON label of an image and of its size. */
function checkable(table: TableFacts): string | undefined {
  const sized = ['width', 'height'].every((name) => table.fields.some((field) => field.name === name && isNumeric(field.type)))
  return sized ? table.fields.find(({ role, type }) => role === 'label' && type === 'json')?.name : undefined
}

const numberAt = (column: Column | undefined, row: number): number =>
  column?.kind === 'number' ? (column.values[row] as number) : Number.NaN

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

/** Do all boxes of a label lie in the image? Undefined where there is no box or no size. */
function boxesFit(label: string, width: number, height: number): boolean | undefined {
  const boxes = labelledBoxes(parsed(label))
  if (boxes.length === 0 || Number.isNaN(width) || Number.isNaN(height)) return undefined
  return boxes.every(
    (box) =>
      Math.min(box.left, box.top) >= -EDGE_PX &&
      box.left + box.width <= width + EDGE_PX &&
      box.top + box.height <= height + EDGE_PX &&
      Math.min(box.width, box.height) > 0,
  )
}

export default defineIndicator<RecordShare>({
  version: 1,
  code: '0206',
  dimension: 'quality',
  title: { zh: '内容一致性', en: 'Multimodal consistency' },
  doc: { zh: '同一记录中相关的多模态内容互相一致。', en: 'Related parts of a record in several modalities agree.' },
  source: 'TC609-5-2025-04 0206',
  accumulation: {
    start: emptyShare,
    add: (share, batch, table) => {
      const name = checkable(table)
      const labels = name === undefined ? undefined : batch.columns.get(name)
      if (labels?.kind !== 'text') return share
      const [width, height] = [batch.columns.get('width'), batch.columns.get('height')]
      const ids: string[] = []
      const failed: number[] = []
      for (let row = 0; row < batch.ids.length; row++) {
        const fits = boxesFit(labels.values[row] ?? '', numberAt(width, row), numberAt(height, row))
        if (fits === undefined) continue
        ids.push(batch.ids[row] as string)
        failed.push(fits ? 0 : 1)
      }
      return countRecords(share, ids, Uint8Array.from(failed))
    },
    merge: mergeShares,
  },
  conclude: (_dataset, shares) => {
    const total = shares.reduce(mergeShares, emptyShare())
    if (total.records === 0) {
      return notMeasured(
        {
          zh: '没有机器能核对的跨模态关系；图文是否相符需要模型或人工判断。',
          en: 'There is no relation between modalities that a machine can check here; whether text and image agree takes a model or people.',
        },
        {
          zh: '图像带 JSON 框标注及 width、height 列时会核对框是否在图内；其余请抽样人工核对。',
          en: 'With a JSON label of boxes and the columns width and height, boxes are checked against the image; review a sample for the rest.',
        },
      )
    }
    return concludeShare([total], {
      method: {
        zh: `所有标注框都在图像之内（容许 ${EDGE_PX} 像素）的记录数 ÷ 带框的记录数；不判断框内是什么。`,
        en: `Records whose boxes all lie in their image (within ${EDGE_PX} px) over records that have boxes; what is inside a box is not judged.`,
      },
      advice: {
        zh: '改正越界的框，或检查图像与标注是否配错。',
        en: 'Mend boxes outside of the image, or check whether image and label belong together.',
      },
      evidence: { check: 'boxes inside image' },
    })
  },
})
