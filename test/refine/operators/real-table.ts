import type { Field, RecordBatch } from '../../../src/base/record/index.ts'
import { coerceBatch, decideCoercion, inferFields } from '../../../src/refine/unify/index.ts'
import { type RawTable, readDelimited, sharedFile } from '../shared-data.ts'

/** A real delimited file as the engine types it without a recipe; undefined where the data is not on this machine. */
export async function realTable(path: string, options = ''): Promise<RecordBatch | undefined> {
  const file = sharedFile(path)
  return file === undefined ? undefined : typed(await readDelimited(file, options))
}

async function typed({ names, columns }: RawTable): Promise<RecordBatch> {
  const fields: Field[] = inferFields(names, columns).map(({ required: _, ...field }) => field)
  const decided = await decideCoercion(fields, Object.fromEntries(fields.map((field, i) => [field.name, columns[i] ?? []])), {}, 'table')
  if (!decided.ok) throw new Error(decided.problem.message.en)
  const ids = Array.from({ length: columns[0]?.length ?? 0 }, (_, row) => `r-${String(row).padStart(9, '0')}`)
  const mapping = Object.fromEntries(fields.map((field, i) => [field.name, names[i] as string]))
  return coerceBatch({ ids, names, columns }, { fields, mapping, decisions: decided.value }).batch
}
