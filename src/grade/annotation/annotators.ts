import type { RecordBatch } from '../../base/record/index.ts'
import { textOf } from '../../base/record/index.ts'
import type { TableFacts } from '../indicator.ts'

const EXPERT = '行业领域专家'

/** Where the records of a table say who annotated them, as the national format does. */
const annotatorField = ({ fields }: TableFacts): { readonly name: string; readonly isInside: boolean } | undefined => {
  const field = fields.find(({ name, type, codes }) =>
    name === 'annotator' ? codes?.includes(EXPERT) : name === 'annotation' && type === 'json',
  )
  return field && { name: field.name, isInside: field.type === 'json' }
}

/** Do records say what kind of person annotated them? */
export const statesAnnotators = (table: TableFacts): boolean => annotatorField(table) !== undefined

function annotatorIn(json: string): unknown {
  try {
    const annotation: unknown = JSON.parse(json)
    return typeof annotation === 'object' && annotation !== null && 'annotator' in annotation ? annotation.annotator : undefined
  } catch {
    return undefined
  }
}

/** Reads whether a record was annotated by a domain expert. Source: TC609-5-2025-02, `annotator`. */
export function annotatorReader(batch: RecordBatch, table: TableFacts): (row: number) => 'expert' | 'other' {
  const field = annotatorField(table)
  const values = field && textOf(batch, field.name)?.values
  return (row) => {
    const value = values?.[row] ?? null
    if (value === null) return 'other'
    return (field?.isInside ? annotatorIn(value) : value) === EXPERT ? 'expert' : 'other'
  }
}
