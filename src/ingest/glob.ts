const SPECIAL = /[\\^$.|+()[\]{}]/g

/** A glob as a regular expression: `*` and `?` within a folder, `**` over folders. */
function toPattern(glob: string): RegExp {
  const source = glob
    .normalize('NFC')
    .replace(/^\.\//, '')
    .replace(SPECIAL, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, (token) => (token === '**/' ? '(?:.*/)?' : token === '**' ? '.*' : token === '*' ? '[^/]*' : '[^/]'))
  return new RegExp(`^${source}$`, 'u')
}

const hasWildcard = (glob: string): boolean => /[*?]/.test(glob)
const bare = (glob: string): string => glob.replace(/^\.\//, '').replace(/\/$/, '')

/** Does any of the globs name this path? A glob without wildcards also names everything below it, in folders and archives. */
export function matchesAny(globs: readonly string[], path: string): boolean {
  const name = path.normalize('NFC')
  return globs.some((glob) => toPattern(glob).test(name) || (!hasWildcard(glob) && isBelow(name, bare(glob).normalize('NFC'))))
}

const isBelow = (name: string, place: string): boolean => name.startsWith(`${place}/`) || name.startsWith(`${place}!/`)

/**
 * Could any of the globs name something inside of this archive? Archives of a folder are meant where a glob says so (`raw.zip!/*.csv`);
 * those inside of one that is open, wherever a glob reaches.
 */
export function reachesInto(globs: readonly string[], archive: string): boolean {
  const [outer = '', ...inner] = archive.split('!/')
  return globs.some((glob) => {
    const [start = '', ...rest] = bare(glob).split('!/')
    if (rest.length === 0) return inner.length > 0 && matchesAny([glob], outer)
    if (inner.length > 0 && start.includes('**')) return true
    return matchesAny([start], outer) && (inner.length === 0 || leadsTo(rest.join('!/').split('/'), `${inner.join('!/')}!`.split('/')))
  })
}

/** Do the folders of a glob lead to this place, or past it? */
function leadsTo(globParts: readonly string[], parts: readonly string[]): boolean {
  for (const [at, part] of parts.entries()) {
    const glob = globParts[at]
    if (glob?.includes('**')) return true
    if (glob === undefined || !toPattern(glob).test(part.normalize('NFC'))) return false
  }
  return globParts.length > parts.length
}

/**
 * Files and folders to look at for everything that the globs could name; `['']` for no globs. None lies in another.
 * @param isThere whether a path without wildcards exists; one that does not, perhaps in other characters, is searched for in its folder
 */
export async function startPlaces(globs: readonly string[], isThere: (path: string) => Promise<boolean>): Promise<string[]> {
  if (globs.length === 0) return ['']
  const starts: string[] = []
  for (const glob of globs) {
    const fixed = bare(glob).split('!/')[0]?.split('/') ?? []
    const wild = fixed.findIndex(hasWildcard)
    const place = fixed.slice(0, wild < 0 ? fixed.length : wild).join('/')
    starts.push(wild >= 0 || (await isThere(place)) ? place : fixed.slice(0, -1).join('/'))
  }
  const known = new Set(starts)
  return [...known].filter((start) => !foldersOf(start).some((folder) => known.has(folder))).sort()
}

/** Folders above a place, the top among them. */
function foldersOf(place: string): string[] {
  if (place === '') return []
  const parts = place.split('/')
  return parts.map((_, at) => parts.slice(0, at).join('/'))
}
