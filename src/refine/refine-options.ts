import type { Pool } from '../base/engine/index.ts'
import type { Outcome } from '../base/problem/index.ts'
import type { ReadableSource } from '../ingest/index.ts'
import type { DuplicateOptions } from './duplicates/resolve-duplicates.ts'
import type { TablePlan } from './table-plan.ts'
import type { UnshownValues } from './unshown-values.ts'

/** What a table is refined with. */
export interface RefineOptions {
  readonly plans: readonly TablePlan[]
  /** Plans a table again, with values that its sample did not show. */
  readonly revise: (table: string, unshown: UnshownValues) => Promise<Outcome<TablePlan>>
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
