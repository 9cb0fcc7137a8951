import { join } from 'node:path'
import type { Effects } from '../base/effects/index.ts'
import type { Loaded } from '../base/plugin/index.ts'
import { type Problem, ProblemError } from '../base/problem/index.ts'
import { type ByteSource, openFile, reasonOf, walk } from '../base/store/index.ts'
import { fingerprint } from './fingerprint.ts'
import type { ContainerFormat, Format, RecordFormat } from './format.ts'
import { matchesAny, startFolders } from './glob.ts'
import { fileEmpty, fileUnreadable, formatUnknown, nestedTooDeep } from './problems.ts'
import { loadFormats, recognise } from './registry.ts'
import { type ReadableSource, type RefusedFile, type SourceEntry, sourceKey } from './source.ts'
import { unpackMembers } from './unpack.ts'

/** What lies in an input folder: files that can be read, and files that cannot, each with its reason. Both sorted by key. */
export interface Survey {
  readonly sources: readonly ReadableSource[]
  readonly refused: readonly RefusedFile[]
}

export interface SurveyOptions {
  /** Folder that paths are relative to. */
  readonly folder: string
  /** Globs of the files to take; all when empty. */
  readonly only: readonly string[]
  /** Paths left out: the recipe itself, the output. */
  readonly except: readonly string[]
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
/** Archives inside archives inside archives: deeper is an attack. */
const MAX_NESTING = 3

/** Walks a folder, recognises and hashes every file, unpacks archives. Reads, changes nothing in the folder. */
export async function survey(options: SurveyOptions, effects: Pick<Effects, 'report'>): Promise<Survey> {
  const formats = await loadFormats()
  const sources: ReadableSource[] = []
  const refused: RefusedFile[] = []
  const refuse = (entry: Partial<SourceEntry> & { path: string }, problem: Problem): void => {
    refused.push({
      entry: { sha256: '', size: 0, format: '', parameters: {}, license: undefined, ...entry, key: sourceKey(entry.path) },
      problem,
    })
  }

  const take = async (path: string, file: string, nesting: number): Promise<void> => {
    let source: ByteSource | undefined
    try {
      source = await openFile(path, file)
      const head = await source.read(0, HEAD_BYTES)
      const chosen = choose(options, formats, head, path)
      const lines = chosen?.plugin.kind === 'records' && chosen.plugin.splits === 'lines'
      const { sha256, ranges } = await fingerprint(source, lines)
      const known = { path, sha256, size: source.size }
      if (source.size === 0) refuse(known, fileEmpty({ at: path }))
      else if (!chosen) refuse(known, formatUnknown({ at: path, found: excerpt(head) }))
      else if (chosen.plugin.kind === 'container') {
        if (nesting >= MAX_NESTING) refuse({ ...known, format: chosen.id }, nestedTooDeep({ at: path, expected: MAX_NESTING }))
        else await open(chosen.plugin, { ...known, format: chosen.id }, source, nesting)
      } else {
        const parameters = await detect(chosen.plugin, source, options)
        const entry: SourceEntry = { key: sourceKey(path), ...known, format: chosen.id, parameters, license: undefined }
        sources.push({ entry, file, ranges: ranges.length > 1 ? ranges : [] })
      }
    } catch (error) {
      refuse(
        { path, size: source?.size ?? 0 },
        error instanceof ProblemError ? error.problem : fileUnreadable({ at: path, found: reasonOf(error) }),
      )
    } finally {
      await source?.close()
    }
  }

  const open = async (
    format: ContainerFormat,
    entry: Partial<SourceEntry> & { path: string },
    source: ByteSource,
    nesting: number,
  ): Promise<void> => {
    for await (const member of unpackMembers(format, source, join(options.unpackInto, entry.sha256 ?? ''))) {
      if (member.problem) refuse(member.file === undefined ? { ...entry, path: member.path } : { path: member.path }, member.problem)
      else if (member.file !== undefined && wanted(options, member.path)) await take(member.path, member.file, nesting + 1)
    }
  }

  const found = (await Promise.all(startFolders(options.only).map((start) => walk(options.folder, start)))).flat()
  let done = 0
  for (const item of found) {
    effects.report({ stage: 'survey', done: done++, total: found.length, unit: 'files' })
    if (options.except.some((path) => item.path === path || item.path.startsWith(`${path}/`))) continue
    if (item.kind === 'unreadable') refuse({ path: item.path }, fileUnreadable({ at: item.path, found: item.reason }))
    else if (wanted(options, item.path)) await take(item.path, join(options.folder, item.path), 0)
  }
  effects.report({ stage: 'survey', done: found.length, total: found.length, unit: 'files' })
  return { sources: byKey(sources), refused: byKey(refused) }
}

const byKey = <T extends { readonly entry: SourceEntry }>(items: T[]): T[] =>
  items.sort((a, b) => (a.entry.key < b.entry.key ? -1 : a.entry.key > b.entry.key ? 1 : 0))

/** A file is wanted when a glob names it, or could name a member of it. */
const wanted = (options: SurveyOptions, path: string): boolean =>
  options.only.length === 0 ||
  matchesAny(options.only, path) ||
  options.only.some((glob) => glob.includes('!/') && matchesAny([glob.slice(0, glob.indexOf('!/'))], path))

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
