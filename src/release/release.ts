import { randomBytes } from 'node:crypto'
import type { Effects } from '../base/effects/index.ts'
import type { Pool } from '../base/engine/index.ts'
import type { Outcome } from '../base/problem/index.ts'
import type { Recipe } from '../base/recipe/index.ts'
import { canonicalJson, compareCodeUnits } from '../base/record/index.ts'
import { eachBounded, join, makeFolder, openParquet, readJson, remove, writeAtomic, writtenHash } from '../base/store/index.ts'
import type { Grade } from '../grade/index.ts'
import { type RefusedFile, recordId, type Survey } from '../ingest/index.ts'
import type { Departure, LoadedPack, RefinedTable } from '../refine/index.ts'
import { cutShards } from './cut-shards.ts'
import { serialFacts } from './facts.ts'
import { gradeRelease } from './grade-release.ts'
import { mergeLeafFiles } from './leaf-file.ts'
import { type Counts, MANIFEST, type Manifest, type ManifestTable, manifestText } from './manifest.ts'
import { contentFiles, publish } from './publish.ts'
import { SIGNATURE, signingKey, signManifest } from './sign.ts'
import { splitRule } from './split-rule.ts'
import type { SplitRule } from './splits.ts'
import { TRAIL_FIELDS, trailBatch, trailOf } from './trail-file.ts'
import { writeDocuments } from './write-documents.ts'
import type { ShardResult, ShardTask } from './write-shard.ts'

export interface ReleaseOptions {
  readonly recipe: Recipe
  readonly pack: LoadedPack | undefined
  readonly survey: Survey
  readonly refined: readonly RefinedTable[]
  /** Folder of the data set's versions. */
  readonly folder: string
  readonly mediaFolder: string
  readonly pool: Pool
  readonly software: string
  /** The records are as they came, and graded as such. */
  readonly asIs: boolean
}

/** A published version. */
export interface Released {
  readonly folder: string
  readonly manifest: Manifest
  readonly grade: Grade
}

/**
 * Clean records become an immutable version:
 *
 *   shards ─ departures ─ root ─ grade ─ documents ─ manifest ─ signature ─ publish
 */
export async function release(options: ReleaseOptions, effects: Pick<Effects, 'report'>): Promise<Outcome<Released>> {
  const { recipe, survey, refined } = options
  const staged = join(options.folder, `.staged-${randomBytes(6).toString('hex')}`)
  const leafFolder = `${staged}-leaves`
  await Promise.all([staged, leafFolder].map(makeFolder))
  try {
    // 1. Parquet, trail and statistics, a shard at a time.
    const rules = await Promise.all(refined.map((table) => splitRule(table, recipe)))
    const written = await writeTables(options, rules, { staged, leafFolder }, effects)
    // 2. What left on the way.
    await writeDepartures(survey.refused, refined, staged)
    // 3. The root over all records.
    const leaves = await mergeLeafFiles(written.flatMap(({ results }) => results.map((result) => result.leaves)))
    const tables = written.map(({ table }) => table)
    const counts = countRecords(survey.refused, refined)
    const manifest: Omit<Manifest, 'files'> = {
      format: 'highgrade-release/1',
      dataset: recipe.dataset,
      version: recipe.version,
      root: leaves.root,
      counts,
      tables,
    }
    if (leaves.size !== counts.out) throw new Error(`release: ${leaves.size} records written, ${counts.out} counted`)
    // 4. The grade, and the documents for people and machines.
    const graded = await gradeRelease({
      ...options,
      rules,
      manifest,
      states: written.map(({ results }) => results.flatMap((result) => result.states)),
    })
    const media = recipe.release?.media === 'embedded' ? [] : written.flatMap(({ results }) => results.flatMap((result) => result.media))
    await writeDocuments({ ...options, staged, manifest, graded, media })
    // 5. Everything by hash, signed.
    const files = await hashFiles(staged)
    const text = manifestText({ ...manifest, files })
    await writeAtomic(join(staged, MANIFEST), text)
    await writeAtomic(join(staged, SIGNATURE), `${canonicalJson(signManifest(text, await signingKey()))}\n`)
    // 6. In one move, or not at all.
    const published = await publish(staged, options.folder, recipe.version, new Map(files.map((file) => [file.path, file.sha256])))
    return published.ok
      ? { ok: true, value: { folder: published.value, manifest: { ...manifest, files }, grade: graded.grade } }
      : published
  } catch (error) {
    await remove(staged)
    throw error
  } finally {
    await remove(leafFolder)
  }
}

/** Files hashed at once: an object store answers several requests as fast as one. */
const FILES_AT_ONCE = 8

/** Files of a staged release as its manifest names them, sorted by path. */
async function hashFiles(staged: string): Promise<Manifest['files']> {
  const files: Manifest['files'][number][] = []
  await eachBounded((await contentFiles(staged)).entries(), FILES_AT_ONCE, async ([at, path]) => {
    files[at] = { path, ...(await writtenHash(join(staged, path))) }
  })
  return files
}

interface WrittenTable {
  readonly table: ManifestTable
  readonly results: readonly ShardResult[]
}

async function writeTables(
  options: ReleaseOptions,
  rules: readonly SplitRule[],
  { staged, leafFolder }: { readonly staged: string; readonly leafFolder: string },
  effects: Pick<Effects, 'report'>,
): Promise<WrittenTable[]> {
  const { recipe, refined, survey, pool } = options
  const sourcePaths = Object.fromEntries(survey.sources.map((source) => [source.entry.key, source.entry.path]))
  const tasks: ShardTask[] = []
  for (const [i, table] of refined.entries()) {
    const shards = cutShards(table.chunks)
    let first = 0
    const rule = rules[i] as SplitRule
    for (const [shard, chunks] of shards.entries()) {
      const range = { from: first, to: first + chunks.length }
      first = range.to
      tasks.push({
        plan: table.plan,
        facts: serialFacts(table.plan, recipe, options.pack),
        shard,
        shards: shards.length,
        chunks: chunks.map((chunk) => chunk.path),
        duplicates: table.duplicates.duplicates.filter((one) => one.chunk >= range.from && one.chunk < range.to),
        rule,
        folder: staged,
        leafFolder,
        mediaFolder: options.mediaFolder,
        media: recipe.release?.media ?? 'both',
        sourcePaths,
      })
    }
  }
  let done = 0
  const results = await pool.runAll<ShardTask, ShardResult>('writeShard', tasks, () =>
    effects.report({ stage: 'write', done: ++done, total: tasks.length, unit: 'tasks' }),
  )
  return refined.map((table) => {
    const own = results.filter((_, i) => tasks[i]?.plan === table.plan)
    const files = own.flatMap((result) => result.files.map(({ path, split, records }) => ({ path, split, records })))
    return {
      table: { name: table.plan.name, modality: table.plan.modality, records: files.reduce((sum, file) => sum + file.records, 0), files },
      results: own,
    }
  })
}

/** `trail/departed.parquet`: every record that is not in the data and is no duplicate of one, with its reason. */
async function writeDepartures(refused: readonly RefusedFile[], refined: readonly RefinedTable[], staged: string): Promise<void> {
  const file = await openParquet(join(staged, 'trail', 'departed.parquet'), TRAIL_FIELDS)
  const rows = refused.map(({ entry, problem }) =>
    trailOf({ id: recordId(entry.key, 0), fate: 'quarantined', place: 0, part: '', step: 'survey', reason: problem.code }, ''),
  )
  for (const table of refined) {
    for (const path of table.departures) for (const one of await readJson<Departure[]>(path)) rows.push(trailOf(one, table.plan.name))
  }
  rows.sort((a, b) => compareCodeUnits(a.id, b.id))
  file.write(trailBatch(rows))
  await file.finish()
}

/** in = out + merged + quarantined; a file that gave no record counts as one in quarantine. */
function countRecords(refused: readonly RefusedFile[], refined: readonly RefinedTable[]): Counts {
  const counts = { in: refused.length, out: 0, merged: 0, quarantined: refused.length }
  for (const table of refined) {
    counts.in += table.counts.in
    counts.out += table.counts.kept
    counts.merged += table.counts.merged
    counts.quarantined += table.counts.quarantined
  }
  return counts
}
