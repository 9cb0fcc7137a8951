import { createHash } from 'node:crypto'
import { canonicalJson } from '../base/record/index.ts'
import { eachBounded, exists, readJson } from '../base/store/index.ts'
import type { RefineOptions } from './refine-options.ts'
import { RESULT, type RefineResult, type RefineTask } from './refine-unit.ts'
import type { RelateResult, RelateTask } from './relate.ts'
import type { TablePlan } from './table-plan.ts'

/** Results looked for at once: an object store answers several requests as fast as one. */
const LOOKS_AT_ONCE = 16

/** Runs units that have no result yet. A unit's folder is named by everything that its result depends on. */
export async function runUnits(
  tasks: readonly Omit<RefineTask, 'folder'>[],
  options: RefineOptions,
  onDone: (result: RefineResult) => void,
): Promise<RefineResult[]> {
  const hashes = new Map(options.sources.map((source) => [source.entry.key, source.entry.sha256]))
  const keyed: RefineTask[] = tasks.map((task) => ({ ...task, folder: `${options.workspace}/refine/${unitKey(task, hashes, options)}` }))
  const results: (RefineResult | undefined)[] = new Array(keyed.length)
  await eachBounded(keyed.entries(), LOOKS_AT_ONCE, async ([at, { folder }]) => {
    const path = `${folder}/${RESULT}`
    results[at] = (await exists(path)) ? await readJson<RefineResult>(path) : undefined
  })
  const open = [...results.keys()].filter((index) => results[index] === undefined)
  for (const result of results) if (result) onDone(result)
  await options.pool.runAll<RefineTask, RefineResult>(
    'refineUnit',
    open.map((index) => keyed[index] as RefineTask),
    (result, at) => {
      results[open[at] as number] = result
      onDone(result)
    },
  )
  return results.map((result, index) => located(result as RefineResult, (keyed[index] as RefineTask).folder))
}

/** A result with paths from the root, wherever the workspace lies now. */
const located = (result: RefineResult, folder: string): RefineResult => ({
  ...result,
  chunks: result.chunks.map((chunk) => ({ ...chunk, path: `${folder}/${chunk.path}` })),
  departures: `${folder}/${result.departures}`,
  unrefined: result.unrefined === null ? null : `${folder}/${result.unrefined}`,
})

/** What makes the records of a table, without what only names it. */
export function madeOf(plan: TablePlan): unknown {
  const { name: _name, title: _title, sources: _sources, ...made } = plan
  return made
}

function unitKey(task: Omit<RefineTask, 'folder'>, hashes: ReadonlyMap<string, string>, options: RefineOptions): string {
  const { plan, segment, last, fitted, pieces, chunks, unrefined } = task
  const made = madeOf(plan)
  const inputs = pieces.map((piece) => ({
    key: piece.key,
    sha256: hashes.get(piece.key),
    part: piece.part,
    range: piece.range,
    parameters: piece.parameters,
    reportsBreak: piece.reportsBreak,
  }))
  const chunkNames = chunks.map((path) => path.split('/').slice(-2).join('/'))
  const key = canonicalJson({
    software: options.software,
    made,
    segment,
    last,
    fitted,
    inputs,
    chunkNames,
    unrefined,
    pseudonymKey: options.pseudonymKey,
  })
  return createHash('sha256').update(key, 'utf8').digest('hex').slice(0, 32)
}

/** Reshapes and joins a table, unless that was done before on the same records. */
export async function relate(task: Omit<RelateTask, 'folder'>, options: RefineOptions): Promise<RelateResult> {
  const nameOf = (path: string): string => path.split('/').slice(-2).join('/')
  const rights = Object.entries(task.rights).map(([name, right]) => [name, right.counted, right.chunks.map(nameOf)])
  const key = canonicalJson({ software: options.software, made: madeOf(task.plan), chunks: task.chunks.map(nameOf), rights })
  const folder = `${options.workspace}/relate/${createHash('sha256').update(key, 'utf8').digest('hex').slice(0, 32)}`
  const done = await exists(`${folder}/${RESULT}`)
  const [result] = done
    ? [await readJson<RelateResult>(`${folder}/${RESULT}`)]
    : await options.pool.runAll<RelateTask, RelateResult>('relateTable', [{ ...task, folder }])
  const made = result as RelateResult
  return {
    ...made,
    chunks: made.chunks.map((chunk) => ({ ...chunk, path: `${folder}/${chunk.path}` })),
    departures: `${folder}/${made.departures}`,
  }
}
