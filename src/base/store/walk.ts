import { lstat, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { compareCodeUnits } from '../record/index.ts'

/** An entry of the input folder: a file to read, or something that is not one, with its reason. */
export type Found =
  | { readonly kind: 'file'; readonly path: string; readonly size: number }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: string }

const PASSED_OVER = new Set(['.git', '.highgrade', 'node_modules', '.DS_Store', 'Thumbs.db'])
/** A tree deeper than this is a loop or an attack. */
const MAX_DEPTH = 64

/**
 * All files below `start` in `folder`, or `start` itself where it is a file; sorted by path. Symbolic links are not followed (they could leave the folder or loop)
 * and are given as unreadable, as are folders that cannot be listed.
 */
export async function walk(folder: string, start = ''): Promise<Found[]> {
  const found: Found[] = []
  const visit = async (prefix: string, depth: number): Promise<void> => {
    if (depth > MAX_DEPTH) {
      found.push({ kind: 'unreadable', path: prefix, reason: `deeper than ${MAX_DEPTH} folders` })
      return
    }
    let names: string[]
    try {
      names = await readdir(join(folder, prefix))
    } catch (error) {
      found.push({ kind: 'unreadable', path: prefix || '.', reason: reasonOf(error) })
      return
    }
    for (const name of names) {
      if (!PASSED_OVER.has(name)) await look(prefix ? `${prefix}/${name}` : name, depth)
    }
  }
  const look = async (path: string, depth: number): Promise<void> => {
    try {
      const entry = await lstat(join(folder, path))
      if (entry.isDirectory()) await visit(path, depth + 1)
      else if (entry.isFile()) found.push({ kind: 'file', path, size: entry.size })
      else found.push({ kind: 'unreadable', path, reason: entry.isSymbolicLink() ? 'a symbolic link' : 'not a regular file' })
    } catch (error) {
      found.push({ kind: 'unreadable', path, reason: reasonOf(error) })
    }
  }
  // A folder that is named is entered, even through a link.
  const isFolder = await stat(join(folder, start)).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
  if (start === '' || isFolder) await visit(start, 0)
  else await look(start, 0)
  return found.sort((a, b) => compareCodeUnits(a.path, b.path))
}

/** The system's own word for what went wrong (EACCES, ELOOP …), without absolute paths. */
export function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string') return code
  return error instanceof Error ? error.message : String(error)
}
