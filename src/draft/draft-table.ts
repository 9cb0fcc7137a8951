import type { TableProfile } from '../ingest/index.ts'
import type { TablePlan } from '../refine/index.ts'
import type { FilePart } from './cover-files.ts'
import type { SchemaFit } from './pack-fit.ts'

/** A table that a recipe is drafted for. */
export interface DraftTable {
  readonly plan: TablePlan
  readonly profile: TableProfile
  /** Parts of files that feed it. */
  readonly files: readonly FilePart[]
  /** Schema of the pack that it follows. */
  readonly schema: SchemaFit | undefined
}
