/** Characters past which a path is an attack: no file system takes longer ones. */
const MAX_PATH_CHARACTERS = 4096

export interface MemberPath {
  /** Relative, `/` between parts, without `.` and `..`, unique in its archive. */
  readonly path: string
  /** What makes the archive's own name unsafe; null when nothing does. */
  readonly unsafe: string | null
}

/** Gives each member of one archive its path; a second member of the same name becomes `name~2.csv`. */
export function memberPaths(): (name: string) => MemberPath {
  const taken = new Set<string>()
  return (name) => {
    const { path, unsafe } = safePath(name)
    const free = firstFree(path, (candidate) => !taken.has(candidate.normalize('NFC')))
    taken.add(free.normalize('NFC'))
    return { path: free, unsafe }
  }
}

/**
 * A path that stays inside of its archive. Backslashes, drive letters and a leading slash come from honest but old
 * packers and are mended; `..` and control characters are what attacks are made of, and are told.
 */
export function safePath(name: string): MemberPath {
  const parts = name
    .slice(0, MAX_PATH_CHARACTERS)
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
  const path = parts
    .filter((part) => part !== '..')
    .join('/')
    .replace(CONTROL, '_')
  return { path: path === '' ? 'unnamed' : path, unsafe: reasonOf(name, parts, path) }
}

const CONTROL = /\p{Cc}/gu

function reasonOf(name: string, parts: readonly string[], path: string): string | null {
  if (name.length > MAX_PATH_CHARACTERS) return `longer than ${MAX_PATH_CHARACTERS} characters`
  if (parts.includes('..')) return JSON.stringify(name)
  if (name.search(CONTROL) !== -1) return JSON.stringify(name)
  return path === '' ? 'empty' : null
}

function firstFree(path: string, isFree: (candidate: string) => boolean): string {
  if (isFree(path)) return path
  const dot = path.indexOf('.', path.lastIndexOf('/') + 2)
  const end = dot === -1 ? path.length : dot
  for (let copy = 2; ; copy++) {
    const candidate = `${path.slice(0, end)}~${copy}${path.slice(end)}`
    if (isFree(candidate)) return candidate
  }
}
