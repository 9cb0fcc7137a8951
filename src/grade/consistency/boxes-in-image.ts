import { boxesFieldOf, labelledBoxes } from '../../base/kernels/index.ts'
import { isNumeric } from '../../base/record/index.ts'
import type { Relation } from './relation.ts'
import { jsonAt, numberAt } from './relation.ts'

/** Rounding that annotation tools leave at the edge of an image, in pixels. */
const EDGE_PX = 1

export const boxesInImage: Relation = {
  key: 'boxes-in-image',
  title: { zh: `标注框都在图像之内（容许 ${EDGE_PX} 像素）`, en: `boxes lie in their image (within ${EDGE_PX} px)` },
  bind: (batch, table) => {
    const isSized = ['width', 'height'].every((name) => table.fields.some((field) => field.name === name && isNumeric(field.type)))
    const field = isSized && table.modality === 'image' ? boxesFieldOf(table.fields) : undefined
    if (!field) return undefined
    const [labels, widths, heights] = [field.name, 'width', 'height'].map((name) => batch.columns.get(name))
    return (row) => {
      const [width, height] = [numberAt(widths, row), numberAt(heights, row)]
      const boxes = labelledBoxes(jsonAt(labels, row))
      if (boxes.length === 0 || Number.isNaN(width) || Number.isNaN(height)) return undefined
      return !boxes.every(
        (box) =>
          Math.min(box.left, box.top) >= -EDGE_PX &&
          box.left + box.width <= width + EDGE_PX &&
          box.top + box.height <= height + EDGE_PX &&
          Math.min(box.width, box.height) > 0,
      )
    }
  },
}
