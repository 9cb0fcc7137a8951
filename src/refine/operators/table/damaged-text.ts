import { z } from 'zod'
import { columnsParameter, valueAction } from '../../../base/kernels/index.ts'
import { mapText, rejectWhere } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

/** U+FFFD; what GBK shows for its UTF-8 bytes (锟斤拷) and for memory that MSVC marks as uninitialised (烫烫烫, 屯屯屯). */
const DAMAGE = /\ufffd|锟斤拷|烫烫烫|屯屯屯/

/** Characters of a damaged text that quarantine shows. */
const SHOWN = 80

export default defineOperator({
  version: 1,
  title: { zh: '损坏的文字', en: 'Damaged text' },
  doc: {
    zh: '隔离文字因编码错误而损坏的记录，或将该值记为缺失：替换符 U+FFFD、“锟斤拷”“烫烫烫”“屯屯屯”。缺省看全部类别字段；可复原的乱码先用 text/fix-encoding-damage。',
    en: 'Quarantines records whose text a wrong encoding has destroyed, or makes the value missing: replacement characters U+FFFD and the Chinese spellings of it (锟斤拷, 烫烫烫, 屯屯屯). All category fields by default; mend first what can be mended with text/fix-encoding-damage.',
  },
  source: 'Unicode 16.0 §23.8 (replacement character); TC609-5-2025-04, 0208 clean content',
  parameters: z.strictObject({
    columns: columnsParameter.describe('text columns; by default all categories'),
    action: valueAction.default('quarantine').describe('missing: the damaged value becomes missing; quarantine: its record leaves'),
  }),
  example: {
    parameters: { columns: ['city'] },
    before: { city: ['上海', '锟斤拷锟斤拷', 'Mal\ufffdga', 'Málaga', null] },
    after: { city: ['上海', 'Málaga', null] },
    quarantined: [1, 2],
  },
  reasons: { 'text-damaged': { zh: '文字因编码错误损坏', en: 'the text was destroyed by a wrong encoding' } },
  run: (batch, { columns, action }) => {
    const names = columns.length > 0 ? columns : batch.fields.filter(({ type }) => type === 'category').map(({ name }) => name)
    if (action === 'missing') return mapText(batch, names, (value) => (DAMAGE.test(value) ? null : value))
    const judged = names.flatMap((field) => {
      const column = batch.columns.get(field)
      return column?.kind === 'text' ? [{ field, values: column.values }] : []
    })
    return rejectWhere(batch, (row) => {
      for (const { field, values } of judged) {
        const value = values[row] ?? null
        if (value !== null && DAMAGE.test(value)) return { reason: 'text-damaged', field, found: value.slice(0, SHOWN) }
      }
      return null
    })
  },
})
