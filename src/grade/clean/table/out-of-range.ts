import type { RecordItem } from '../sub-item.ts'

export const outOfRange: RecordItem = {
  code: '0208-table-2',
  title: { zh: '超出范围', en: 'out of range' },
  method: (table) => {
    const n = table.fields.filter(({ range }) => range).length
    return { zh: `数值在声明的范围内（${n} 个字段有范围）`, en: `numbers lie in their declared range (${n} fields have one)` }
  },
  blocked: (table) =>
    table.fields.some(({ range }) => range) ? undefined : { zh: '没有字段声明范围。', en: 'No field declares a range.' },
  bind: (batch, table) => {
    const checks = table.fields.flatMap(({ name, range }) => {
      const column = batch.columns.get(name)
      return range && column?.kind === 'number' ? [{ values: column.values, low: range[0], high: range[1] }] : []
    })
    return (row) => checks.some(({ values, low, high }) => (values[row] as number) < low || (values[row] as number) > high)
  },
}
