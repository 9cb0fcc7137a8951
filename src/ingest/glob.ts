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

/** Does any of the globs name this path? A glob without wildcards also names everything below it. */
export function matchesAny(globs: readonly string[], path: string): boolean {
  const name = path.normalize('NFC')
  return globs.some(
    (glob) => toPattern(glob).test(name) || (!/[*?]/.test(glob) && name.startsWith(`${glob.replace(/^\.\//, '').replace(/\/$/, '')}/`)),
  )
}

/** Folders that must be walked to find everything that the globs could name; `['']` for no globs. None lies in another. */
export function startFolders(globs: readonly string[]): string[] {
  if (globs.length === 0) return ['']
  const starts = globs.map((glob) => {
    const fixed = glob.replace(/^\.\//, '').split('!/')[0]?.split('/') ?? []
    const wild = fixed.findIndex((part) => /[*?]/.test(part))
    return fixed.slice(0, wild < 0 ? fixed.length - 1 : wild).join('/')
  })
  const inside = (path: string, folder: string): boolean => folder === '' || path === folder || path.startsWith(`${folder}/`)
  return [...new Set(starts)].filter((start, _, all) => !all.some((other) => other !== start && inside(start, other))).sort()
}
