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
  /** Copies given so far of a path, so that many members of one name are not counted through again. */
  const copies = new Map<string, number>()
  return (name) => {
    const { path, unsafe } = safePath(name)
    const key = path.normalize('NFC')
    let free = path
    let copy = copies.get(key) ?? 1
    while (taken.has(free.normalize('NFC'))) free = numbered(path, ++copy)
    copies.set(key, copy)
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

const excerpt = (name: string): string => JSON.stringify(name.slice(0, 200))

function reasonOf(name: string, parts: readonly string[], path: string): string | null {
  if (name.length > MAX_PATH_CHARACTERS) return `longer than ${MAX_PATH_CHARACTERS} characters`
  if (parts.includes('..')) return excerpt(name)
  if (name.search(CONTROL) !== -1) return excerpt(name)
  return path === '' ? 'empty' : null
}

/** `a/b.tar.gz` → `a/b~2.tar.gz`: the extension, by which formats are told apart, stays. */
function numbered(path: string, copy: number): string {
  const dot = path.indexOf('.', path.lastIndexOf('/') + 2)
  const end = dot === -1 ? path.length : dot
  return `${path.slice(0, end)}~${copy}${path.slice(end)}`
}
