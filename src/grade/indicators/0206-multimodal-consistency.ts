import type { RecordBatch } from '../../base/record/index.ts'
import { RELATIONS } from '../consistency/relations.ts'
import type { TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { addTally, concludeShare, countRecords, emptyShare, mergeShares, notMeasured, type Tally } from '../record-share.ts'

interface State {
  readonly share: RecordShare
  /** Records by relation and verdict: `boxes-in-image holds`, `boxes-in-image broken`. */
  readonly verdicts: Tally
}

function addRelations(state: State, batch: RecordBatch, table: TableFacts): State {
  const checks = RELATIONS.flatMap(({ key, bind }) => {
    const contradicts = bind(batch, table)
    return contradicts ? [{ key, contradicts }] : []
  })
  if (checks.length === 0) return state
  const verdicts = new Map<string, number>()
  const ids: string[] = []
  const failed: number[] = []
  for (const [row, id] of batch.ids.entries()) {
    const found = checks.map(({ key, contradicts }) => ({ key, broken: contradicts(row) })).filter(({ broken }) => broken !== undefined)
    if (found.length === 0) continue
    ids.push(id)
    failed.push(found.some(({ broken }) => broken) ? 1 : 0)
    for (const { key, broken } of found) {
      const verdict = `${key} ${broken ? 'broken' : 'holds'}`
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
    }
  }
  return { share: countRecords(state.share, ids, Uint8Array.from(failed)), verdicts: addTally(state.verdicts, verdicts) }
}

const nothingRelated = notMeasured(
  {
    zh: '没有机器能核对的部分间关系；图文是否相符需要模型或人工判断。',
    en: 'There are no parts that a machine can compare here; whether text and image agree takes a model or people.',
  },
  {
    zh: '会核对：图像带 JSON 框标注及 width、height 列；文本带 JSON 片段（start、end，可带所引文字），或 tokens 与 tags；音频带 duration 列及转写或时段标注；国家格式的 media_type 与文件。其余请抽样人工核对。',
    en: 'Checked are: boxes (JSON) of images with columns width and height; spans (JSON: start, end, with or without their words) of texts, or tokens and tags; transcripts or labelled segments of recordings with a column duration; media_type and file in the national format. Review a sample for the rest.',
  },
)

export default defineIndicator<State>({
  version: 2,
  code: '0206',
  dimension: 'quality',
  title: { zh: '内容一致性', en: 'Multimodal consistency' },
  doc: {
    zh: '同一记录中相关的内容互相一致：框与图像、片段与文本、转写与录音、类型与文件。',
    en: 'Related parts of a record agree: boxes and image, spans and text, transcript and recording, kind and file.',
  },
  source: 'TC609-5-2025-04 0206',
  accumulation: {
    start: () => ({ share: emptyShare(), verdicts: [] }),
    add: addRelations,
    merge: (left, right) => ({ share: mergeShares(left.share, right.share), verdicts: addTally(left.verdicts, right.verdicts) }),
  },
  conclude: (_dataset, states) => {
    const total = states.map(({ share }) => share).reduce(mergeShares, emptyShare())
    if (total.records === 0) return nothingRelated
    const verdicts = new Map(states.reduce<Tally>((all, state) => addTally(all, state.verdicts), []))
    const checked = RELATIONS.flatMap(({ key, title }) => {
      const [holds, broken] = [verdicts.get(`${key} holds`) ?? 0, verdicts.get(`${key} broken`) ?? 0]
      return holds + broken === 0 ? [] : [{ relation: key, title, a: holds, b: holds + broken }]
    })
    const list = (language: 'zh' | 'en', separator: string): string => checked.map(({ title }) => title[language]).join(separator)
    return concludeShare([total], {
      method: {
        zh: `各部分不相矛盾的记录数 ÷ 有可比部分的记录数。核对：${list('zh', '；')}。内容说的是不是同一件事，需要模型或人工判断。`,
        en: `Records whose parts do not contradict each other over records that have parts to compare. Checked: ${list('en', '; ')}. Whether parts speak of the same thing takes a model or people.`,
      },
      advice: {
        zh: '改正证据中不成立的关系，或检查内容与标注是否配错。',
        en: 'Mend what the evidence shows as broken, or check whether content and annotation belong together.',
      },
      evidence: { relations: checked },
    })
  },
})
