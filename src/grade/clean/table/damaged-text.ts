import type { RecordItem } from '../sub-item.ts'

const DAMAGE = /\ufffd|(?![\t\n\r])\p{Cc}|锟斤拷|烫烫烫|屯屯屯/u

export const damagedText: RecordItem = {
  code: '0208-table-3',
  title: { zh: '文字损坏', en: 'damaged text' },
  method: () => ({ zh: '文字值中没有替换符 U+FFFD、控制符或乱码', en: 'text values hold no U+FFFD, no controls and no mojibake' }),
  blocked: (table) =>
    table.fields.some(({ type }) => type === 'text' || type === 'category')
      ? undefined
      : { zh: '没有文字字段。', en: 'There is no text field.' },
  bind: (batch, table) => {
    const columns = table.fields.flatMap(({ name, type }) => {
      const column = batch.columns.get(name)
      return column?.kind === 'text' && (type === 'text' || type === 'category') ? [column.values] : []
    })
    return (row) => columns.some((values) => DAMAGE.test(values[row] ?? ''))
  },
}
