import type { Effects } from '../base/effects/index.ts'
import type { Loaded } from '../base/plugin/index.ts'
import { type Problem, ProblemError } from '../base/problem/index.ts'
import { compareCodeUnits } from '../base/record/index.ts'
import {
  type ByteSource,
  eachBounded,
  exists,
  isOfOneFile,
  isRemote,
  isStoreFailure,
  join,
  type Known,
  openFile,
  reasonOf,
  walk,
} from '../base/store/index.ts'
import { fingerprint } from './fingerprint.ts'
import type { ContainerFormat, Format, RangeCutter, RecordFormat } from './format.ts'
import { matchesAny, reachesInto, startPlaces } from './glob.ts'
import { LineCutter } from './line-cutter.ts'
import { fileEmpty, fileUnreadable, formatUnknown, nestedTooDeep } from './problems.ts'
import { loadFormats, recognise } from './registry.ts'
import { type ReadableSource, type RefusedFile, type SourceEntry, sourceKey } from './source.ts'
import { unpackMembers } from './unpack.ts'

/** What lies in an input folder: files that can be read, and files that cannot, each with its reason. Both sorted by key. */
export interface Survey {
  readonly sources: readonly ReadableSource[]
  /** Archives whose members are among the sources. */
  readonly containers: readonly SourceEntry[]
  readonly refused: readonly RefusedFile[]
}

export interface SurveyOptions {
  /** Folder that paths are relative to. */
  readonly folder: string
  /** Globs of the files to take; all when empty. */
  readonly only: readonly string[]
  /** Paths left out: the recipe itself, the output. */
  readonly except: readonly string[]
  /** Licence that the recipe states for its files. */
  readonly license?: string | undefined
  /** Where members of archives are unpacked. */
  readonly unpackInto: string
  /** Id of the format to read matching files with, by glob, where the recipe names one. */
  readonly formats: readonly {
    readonly globs: readonly string[]
    readonly format: string
    readonly options: Readonly<Record<string, unknown>>
  }[]
}

/** Bytes that formats see of a file to recognise it. */
const HEAD_BYTES = 64 << 10
/** An object store answers several requests as fast as one. */
const REMOTE_FILES_AT_ONCE = 8
/** Archives inside archives inside archives: deeper is an attack. */
const MAX_NESTING = 3

/** What a survey has found so far. */
interface Finding {
  readonly options: SurveyOptions
  readonly formats: readonly Loaded<Format>[]
  readonly sources: ReadableSource[]
  readonly containers: SourceEntry[]
  readonly refused: RefusedFile[]
}

/** Walks a folder, recognises and hashes every file, unpacks archives. Reads, changes nothing in the folder. */
export async function survey(options: SurveyOptions, effects: Pick<Effects, 'report'>): Promise<Survey> {
  const finding: Finding = { options, formats: await loadFormats(), sources: [], containers: [], refused: [] }
  const starts = await startPlaces(options.only, (path) => exists(join(options.folder, path)))
  const found = (await Promise.all(starts.map((start) => walk(options.folder, start)))).flat()
  const isLeftOut = (path: string): boolean => options.except.some((other) => path === other || path.startsWith(`${other}/`))
  let done = 0
  await eachBounded(found, isRemote(options.folder) ? REMOTE_FILES_AT_ONCE : 1, async (item) => {
    effects.report({ stage: 'survey', done: done++, total: found.length, unit: 'files' })
    if (isLeftOut(item.path) || !wanted(options, item.path)) return
    if (item.kind === 'unreadable') refuse(finding, { path: item.path }, fileUnreadable({ at: item.path, found: item.reason }))
    else await take(finding, item.path, join(options.folder, item.path), 0, item)
  })
  effects.report({ stage: 'survey', done: found.length, total: found.length, unit: 'files' })
  const { sources, containers, refused } = finding
  const entries = containers.sort((a, b) => compareCodeUnits(a.key, b.key))
  return { sources: byKey(sources), containers: entries, refused: byKey(refused) }
}

function refuse(finding: Finding, entry: Partial<SourceEntry> & { readonly path: string }, problem: Problem): void {
  finding.refused.push({ entry: entryOf(entry), problem })
}

const entryOf = (known: Partial<SourceEntry> & { readonly path: string }): SourceEntry => ({
  sha256: '',
  size: 0,
  format: '',
  parameters: {},
  license: undefined,
  ...known,
  key: sourceKey(known.path),
})

/** Recognises one file and puts it where it belongs; whatever goes wrong with it is its own problem. */
async function take(finding: Finding, path: string, file: string, nesting: number, known?: Known): Promise<void> {
  let source: ByteSource | undefined
  try {
    source = await openFile(path, file, known)
    await recogniseSource(finding, source, file, nesting)
    await source.close()
  } catch (thrown) {
    const error = source?.failure ?? thrown
    await source?.close().catch(() => {})
    if (isStoreFailure(error) && !isOfOneFile(error.problem)) throw error
    const problem = error instanceof ProblemError ? error.problem : fileUnreadable({ at: path, found: reasonOf(error) })
    refuse(finding, { path, size: source?.size ?? 0 }, problem)
  }
}

async function recogniseSource(finding: Finding, source: ByteSource, file: string, nesting: number): Promise<void> {
  const { path, size } = source
  const { options, formats } = finding
  const head = await source.read(0, HEAD_BYTES)
  const chosen = choose(options, formats, head, path)
  // An archive may be on the way to what is named; any other file is named itself.
  if (chosen?.plugin.kind !== 'container' && !isNamed(options, path)) return
  const parameters = chosen?.plugin.kind === 'records' && size > 0 ? await detect(chosen.plugin, source, options) : {}
  const { sha256, ranges } = await fingerprint(source, chosen && cutterOf(chosen.plugin, parameters))
  const known = { path, sha256, size, format: chosen?.id ?? '' }
  if (size === 0) return refuse(finding, known, fileEmpty({ at: path }))
  if (!chosen) return refuse(finding, known, formatUnknown({ at: path, found: excerpt(head) }))
  if (chosen.plugin.kind === 'records') {
    finding.sources.push({
      entry: entryOf({ ...known, parameters, license: options.license }),
      file,
      pin: source.pin,
      ranges: ranges.length > 1 ? ranges : [],
    })
    return
  }
  if (nesting >= MAX_NESTING) return refuse(finding, known, nestedTooDeep({ at: path, expected: MAX_NESTING }))
  finding.containers.push(entryOf({ ...known, license: options.license }))
  await openContainer(finding, chosen.plugin, source, sha256, nesting)
}

function cutterOf(format: Format, parameters: unknown): RangeCutter | undefined {
  if (format.kind !== 'records') return undefined
  return format.splits === 'lines' ? new LineCutter() : format.cutter?.(parameters)
}

async function openContainer(
  finding: Finding,
  format: ContainerFormat,
  source: ByteSource,
  sha256: string,
  nesting: number,
): Promise<void> {
  for await (const member of unpackMembers(format, source, join(finding.options.unpackInto, sha256))) {
    const rest = member.file === undefined ? member.path : `${member.path}#rest`
    if (member.problem) refuse(finding, { path: rest }, member.problem)
    if (member.file !== undefined && wanted(finding.options, member.path)) await take(finding, member.path, member.file, nesting + 1)
  }
}

const byKey = <T extends { readonly entry: SourceEntry }>(items: T[]): T[] =>
  items.sort((a, b) => compareCodeUnits(a.entry.key, b.entry.key))

/** A file is wanted when a glob names it, or could name a member of it. */
const wanted = (options: SurveyOptions, path: string): boolean => isNamed(options, path) || reachesInto(options.only, path)

const isNamed = ({ only }: SurveyOptions, path: string): boolean => only.length === 0 || matchesAny(only, path)

function choose(options: SurveyOptions, formats: readonly Loaded<Format>[], head: Uint8Array, path: string): Loaded<Format> | undefined {
  const named = options.formats.find((entry) => matchesAny(entry.globs, path))
  return named ? formats.find((format) => format.id === named.format) : recognise(formats, head, path)
}

async function detect(format: RecordFormat, source: ByteSource, options: SurveyOptions): Promise<unknown> {
  const detected = (await format.detect(source)) as Readonly<Record<string, unknown>>
  const named = options.formats.find((entry) => matchesAny(entry.globs, source.path))
  return format.parameters.parse({ ...detected, ...named?.options })
}

/** The first bytes in a form that can be shown. */
function excerpt(head: Uint8Array): string {
  const shown = head.subarray(0, 16)
  const printable = shown.every((byte) => byte >= 32 && byte < 127)
  return printable && shown.length > 0 ? JSON.stringify(Buffer.from(shown).toString('latin1')) : `0x${Buffer.from(shown).toString('hex')}`
}
