import { defineProblem, fail, type Outcome, succeed, type Words } from '../base/problem/index.ts'
import type { RecordBatch } from '../base/record/index.ts'
import { dirname, exists, join, listFiles, openFile, readJson, readParquet } from '../base/store/index.ts'
import { type SourceEntry, sourceKeyOf } from '../ingest/index.ts'
import { type Relation, type Replay, replayRecord, replayRelation } from '../refine/index.ts'
import { type OpenRelease, readRelease } from './read-release.ts'
import { type TrailRow, trailRow } from './trail-file.ts'

export const recordUnknown = defineProblem<{ at: string; found: string }>('release/record-unknown', {
  zh: (p) => `${p.at}：没有标识为 ${p.found} 的记录。`,
  en: (p) => `${p.at}: there is no record with id ${p.found}.`,
  advice: {
    zh: '标识见 `highgrade export --to jsonl` 的 id，或 trail/ 中的记录。',
    en: 'Ids are in `highgrade export --to jsonl`, and in trail/.',
  },
})

/** The way of one record from raw file to here. */
export interface Explanation {
  readonly id: string
  readonly table: string
  readonly fate: TrailRow['fate']
  /** Why it left, and where: `null` for a released record. */
  readonly left: { readonly step: string; readonly reason: string; readonly field: string | null; readonly into: string | null } | null
  readonly source: {
    readonly path: string
    readonly sha256: string
    readonly format: string
    readonly part: string
    readonly place: number
  }
  /** Operators that changed it, by the trail. */
  readonly changedBy: readonly string[]
  /** Records that were merged into it. */
  readonly stoodFor: readonly { readonly id: string; readonly step: string }[]
  /** The raw record and each operator's before and after, replayed; or why they cannot be shown. */
  readonly replay: Replay | { readonly unavailable: Words }
}

/** Explains one record: released, merged or quarantined. @param sources folder of the raw files, when the workspace does not know it */
export async function explain(folder: string, id: string, sources?: string): Promise<Outcome<Explanation>> {
  const opened = await readRelease(folder)
  if (!opened.ok) return opened
  const release = opened.value
  const { row, stoodFor } = await findTrail(release, id)
  if (!row) return fail(recordUnknown({ at: folder, found: id }))
  const key = sourceKeyOf(id)
  const entry =
    release.sources.sources.find((one) => one.key === key) ?? release.sources.refused.find((one) => one.entry.key === key)?.entry
  if (!entry) return fail(recordUnknown({ at: folder, found: id }))
  const table = release.recipe.tables.find((one) => one.plan.name === row.table)
  const steps = table?.plan.steps ?? []
  return succeed({
    id,
    table: row.table,
    fate: row.fate,
    left: row.step === null ? null : { step: row.step, reason: row.reason ?? '', field: row.field, into: row.into },
    source: { path: entry.path, sha256: entry.sha256, format: entry.format, part: row.part, place: row.place },
    changedBy: row.changed === '' ? [] : row.changed.split(',').map((step) => steps[Number(step)]?.use ?? step),
    stoodFor,
    replay: table
      ? await replay(release, table, entry, id, sources)
      : { unavailable: { zh: '该文件没有成为任何表。', en: 'The file became part of no table.' } },
  })
}

interface Found {
  readonly row: TrailRow | undefined
  readonly stoodFor: readonly { readonly id: string; readonly step: string }[]
}

async function findTrail(release: OpenRelease, id: string): Promise<Found> {
  const rows: TrailRow[] = []
  for await (const batch of readTrail(release.folder)) {
    const into = batch.columns.get('into')
    for (let at = 0; at < batch.ids.length; at++) if (batch.ids[at] === id || into?.values[at] === id) rows.push(trailRow(batch, at))
  }
  const stoodFor = rows.filter((row) => row.into === id).map((row) => ({ id: row.id, step: row.step ?? '' }))
  return { row: rows.find((row) => row.id === id), stoodFor }
}

async function* readTrail(folder: string): AsyncIterable<RecordBatch> {
  for (const file of await listFiles(join(folder, 'trail'))) if (file.endsWith('.parquet')) yield* readParquet(join(folder, 'trail', file))
}

/** What the workspace beside a release remembers of this machine; no part of the release. */
export interface Whereabouts {
  /** Where each raw file lay, by key. */
  readonly files: Readonly<Record<string, string>>
  readonly pseudonymKey: string
  /** By table that was reshaped or joined, what it was made from: paths from the workspace. */
  readonly relations?: Readonly<Record<string, Relation>> | undefined
}

/** A relation with other paths. */
export const relocate = ({ chunks, rights }: Relation, place: (path: string) => string): Relation => ({
  chunks: chunks.map(place),
  rights: Object.fromEntries(Object.entries(rights).map(([name, right]) => [name, { ...right, chunks: right.chunks.map(place) }])),
})

export const whereaboutsPath = (releaseFolder: string, dataset: string): string =>
  join(releaseFolder, '..', '..', '.highgrade', dataset, 'whereabouts.json')

async function replay(
  release: OpenRelease,
  table: OpenRelease['recipe']['tables'][number],
  entry: SourceEntry,
  id: string,
  sources: string | undefined,
): Promise<Explanation['replay']> {
  const remembered = whereaboutsPath(release.folder, release.manifest.dataset)
  const whereabouts: Whereabouts = (await exists(remembered)) ? await readJson<Whereabouts>(remembered) : { files: {}, pseudonymKey: '' }
  const file = sources === undefined ? whereabouts.files[entry.key] : join(sources, entry.path)
  if (file === undefined || !(await exists(file)))
    return {
      unavailable: {
        zh: '原始文件不在本机；用 --sources 指明其文件夹。',
        en: 'The raw file is not on this machine; name its folder with --sources.',
      },
    }
  const source = await openFile(entry.path, file)
  const { plan, fitted } = table
  const { pseudonymKey } = whereabouts
  try {
    const read = await replayRecord({ source, entry, plan, fitted, id, pseudonymKey })
    const relation = whereabouts.relations?.[plan.name]
    if (!relation || read.broken !== null) return read
    const workspace = dirname(remembered)
    const there = relocate(relation, (path) => join(workspace, path))
    const steps = await replayRelation({ plan, relation: there, fitted, id, pseudonymKey, mediaFolder: join(workspace, 'media') })
    return { ...read, steps: steps ?? read.steps }
  } finally {
    await source.close()
  }
}
