import { compareCodeUnits } from '../base/record/index.ts'
import type { ReadableSource, SourceSample } from '../ingest/index.ts'
import type { UnshownValues } from './unshown-values.ts'

/** A part of a source with what a sample says of its columns. */
export interface Member {
  readonly key: string
  readonly path: string
  readonly format: string
  readonly part: string
  readonly names: readonly string[]
  readonly columns: readonly (readonly unknown[])[]
  readonly records: number
}

/** Files of one format and one schema: they become one table. */
export interface Family {
  readonly name: string
  readonly format: string
  /** Sorted by path; parts of one file in the file's order. */
  readonly members: readonly Member[]
  /** All column names, in order of first appearance. */
  readonly names: readonly string[]
  /** What reading has met that the members' samples do not show. */
  readonly unshown?: UnshownValues | undefined
}

/** Share of column names in common from which two files are of one family. */
const SAME_SCHEMA = 0.6

/** Formats that hold the same kind of thing. */
const FORMAT_GROUP: Readonly<Record<string, string>> = {
  png: 'image',
  jpeg: 'image',
  tiff: 'image',
  webp: 'image',
  wav: 'audio',
  mp3: 'audio',
  flac: 'audio',
}

/** The kind of thing that files of a format hold. */
export const formatGroup = (format: string): string => FORMAT_GROUP[format] ?? format

/** Groups parts of sources by format and schema. Depends on paths and columns, not on the order they come in. */
export function groupFamilies(sources: readonly ReadableSource[], samples: readonly SourceSample[]): Family[] {
  const byKey = new Map(samples.map((sample) => [sample.key, sample]))
  const members = sources
    .flatMap(({ entry }) =>
      (byKey.get(entry.key)?.parts ?? []).map((part) => ({ ...part, key: entry.key, path: entry.path, format: entry.format })),
    )
    .sort((a, b) => compareCodeUnits(a.path, b.path))
  const groups: { format: string; members: Member[]; names: Set<string> }[] = []
  for (const member of members) {
    const format = formatGroup(member.format)
    const names = new Set(member.names)
    const home = groups.find((group) => group.format === format && similarity(group.names, names) >= SAME_SCHEMA)
    if (home) {
      home.members.push(member)
      for (const name of names) home.names.add(name)
    } else groups.push({ format, members: [member], names })
  }
  const taken = new Set<string>()
  return groups.map((group) => ({
    name: uniqueName(namesFor(group.members), taken),
    format: group.format,
    members: group.members,
    names: [...group.names],
  }))
}

/** Jaccard similarity of two sets of names; one inside the other counts as the same schema with fields missing. */
function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const name of b) if (a.has(name)) common++
  if (common > 1 && (common === a.size || common === b.size)) return Math.max(SAME_SCHEMA, common / Math.max(a.size, b.size))
  return a.size + b.size === common ? 1 : common / (a.size + b.size - common)
}

const stemOf = (path: string): string => (path.split('/').at(-1) ?? path).replace(/(?:\.[A-Za-z0-9]{1,8})+$/, '')

/** Names for people, best first: the file's, or the folder that all files lie in, or both. */
function namesFor(members: readonly Member[]): string[] {
  const paths = [...new Set(members.map((member) => member.path))]
  const [first] = members
  if (!first) return []
  const stem = stemOf(first.path)
  if (paths.length === 1) {
    const oneParts = new Set(members.map((member) => member.part)).size === 1 && first.part !== ''
    return oneParts ? [`${stem}-${first.part}`] : [stem]
  }
  const folder = sharedFolder(paths)
  return folder === '' ? [first.format, stem] : [folder, `${folder}-${stem}`]
}

/** Last folder that all paths have in common; empty when there is none. */
function sharedFolder(paths: readonly string[]): string {
  const [shortest = [], ...others] = paths.map((path) => path.split('/').slice(0, -1))
  let shared = shortest.length
  for (const folder of others) while (shared > 0 && folder.slice(0, shared).join('/') !== shortest.slice(0, shared).join('/')) shared--
  return shortest[shared - 1] ?? ''
}

/** Longest name of a table: it is part of file names. */
const MAX_NAME = 60

const clean = (raw: string): string =>
  raw
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, MAX_NAME)

/** The first of the names that is free, else the last one with a number. */
function uniqueName(wanted: readonly string[], taken: Set<string>): string {
  const names = wanted.map(clean).filter((name) => name !== '')
  const last = names.at(-1) ?? 'table'
  let name = names.find((one) => !taken.has(one.toLowerCase())) ?? last
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${last}-${n}`
  taken.add(name.toLowerCase())
  return name
}
