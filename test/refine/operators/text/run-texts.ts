import type { FieldType, RecordBatch } from '../../../../src/base/record/index.ts'
import { textColumn } from '../../../../src/base/record/index.ts'
import type { Operator } from '../../../../src/refine/operator.ts'

const KEY = new TextEncoder().encode('a key of tests')

export const batchOfTexts = (texts: readonly (string | null)[], type: FieldType = 'text'): RecordBatch => ({
  ids: texts.map((_, row) => String(row)),
  fields: [{ name: 'text', type }],
  columns: new Map([['text', textColumn(texts)]]),
})

/** Runs an operator on texts: what it kept, and `row: reason` of what left. */
export function runTexts(
  operator: Operator,
  texts: readonly (string | null)[],
  parameters: object = {},
): { kept: (string | null)[]; left: string[] } {
  const { kept, quarantined } = operator.run(batchOfTexts(texts), operator.parameters.parse(parameters), {
    fitted: undefined,
    carry: new Map(),
    pseudonymKey: KEY,
  })
  const column = kept.columns.get('text')
  return {
    kept: column?.kind === 'text' ? [...column.values] : [],
    left: quarantined.map(({ id, reason }) => `${id}: ${reason}`),
  }
}

/** The one text as a mapper leaves it. */
export const mapOne = (operator: Operator, text: string, parameters: object = {}): string | null =>
  runTexts(operator, [text], parameters).kept[0] ?? null
