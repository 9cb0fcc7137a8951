import { z } from 'zod'
import { keepAll, mapText, rejectWhere, textOf } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

export default defineOperator({
  version: 1,
  title: { zh: '代码表', en: 'Code list' },
  doc: {
    zh: '检查类别值是否在代码表内：参数 codes，未列出的字段用模式中的 codes。action：quarantine 隔离记录，missing 只去掉该值。写法归一与别名在类型化时完成。',
    en: 'Checks categories against their codes: the parameter `codes`, for other fields the codes in the schema. action: quarantine the record, missing takes the value out. Spellings and aliases are resolved when raw data are typed.',
  },
  source: 'GB/T 36344-2018, conformity to reference data',
  parameters: z.strictObject({
    codes: z.record(z.string(), z.array(z.string()).min(1)).default({}),
    action: z.enum(['quarantine', 'missing']).default('quarantine'),
  }),
  example: {
    parameters: { codes: { state: ['RUN', 'STOP'] } },
    before: { state: ['RUN', 'run?', 'STOP', null] },
    after: { state: ['RUN', 'STOP', null] },
    quarantined: [1],
  },
  reasons: { 'code-unknown': { zh: '值不在代码表中', en: 'a value is not in its code list' } },
  run: (batch, { codes, action }) => {
    const lists = new Map<string, ReadonlySet<string>>()
    for (const { name, codes: declared } of batch.fields) if (declared && declared.length > 0) lists.set(name, new Set(declared))
    for (const [name, given] of Object.entries(codes)) lists.set(name, new Set(given))
    if (action === 'missing') {
      let kept = batch
      for (const [name, list] of lists) kept = mapText(kept, [name], (value) => (list.has(value) ? value : null)).kept
      return keepAll(kept)
    }
    const checked = [...lists].flatMap(([field, list]) => {
      const column = textOf(batch, field)
      return column ? [{ field, list, values: column.values }] : []
    })
    return rejectWhere(batch, (row) => {
      for (const { field, list, values } of checked) {
        const value = values[row] ?? null
        if (value !== null && !list.has(value)) return { reason: 'code-unknown', field, found: value.slice(0, 120) }
      }
      return null
    })
  },
})
