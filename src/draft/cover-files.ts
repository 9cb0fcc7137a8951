import { matchesAny } from '../ingest/index.ts'

/** A part of a raw file, as the tables of a recipe name it. */
export interface FilePart {
  readonly path: string
  readonly part: string
}

/**
 * Globs that name the parts of one table and no part of another: a folder with an extension where that says it, else
 * the files one by one. Files of which other tables take parts are named as `file#part`.
 */
export function coverFiles(wanted: readonly FilePart[], all: readonly FilePart[]): string[] {
  const own = new Set(wanted.map(keyOf))
  const others = all.filter((one) => !own.has(keyOf(one)))
  const shared = new Set(others.map(({ path }) => path))
  const whole = [...new Set(wanted.filter(({ path }) => !shared.has(path)).map(({ path }) => path))]
  const parts = wanted.filter(({ path }) => shared.has(path)).map(({ path, part }) => `${literal(path)}#${part}`)
  return [...new Set([...groups(whole).flatMap((group) => coverGroup(group, others)), ...parts])]
}

const keyOf = ({ path, part }: FilePart): string => `${path}\n${part}`

/** `#` in a path would begin a part: `?` names it as well. */
const literal = (path: string): string => path.replaceAll('#', '?')

interface Group {
  /** Archive that the files lie in, up to and with `!/`; empty for files of the folder. */
  readonly archive: string
  readonly extension: string
  readonly paths: string[]
}

/** Files by archive and extension, in order of first appearance. */
function groups(paths: readonly string[]): Group[] {
  const found = new Map<string, Group>()
  for (const path of paths) {
    const inner = path.lastIndexOf('!/')
    const archive = inner < 0 ? '' : path.slice(0, inner + 2)
    const extension = /\.[^./!#*?]+$/.exec(path)?.[0] ?? ''
    const group = found.get(`${archive}\n${extension}`) ?? { archive, extension, paths: [] }
    group.paths.push(path)
    found.set(`${archive}\n${extension}`, group)
  }
  return [...found.values()]
}

/** Fewest files from which a wildcard is easier to read than their names. */
const MIN_FILES = 3

function coverGroup({ archive, extension, paths }: Group, others: readonly FilePart[]): string[] {
  const isFree = (glob: string): boolean =>
    !others.some(({ path, part }) => matchesAny([glob], path) || matchesAny([glob], `${path}#${part}`))
  if (paths.length < MIN_FILES || extension === '') return paths.map(literal)
  const deep = `${literal(archive)}${sharedFolder(paths.map((path) => path.slice(archive.length)))}**/*${extension}`
  if (isFree(deep)) return [withoutDepth(deep, paths, isFree)]
  return [...byFolder(paths)].flatMap(([folder, inside]) => {
    const glob = `${literal(folder)}*${extension}`
    return inside.length >= MIN_FILES && isFree(glob) ? [glob] : inside.map(literal)
  })
}

/** A glob over folders as one within a folder, where no file lies deeper. */
function withoutDepth(deep: string, paths: readonly string[], isFree: (glob: string) => boolean): string {
  const flat = deep.replace('**/', '')
  return paths.every((path) => matchesAny([flat], path)) && isFree(flat) ? flat : deep
}

/** The folder that all paths lie in, with its slash; empty at the top. */
function sharedFolder(paths: readonly string[]): string {
  const [first = [], ...rest] = paths.map((path) => path.split('/').slice(0, -1))
  let shared = first.length
  for (const folders of rest) while (shared > 0 && folders.slice(0, shared).join('/') !== first.slice(0, shared).join('/')) shared--
  return first
    .slice(0, shared)
    .map((folder) => `${literal(folder)}/`)
    .join('')
}

function byFolder(paths: readonly string[]): Map<string, string[]> {
  const folders = new Map<string, string[]>()
  for (const path of paths) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    folders.set(folder, [...(folders.get(folder) ?? []), path])
  }
  return folders
}
