import { loadPlugin } from '../../../src/base/plugin/index.ts'
import type { Column, RecordBatch, Step } from '../../../src/base/record/index.ts'
import { takeRecords } from '../../../src/base/record/index.ts'
import type { Operator, OperatorContext } from '../../../src/refine/operator.ts'

const FOLDER = new URL('../../../src/refine/operators/', import.meta.url)
export const KEY = new TextEncoder().encode('key of the tests')

export async function operator(id: string): Promise<Operator> {
  const loaded = await loadPlugin<Operator>(FOLDER, id)
  if (!loaded) throw new Error(`no operator ${id}`)
  return loaded.plugin
}

/** Rows [from, to) of a batch. */
export const slice = (batch: RecordBatch, from: number, to: number): RecordBatch =>
  takeRecords(
    batch,
    Uint32Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i),
  )

/** A batch cut before each of these rows. */
export function cut(batch: RecordBatch, places: readonly number[]): RecordBatch[] {
  const edges = [0, ...places.map((place) => Math.min(place, batch.ids.length)).sort((a, b) => a - b), batch.ids.length]
  return edges.slice(1).map((edge, i) => slice(batch, edges[i] as number, edge))
}

/** Values of a column; null is missing. */
function cellsOf(column: Column | undefined): (string | number | null)[] {
  if (column?.kind === 'number') return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
  return column ? column.values.slice() : []
}

export interface Ran {
  readonly steps: readonly Step[]
  readonly ids: string[]
  /** Values kept, by column; null is missing. */
  readonly cells: Record<string, (string | number | null)[]>
  readonly merged: [id: string, into: string, reason: string][]
  readonly quarantined: [id: string, reason: string, found: string | undefined][]
}

/** Fits an operator on parts as workers would (a state each, as JSON, merged in order), then runs it over the same parts of one file. */
export function run(one: Operator, parts: readonly RecordBatch[], given: unknown): Ran {
  const parameters = one.parameters.parse(given)
  const { fit } = one
  const states = fit ? parts.map((part): unknown => JSON.parse(JSON.stringify(fit.add(fit.start(parameters), part, parameters)))) : []
  const fitted = fit?.finish(
    states.reduce((left, right) => fit.merge(left, right)),
    parameters,
  )
  const context: OperatorContext = { fitted, carry: new Map(), pseudonymKey: KEY }
  const steps = parts.map((part) => one.run(part, parameters, context))
  const names = [...(parts[0]?.columns.keys() ?? [])]
  const cells = Object.fromEntries(names.map((name) => [name, steps.flatMap(({ kept }) => cellsOf(kept.columns.get(name)))]))
  return {
    steps,
    ids: steps.flatMap(({ kept }) => kept.ids),
    cells,
    merged: steps.flatMap(({ merged }) => merged.map(({ id, into, reason }): [string, string, string] => [id, into, reason])),
    quarantined: steps.flatMap(({ quarantined }) =>
      quarantined.map(({ id, reason, found }): [string, string, string | undefined] => [id, reason, found]),
    ),
  }
}

/** Values that an operator made missing, and records that left, as one short line for reports. */
export function losses(before: RecordBatch, ran: Ran): { records: number; values: number } {
  const present = (columns: Iterable<readonly (string | number | null)[]>): number => {
    let n = 0
    for (const column of columns) for (const value of column) if (value !== null) n++
    return n
  }
  const kept = new Set(ran.ids)
  const rows = Uint32Array.from(before.ids.keys()).filter((row) => kept.has(before.ids[row] as string))
  const held = takeRecords(before, rows)
  const was = present([...held.columns.values()].map(cellsOf))
  return { records: before.ids.length - ran.ids.length, values: was - present(Object.values(ran.cells)) }
}
