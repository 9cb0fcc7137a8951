/** Last part of a path, also of a member of an archive (`a.zip!/b/c.csv` → `c.csv`). */
export const fileNameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Name of the folder that a file lies in; null at the top. An archive counts as the folder of its members. */
export function folderOf(path: string): string | null {
  const end = path.lastIndexOf('/')
  if (end === -1) return null
  const name = fileNameOf(path.slice(0, end))
  return name.endsWith('!') ? name.slice(0, -1) : name
}

/** Extension in lower case without the dot; empty when there is none. */
export function extensionOf(path: string): string {
  const name = fileNameOf(path)
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase()
}
