import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from '../../src/base/store/index.ts'
import { type LeftOut, prepareExport, type ReadyExport, writeExport } from '../../src/release/index.ts'
import { temporaryFolder } from './make-release.ts'

/** A release in another form, ready; throws with the problem's code where it cannot be. */
export async function ready(
  folder: string,
  to: string,
  parameters: Record<string, unknown> = {},
  tables: string[] = [],
): Promise<ReadyExport> {
  const outcome = await prepareExport({ folder, to, tables, parameters })
  if (!outcome.ok) throw new Error(`${outcome.problem.code}: ${outcome.problem.message.en}`)
  return outcome.value
}

/** What goes to standard output. */
export async function streamed(
  folder: string,
  to: string,
  parameters: Record<string, unknown> = {},
  tables: string[] = [],
): Promise<string> {
  const { stream } = await ready(folder, to, parameters, tables)
  if (!stream) throw new Error(`${to} has no stream`)
  let text = ''
  for await (const piece of stream()) text += piece
  return text
}

export interface Written {
  readonly folder: string
  readonly paths: readonly string[]
  readonly leftOut: readonly LeftOut[]
  readonly text: (path: string) => string
  readonly json: (path: string) => unknown
}

/** What is written to a folder. */
export async function written(
  folder: string,
  to: string,
  parameters: Record<string, unknown> = {},
  tables: string[] = [],
): Promise<Written> {
  const into = join(temporaryFolder(), 'out')
  const outcome = await writeExport(await ready(folder, to, parameters, tables), into, folder)
  if (!outcome.ok) throw new Error(outcome.problem.code)
  const text = (path: string): string => readFileSync(join(into, path), 'utf8')
  return { folder: into, paths: await listFiles(into), leftOut: outcome.value.leftOut, text, json: (path) => JSON.parse(text(path)) }
}
