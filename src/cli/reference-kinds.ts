import type { Words } from '../base/problem/index.ts'

/** One entry of the reference: the same for the terminal and for docs/reference. */
export interface ReferenceEntry {
  readonly id: string
  readonly title: Words
  readonly doc: Words
  readonly source: string
  /** Further lines, as Markdown. */
  readonly details: readonly string[]
}

export type ReferenceKind = 'operators' | 'indicators' | 'packs' | 'formats' | 'exports' | 'consensus'
export const REFERENCE_KINDS: readonly ReferenceKind[] = ['formats', 'operators', 'indicators', 'packs', 'exports', 'consensus']
