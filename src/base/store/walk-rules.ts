import type { Found } from './storage.ts'

/** Parts of a path that never hold input. */
export const PASSED_OVER: ReadonlySet<string> = new Set(['.git', '.highgrade', 'node_modules', '.DS_Store', 'Thumbs.db'])
/** A tree deeper than this is a loop or an attack. */
export const MAX_DEPTH = 64

export const tooDeep = (path: string): Found => ({ kind: 'unreadable', path, reason: `deeper than ${MAX_DEPTH} folders` })

/** The system's own word for what went wrong (EACCES, ELOOP …), without absolute paths. */
export function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string') return code
  return error instanceof Error ? error.message : String(error)
}
