import { z } from 'zod'
import type { Expression } from '../../../base/kernels/index.ts'
import { conditionOver, expressionFields, parseExpression } from '../../../base/kernels/index.ts'
import { wordsSchema } from '../../../base/recipe/index.ts'
import type { RecordBatch } from '../../../base/record/index.ts'
import { rejectWhere } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

const ruleParameter = z
  .string()
  .min(1)
  .superRefine((rule, context) => {
    const parsed = parseExpression(rule)
    if (!parsed.ok) context.addIssue({ code: 'custom', message: `"${rule}" at character ${parsed.at + 1}: expected ${parsed.expected}` })
  })

/** Characters of the broken rule that quarantine shows. */
const SHOWN = 200

/** `weight = 3, height = 0`: the values that broke a rule. */
function valuesIn(batch: RecordBatch, expression: Expression, row: number): string {
  return expressionFields(expression)
    .flatMap((name) => {
      const column = batch.columns.get(name)
      const value = column?.values[row] ?? null
      return column ? [`${name} = ${value === null || Number.isNaN(value) ? '–' : String(value).slice(0, 40)}`] : []
    })
    .join(', ')
}

export default defineOperator({
  version: 1,
  title: { zh: '字段间关系', en: 'Condition between fields' },
  doc: {
    zh: '隔离不满足条件 rule 的记录。条件可用 + - * / %、比较、and or not、in (…)、is missing，以及 abs min max round floor ceil sqrt log length lower contains year month date；字段名可直接写或放在反引号里，文本用引号。涉及缺失值而无法判断的记录保留。reason 说明为什么。',
    en: 'Quarantines records that break the condition `rule`. It may use + - * / %, comparisons, and or not, in (…), is missing, and abs min max round floor ceil sqrt log length lower contains year month date; field names bare or in backticks, texts in quotes. A record that a missing value leaves open stays. `reason` says why.',
  },
  source: 'GB/T 36344-2018, consistency of related data; denial constraints: Chu, Ilyas & Papotti 2013',
  parameters: z.strictObject({ rule: ruleParameter, reason: wordsSchema.optional() }),
  example: {
    parameters: { rule: 'diastolic < systolic or diastolic is missing' },
    before: { systolic: [120, 80, 130], diastolic: [80, 120, null] },
    after: { systolic: [120, 130], diastolic: [80, null] },
    quarantined: [1],
  },
  reasons: { 'rule-broken': { zh: '不满足字段间的条件', en: 'a condition between fields does not hold' } },
  run: (batch, { rule }) => {
    const parsed = parseExpression(rule)
    if (!parsed.ok) return rejectWhere(batch, () => null)
    const holds = conditionOver(parsed.expression, batch)
    const field = expressionFields(parsed.expression).join(', ')
    return rejectWhere(batch, (row) =>
      holds(row) === 0
        ? { reason: 'rule-broken', field, found: `${rule.slice(0, SHOWN)} (${valuesIn(batch, parsed.expression, row)})` }
        : null,
    )
  },
})
