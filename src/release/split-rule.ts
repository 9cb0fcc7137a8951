import type { Recipe } from '../base/recipe/index.ts'
import { readChunk } from '../base/store/index.ts'
import { sourceKeyOf } from '../ingest/index.ts'
import type { RefinedTable } from '../refine/index.ts'
import { ordinalOf, type SplitRule, toShares } from './splits.ts'

/** Fewer records than this are not worth cutting: a test set of ten says nothing. */
const MIN_RECORDS = 100
/** Series from this many files are split by file; fewer are cut in time. */
const MIN_SOURCES = 10

/**
 * How a table is split when the recipe does not say: not at all when small; by source or in time for series, so that
 * neighbouring points do not stand on both sides; else by a seeded hash of the id.
 */
export async function splitRule(table: RefinedTable, recipe: Recipe): Promise<SplitRule> {
  const shares = toShares(recipe.release?.splits)
  const by = recipe.release?.splitBy
  if (by !== undefined && table.plan.fields.some((field) => field.name === by))
    return { kind: 'hash', seed: recipe.seed, by: { field: by }, shares }
  if (recipe.release?.splits === undefined && table.counts.kept < MIN_RECORDS) return { kind: 'single', split: 'train' }
  if (table.plan.modality !== 'series') return { kind: 'hash', seed: recipe.seed, by: 'id', shares }
  const ends: Record<string, number> = {}
  for (const chunk of table.chunks) {
    for (const id of (await readChunk(chunk.path, new Set())).batch.ids)
      ends[sourceKeyOf(id)] = Math.max(ends[sourceKeyOf(id)] ?? 0, ordinalOf(id))
  }
  if (Object.keys(ends).length >= MIN_SOURCES) return { kind: 'hash', seed: recipe.seed, by: 'source', shares }
  return { kind: 'order', ends, shares }
}
