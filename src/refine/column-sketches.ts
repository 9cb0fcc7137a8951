import { measuredColumns } from '../base/kernels/index.ts'
import type { RecordBatch } from '../base/record/index.ts'
import type { QuantileSketch } from '../base/statistics/index.ts'
import { addToSketch, emptySketch, mergeSketches } from '../base/statistics/index.ts'

/** Sketches of measured columns by name: the state of operators that are fitted to distributions. Plain JSON. */
export type SketchByColumn = Readonly<Record<string, QuantileSketch>>

/** The sketches with a batch's values. */
export function addToSketches(state: SketchByColumn, batch: RecordBatch, columns: readonly string[]): SketchByColumn {
  const grown = new Map(Object.entries(state))
  for (const { name, column } of measuredColumns(batch, columns))
    grown.set(name, addToSketch(grown.get(name) ?? emptySketch(), column.values))
  return Object.fromEntries(grown)
}

export function mergeByColumn(left: SketchByColumn, right: SketchByColumn): SketchByColumn {
  const merged = new Map(Object.entries(left))
  for (const [name, sketch] of Object.entries(right)) {
    const other = merged.get(name)
    merged.set(name, other ? mergeSketches(other, sketch) : sketch)
  }
  return Object.fromEntries(merged)
}
