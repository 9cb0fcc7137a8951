import type { RecordItem } from '../sub-item.ts'
import { leastOf, numberField } from '../sub-item.ts'

/** Shorter side in pixels under which few vision models have anything to work on. */
const LEAST_SIDE_PX = 64

export const resolution: RecordItem = {
  code: '02080201',
  title: { zh: '图像分辨率', en: 'image resolution' },
  method: (table) => {
    const [width, height] = [leastOf(table, 'width', LEAST_SIDE_PX), leastOf(table, 'height', LEAST_SIDE_PX)]
    return { zh: `宽 ≥ ${width} 像素，高 ≥ ${height} 像素`, en: `width ≥ ${width} px, height ≥ ${height} px` }
  },
  blocked: (table) =>
    numberField(table, 'width') && numberField(table, 'height')
      ? undefined
      : { zh: '没有数值列 width 与 height。', en: 'There are no numeric columns width and height.' },
  bind: (batch, table) => {
    const sides = ['width', 'height'].map((name) => ({ column: batch.columns.get(name), least: leastOf(table, name, LEAST_SIDE_PX) }))
    return (row) => {
      let judged = false
      for (const { column, least } of sides) {
        const value = column?.kind === 'number' ? (column.values[row] as number) : Number.NaN
        if (value < least) return true
        judged ||= !Number.isNaN(value)
      }
      return judged ? false : undefined
    }
  },
}
