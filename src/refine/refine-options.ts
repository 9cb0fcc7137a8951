import type { Pool } from '../base/engine/index.ts'
import type { ReadableSource } from '../ingest/index.ts'
import type { DuplicateOptions } from './duplicates/resolve-duplicates.ts'
import type { TablePlan } from './table-plan.ts'

/** What a table is refined with. */
export interface RefineOptions {
  readonly plans: readonly TablePlan[]
  readonly sources: readonly ReadableSource[]
  /** Folder whose content is keyed by what it was made from; what is there is not made again. */
  readonly workspace: string
  readonly mediaFolder: string
  readonly pool: Pool
  readonly duplicates: (plan: TablePlan) => DuplicateOptions
  /** Key of pseudonyms, hex. */
  readonly pseudonymKey: string
  readonly software: string
}
