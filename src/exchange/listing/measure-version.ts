import { fail, type Outcome, succeed } from '../../base/problem/index.ts'
import { isNumeric, type RecordBatch } from '../../base/record/index.ts'
import { join, readRowGroups } from '../../base/store/index.ts'
import { type OpenRelease, readRelease } from '../../release/index.ts'
import { tokenizerMissing } from '../problems.ts'
import { loadTokenizer } from '../registry.ts'
import type { ListedVersion, MeasuredRowGroup } from './queries.ts'
import { commitOf, specificationSheet } from './specification-sheet.ts'

export type CountTokens = (text: string) => number

/** Loads tokenizers by name. */
export async function loadCounters(names: readonly string[]): Promise<Outcome<Map<string, CountTokens>>> {
  const counters = new Map<string, CountTokens>()
  for (const name of names) {
    const tokenizer = await loadTokenizer(name)
    if (!tokenizer) return fail(tokenizerMissing({ at: name, found: 'there is none of that name' }))
    try {
      counters.set(name, await tokenizer.plugin.load())
    } catch (error) {
      return fail(tokenizerMissing({ at: name, found: error instanceof Error ? error.message : String(error) }))
    }
  }
  return succeed(counters)
}

/** Is a field's text what tokens are counted of? Numbers, dates and media are not text. */
export const isCounted = (type: string): boolean => type === 'text' || type === 'category' || type === 'json'

/** Tokens of the texts of a batch: each value by itself. */
function countBatch(batch: RecordBatch, count: CountTokens): number {
  let sum = 0
  for (const { name, type } of batch.fields) {
    const column = batch.columns.get(name)
    if (column?.kind !== 'text' || isNumeric(type) || !isCounted(type)) continue
    for (const value of column.values) if (value !== null) sum += count(value)
  }
  return sum
}

/**
 * Reads a release for sale: its sheet, and for each row group where it lies, how many records it holds, from which id to
 * which, and how many tokens.
 */
export async function measureVersion(
  folder: string,
  listingId: string,
  tokenizers: readonly string[],
  now: Date,
  report: (done: number, total: number) => void = () => {},
): Promise<Outcome<{ version: ListedVersion; groups: MeasuredRowGroup[] }>> {
  const release = await readRelease(folder)
  if (!release.ok) return release
  const counters = await loadCounters(tokenizers)
  if (!counters.ok) return counters
  const groups = await measureGroups(release.value, counters.value, report)
  const version = {
    listingId,
    version: release.value.manifest.version,
    commit: commitOf(release.value),
    folder,
    sheet: await specificationSheet(release.value),
    addedAt: now,
  }
  return succeed({ version, groups })
}

async function measureGroups(
  { folder, manifest }: OpenRelease,
  counters: ReadonlyMap<string, CountTokens>,
  report: (done: number, total: number) => void,
): Promise<MeasuredRowGroup[]> {
  const measured: MeasuredRowGroup[] = []
  let done = 0
  for (const { files } of manifest.tables)
    for (const { path } of files) {
      let n = 0
      for await (const { startByte, endByte, batch } of readRowGroups(join(folder, path))) {
        const ids = [...batch.ids].sort()
        measured.push({
          path,
          n: n++,
          startByte: BigInt(startByte),
          endByte: BigInt(endByte),
          firstId: ids[0] ?? '',
          lastId: ids.at(-1) ?? '',
          nRecords: BigInt(batch.ids.length),
          tokens: Object.fromEntries([...counters].map(([name, count]) => [name, countBatch(batch, count)])),
        })
        done += batch.ids.length
        report(done, manifest.counts.out)
      }
    }
  return measured
}
