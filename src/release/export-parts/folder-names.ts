/** Characters that no file system takes in a name, or that lead out of a folder. */
const UNSAFE = /[\p{Cc}/\\:*?"<>|]/gu
/** Characters: a name of Han characters and emoji stays below 255 bytes. */
const LONGEST = 60

/** Names of folders for names of anything: safe on every file system, one each, in the order given. */
export function folderNames(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    names.map((name) => {
      const safe =
        [...name.normalize('NFC').replace(UNSAFE, '_')]
          .slice(0, LONGEST)
          .join('')
          .replace(/^[. ]+|[. ]+$/g, '_') || '_'
      // Some file systems take A and a for the same.
      let unique = safe
      for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${safe}_${n}`
      taken.add(unique.toLowerCase())
      return [name, unique]
    }),
  )
}
