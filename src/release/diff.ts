import { type Effects, realEffects } from '../base/effects/index.ts'
import { fail, type Outcome, ProblemError, succeed } from '../base/problem/index.ts'
import type { Recipe } from '../base/recipe/index.ts'
import { canonicalJson } from '../base/record/index.ts'
import type { Grade } from '../grade/index.ts'
import { diffGrades, type GradeDiff } from './diff/diff-grades.ts'
import { diffRecords, type OnRead, type RecordDiff } from './diff/diff-records.ts'
import { diffSchema, type FieldChange } from './diff/diff-schema.ts'
import { diffSources, type SourceDiff } from './diff/diff-sources.ts'
import type { ExportTable } from './export-form.ts'
import { exportTables } from './export-parts/export-tables.ts'
import { readReleaseJson } from './export-parts/release-file.ts'
import type { Counts, Manifest } from './manifest.ts'
import { type OpenRelease, readRelease } from './read-release.ts'

/** What a release is called, and its root. */
export interface ReleaseName {
  readonly dataset: string
  readonly version: string
  readonly root: string
  readonly counts: Counts
}

/** How a table differs. */
export interface TableDiff extends RecordDiff {
  readonly name: string
  /** Its name before, where the only table with its fields had another. */
  readonly was: string | null
  readonly change: 'added' | 'removed' | 'changed' | 'same'
  readonly fields: readonly FieldChange[]
  /** Steps as `text/mask-email@1`, where they differ. */
  readonly steps: { readonly before: readonly string[]; readonly after: readonly string[] } | null
  /** Records by split. */
  readonly splits: Readonly<Record<string, { readonly before: number; readonly after: number }>>
}

/** A key of the recipe that differs. */
export interface RecipeChange {
  readonly key: string
  readonly before: unknown
  readonly after: unknown
}

export interface ReleaseDiff {
  readonly before: ReleaseName
  readonly after: ReleaseName
  /** Are the records the same, one by one? */
  readonly sameRecords: boolean
  readonly tables: readonly TableDiff[]
  readonly sources: SourceDiff
  readonly recipe: readonly RecipeChange[]
  readonly grade: GradeDiff
}

/**
 * How one release differs from another:
 *
 *   records and labels of each table ─ schema ─ raw files ─ recipe ─ grade
 *
 * Tables whose files are the same byte by byte are not read. Checks no hash: see `verify`.
 */
export async function diffReleases(
  beforeFolder: string,
  afterFolder: string,
  effects: Pick<Effects, 'report'> = realEffects,
): Promise<Outcome<ReleaseDiff>> {
  const [before, after] = [await readRelease(beforeFolder), await readRelease(afterFolder)]
  if (!before.ok) return before
  if (!after.ok) return after
  try {
    const tables = await diffTables(before.value, after.value, effects)
    const [old, now] = await Promise.all([before.value, after.value].map(({ folder }) => readReleaseJson<Grade>(folder, 'grade.json')))
    return succeed({
      before: nameOf(before.value.manifest),
      after: nameOf(after.value.manifest),
      sameRecords: before.value.manifest.root === after.value.manifest.root,
      tables,
      sources: diffSources(before.value.sources, after.value.sources),
      recipe: diffRecipes(before.value.recipe.recipe, after.value.recipe.recipe),
      grade: diffGrades(old as Grade, now as Grade),
    })
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem)
    throw error
  }
}

const nameOf = ({ dataset, version, root, counts }: Manifest): ReleaseName => ({ dataset, version, root, counts })

async function diffTables(before: OpenRelease, after: OpenRelease, effects: Pick<Effects, 'report'>): Promise<TableDiff[]> {
  const pairs = pairTables(exportTables(before), exportTables(after))
  const total = pairs.reduce((sum, pair) => sum + (pair.before?.records ?? 0) + (pair.after?.records ?? 0), 0)
  let done = 0
  const onRead: OnRead = (records) => {
    done = Math.min(total, done + records)
    effects.report({ stage: 'diff', done, total, unit: 'records' })
  }
  const diffs: TableDiff[] = []
  for (const pair of pairs) {
    const isSame = hashesOf(before, pair.before) === hashesOf(after, pair.after)
    const records = isSame ? sameRecords(pair.after?.records ?? 0) : await diffRecords(pair.before, pair.after, onRead)
    const fields = diffSchema(pair.before, pair.after)
    const steps = diffSteps(stepsOf(before, pair.before), stepsOf(after, pair.after))
    const name = (pair.after ?? pair.before)?.name ?? ''
    const was = pair.before && pair.before.name !== name ? pair.before.name : null
    const change = changeOf(pair, records, was !== null || fields.length > 0 || steps !== null)
    diffs.push({ name, was, change, fields, steps, splits: diffSplits(pair.before, pair.after), ...records })
  }
  return diffs
}

interface Pair {
  readonly before: ExportTable | undefined
  readonly after: ExportTable | undefined
}

/** Tables by name; of the rest those that have the same fields, in order: a table is often called after its raw file. */
function pairTables(before: readonly ExportTable[], after: readonly ExportTable[]): Pair[] {
  const gone = before.filter((table) => !after.some((other) => other.name === table.name))
  const fresh = after.filter((table) => !before.some((other) => other.name === table.name))
  const renamed = new Map<ExportTable, ExportTable>()
  for (const table of gone) {
    const heir = fresh.find((other) => shapeOf(other) === shapeOf(table) && ![...renamed.values()].includes(other))
    if (heir) renamed.set(table, heir)
  }
  const pairs = before.map(
    (table): Pair => ({ before: table, after: renamed.get(table) ?? after.find((other) => other.name === table.name) }),
  )
  const taken = new Set(pairs.map((pair) => pair.after))
  return [...pairs, ...after.filter((table) => !taken.has(table)).map((table): Pair => ({ before: undefined, after: table }))]
}

const shapeOf = (table: ExportTable): string => canonicalJson(table.fields.map((field) => [field.name, field.type]))

function changeOf({ before, after }: Pair, records: RecordDiff, isDescribedOtherwise: boolean): TableDiff['change'] {
  if (!before) return 'added'
  if (!after) return 'removed'
  const differing = records.added.count + records.removed.count + records.changed.count + records.moved.count
  return differing > 0 || isDescribedOtherwise ? 'changed' : 'same'
}

/** Hashes of a table's files with their splits. */
function hashesOf({ manifest }: OpenRelease, table: ExportTable | undefined): string {
  const hashes = new Map(manifest.files.map((file) => [file.path, file.sha256]))
  const files = manifest.tables.find((one) => one.name === table?.name)?.files ?? []
  return canonicalJson(files.map((file) => [file.split, hashes.get(file.path) ?? file.path]))
}

const NONE = { count: 0, examples: [] } as const
const sameRecords = (unchanged: number): RecordDiff => ({
  unchanged,
  added: NONE,
  removed: NONE,
  changed: NONE,
  moved: NONE,
  changedFields: {},
  labels: null,
})

const stepsOf = (release: OpenRelease, table: ExportTable | undefined): string[] =>
  (release.recipe.tables.find((one) => one.plan.name === table?.name)?.plan.steps ?? []).map((step) => `${step.use}@${step.version}`)

const diffSteps = (before: readonly string[], after: readonly string[]): TableDiff['steps'] =>
  canonicalJson(before) === canonicalJson(after) ? null : { before, after }

function diffSplits(before: ExportTable | undefined, after: ExportTable | undefined): TableDiff['splits'] {
  const count = (table: ExportTable | undefined, split: string): number =>
    (table?.files ?? []).reduce((sum, file) => sum + (file.split === split ? file.records : 0), 0)
  const names = [...(before?.files ?? []), ...(after?.files ?? [])].map((file) => file.split)
  return Object.fromEntries([...new Set(names)].map((split) => [split, { before: count(before, split), after: count(after, split) }]))
}

/** Keys of the recipe that differ, those of a group by themselves: `license`, `provenance.source` … */
function diffRecipes(before: Recipe, after: Recipe): RecipeChange[] {
  const [left, right] = [flatKeys(before), flatKeys(after)]
  return [...new Set([...left.keys(), ...right.keys()])]
    .sort()
    .map((key) => ({ key, before: left.get(key) ?? null, after: right.get(key) ?? null }))
    .filter((one) => canonicalJson(one.before) !== canonicalJson(one.after))
}

function flatKeys(recipe: Recipe): ReadonlyMap<string, unknown> {
  const { tables: _, dataset: __, version: ___, ...rest } = recipe
  return new Map(
    Object.entries(rest).flatMap(([key, value]): [string, unknown][] =>
      ['provenance', 'publisher', 'release', 'demand', 'documentation'].includes(key) && typeof value === 'object'
        ? Object.entries(value as object).map(([inner, item]) => [`${key}.${inner}`, item])
        : [[key, value]],
    ),
  )
}
