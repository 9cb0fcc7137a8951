import { readFileSync } from 'node:fs'
import type { RecordBatch } from '../../../src/base/record/index.ts'
import { coerceBatch, decideCoercion, inferFields } from '../../../src/refine/unify/index.ts'
import type { RawTable } from '../shared-data.ts'
import { readDelimited, sharedFile } from '../shared-data.ts'

/** Readings of a BioLector I file: Latin-1, semicolons, below a block of settings. */
function readBioLector(file: string): RawTable {
  const lines = readFileSync(file, 'latin1').split(/\r?\n/)
  const header = lines.findIndex((line) => line.startsWith('READING;'))
  const names = (lines[header] as string).split(';')
  const rows = lines.slice(header + 1).map((line) => line.split(';'))
  const readings = rows.filter((row) => row.length >= names.length - 1)
  return { names, columns: names.map((_, i) => readings.map((row) => row[i] ?? null)) }
}

/** A real delimited file, typed as Highgrade would without a recipe; undefined, said aloud, where it is absent. */
export async function realTable(path: string, options = ''): Promise<RecordBatch | undefined> {
  const file = sharedFile(path)
  if (!file) return undefined
  const { names, columns } = path.includes('/bletl/') ? readBioLector(file) : await readDelimited(file, options)
  const fields = inferFields(names, columns)
  const decided = await decideCoercion(fields, Object.fromEntries(fields.map(({ name }, i) => [name, columns[i] ?? []])), {}, path)
  if (!decided.ok) throw new Error(decided.problem.message.en)
  const ids = Array.from({ length: columns[0]?.length ?? 0 }, (_, i) => `0123456789abcdef-${String(i).padStart(9, '0')}`)
  return coerceBatch({ ids, names, columns }, { fields, mapping: {}, decisions: decided.value }).batch
}

export const REAL_TABLES: readonly (readonly [path: string, options: string])[] = [
  ['01-industrial-manufacturing/NAB/machine_temperature_system_failure.csv', ''],
  ['01-industrial-manufacturing/SKAB/anomaly-free/anomaly-free.csv', ", delim=';'"],
  ['01-industrial-manufacturing/SKAB/valve1/0.csv', ", delim=';'"],
  ['01-industrial-manufacturing/SKAB/other/10.csv', ", delim=';'"],
  ['01-industrial-manufacturing/modeldata/chem_proc_yield.csv', ''],
  ['05-finance/germancredit/germancredit.csv', ''],
  ['05-finance/modeldata/lending_club.csv', ''],
  ['02-agriculture/agridat/barrero.maize.csv', ''],
  ['02-agriculture/agridat/george.wheat.csv', ''],
  ['02-agriculture/agridat/acorsi.greyleafspot.csv', ''],
  ['09-biomanufacturing/bletl/BL1/JH_ShakerSteps_20170302_070206.csv', ''],
]
