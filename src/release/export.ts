import { randomBytes } from 'node:crypto'
import { asOutcome, fail, type Outcome, succeed, type Words } from '../base/problem/index.ts'
import { dirname, exists, isFolder, join, listFiles, makeFolder, moveFolder, relative, remove, resolve } from '../base/store/index.ts'
import type { Export, ExportForm, ExportTable } from './export-form.ts'
import { exportTables } from './export-parts/export-tables.ts'
import {
  exportFolderTaken,
  exportNeedsFolder,
  exportOptionInvalid,
  exportOptionUnknown,
  formUnfit,
  formUnknown,
  tableUnknown,
} from './export-problems.ts'
import { type OpenRelease, readRelease } from './read-release.ts'
import { exportFormIds, loadExportForm } from './registry.ts'

export interface ExportOptions {
  /** Folder of the release. */
  readonly folder: string
  /** Name of the form. */
  readonly to: string
  /** Names of tables; all that the form accepts when empty. */
  readonly tables: readonly string[]
  /** Options of the form, as `safeFormulas: true`. */
  readonly parameters: Readonly<Record<string, unknown>>
}

/** Something that a form cannot hold, with how often it occurred and the first records. */
export interface LeftOut {
  readonly reason: Words
  readonly count: number
  readonly examples: readonly string[]
}

/** An export that is ready to be written. */
export interface ReadyExport extends Export {
  readonly form: string
  readonly tables: readonly string[]
  /** Tables that the form cannot hold. */
  readonly passedOver: readonly string[]
  /** What was left out so far; complete once all was written. */
  readonly leftOut: () => readonly LeftOut[]
}

/** What was written. */
export interface Exported {
  readonly folder: string
  readonly form: string
  readonly tables: readonly string[]
  readonly passedOver: readonly string[]
  readonly files: number
  readonly leftOut: readonly LeftOut[]
}

/** Finds out what a release is in another form: form, tables and options are checked, nothing is written yet. */
export async function prepareExport({ folder, to, tables, parameters }: ExportOptions): Promise<Outcome<ReadyExport>> {
  const form = (await loadExportForm(to))?.plugin
  if (!form) return fail(formUnknown({ at: to, expected: exportFormIds().join(', ') }))
  const opened = await readRelease(folder)
  if (!opened.ok) return opened
  const chosen = chooseTables(opened.value, to, form, tables)
  if (!chosen.ok) return chosen
  const checked = checkParameters(to, form, parameters)
  if (!checked.ok) return checked
  const counter = countLeftOut(form)
  const source = { release: opened.value, tables: chosen.value.accepted }
  const made = await asOutcome(() => form.prepare(source, checked.value, counter.leaveOut))
  if (!made.ok) return made
  const names = chosen.value.accepted.map((table) => table.name)
  return succeed({ ...made.value, form: to, tables: names, passedOver: chosen.value.passedOver, leftOut: counter.leftOut })
}

/** Name of a form's option on the command line: `safeFormulas` is `--safe-formulas`. */
export const exportFlag = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

function checkParameters(to: string, form: ExportForm, given: Readonly<Record<string, unknown>>): Outcome<Record<string, unknown>> {
  const known = Object.keys(form.parameters.shape)
  const unknown = Object.keys(given).find((name) => !known.includes(name))
  if (unknown !== undefined)
    return fail(exportOptionUnknown({ at: to, field: exportFlag(unknown), expected: known.map(exportFlag).join(', ') || '–' }))
  const checked = form.parameters.safeParse(given)
  if (checked.success) return succeed(checked.data)
  const issue = checked.error.issues[0]
  return fail(exportOptionInvalid({ at: to, field: exportFlag(String(issue?.path[0] ?? '')), found: issue?.message ?? 'invalid' }))
}

interface Chosen {
  readonly accepted: readonly ExportTable[]
  readonly passedOver: readonly string[]
}

/** A table that was asked for by name must fit; of all tables those that fit are taken. */
function chooseTables(release: OpenRelease, to: string, form: ExportForm, names: readonly string[]): Outcome<Chosen> {
  const all = exportTables(release)
  const known = all.map((table) => table.name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) return fail(tableUnknown({ at: release.folder, found: unknown, expected: known.join(', ') }))
  const wanted = all.filter((table) => names.length === 0 || names.includes(table.name))
  const accepted = wanted.filter(form.accepts)
  const rest = wanted.filter((table) => !accepted.includes(table))
  if (accepted.length === 0 || (names.length > 0 && rest.length > 0))
    return fail(
      formUnfit({ at: to, expected: form.needs.en, expectedZh: form.needs.zh, found: rest.map(described).join('; ') || 'no records' }),
    )
  return succeed({ accepted, passedOver: rest.map((table) => table.name) })
}

/** A table in one line: what a form might need of it. */
function described(table: ExportTable): string {
  const fields = table.fields.map((field) => `${field.name}: ${field.type}${field.role ? ` ${field.role}` : ''}`)
  const shown = fields.length > 12 ? [...fields.slice(0, 12), `… ${fields.length}`] : fields
  return `${table.name} (${table.modality}: ${shown.join(', ')})`
}

/** Records named as examples of what was left out. */
const EXAMPLES = 5

function countLeftOut(form: ExportForm) {
  const counts = new Map<string, { count: number; readonly examples: string[] }>()
  return {
    leaveOut: (reason: string, id: string): void => {
      const known = counts.get(reason) ?? { count: 0, examples: [] }
      counts.set(reason, known)
      known.count++
      if (known.examples.length < EXAMPLES && known.examples.at(-1) !== id) known.examples.push(id)
    },
    leftOut: (): LeftOut[] =>
      [...counts].map(([reason, one]) => ({ reason: form.reasons?.[reason] ?? { zh: reason, en: reason }, ...one })),
  }
}

/** Text of an export for standard output, or why it cannot be one text. */
export function exportStream(ready: ReadyExport): Outcome<AsyncIterable<string>> {
  return ready.stream ? succeed(ready.stream()) : fail(exportNeedsFolder({ at: ready.form, found: ready.tables.length }))
}

/** Writes an export into a new folder, whole or not at all. @param release folder of the release, which must stay as it is */
export async function writeExport(ready: ReadyExport, folder: string, release: string): Promise<Outcome<Exported>> {
  const staged = join(dirname(resolve(folder)), `.export-${randomBytes(6).toString('hex')}`)
  return asOutcome(async () => {
    try {
      if (await isTaken(folder, release)) return fail(exportFolderTaken({ at: folder }))
      const files = await writeFiles(ready, staged)
      await remove(folder)
      if ((await moveFolder(staged, folder)) === 'taken') return fail(exportFolderTaken({ at: folder }))
      const { form, tables, passedOver } = ready
      return succeed({ folder, form, tables, passedOver, files, leftOut: ready.leftOut() })
    } catch (error) {
      await remove(staged).catch(() => {})
      throw error
    }
  })
}

async function isTaken(folder: string, release: string): Promise<boolean> {
  if (!relative(resolve(release), resolve(folder)).startsWith('..')) return true
  return (await exists(folder)) && (!(await isFolder(folder)) || (await listFiles(folder)).length > 0)
}

/** Writes all files of an export. @returns how many */
async function writeFiles(ready: ReadyExport, folder: string): Promise<number> {
  let files = 0
  await makeFolder(folder)
  for await (const file of ready.files()) {
    await file.write(join(folder, file.path))
    files++
  }
  return files
}
