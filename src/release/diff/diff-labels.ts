import type { Column, Field, RecordBatch } from '../../base/record/index.ts'
import { isNumeric } from '../../base/record/index.ts'
import { plainText } from '../export-parts/plain-value.ts'

/** How labels are distributed: records by class, or the mean of a number. */
export type LabelCounts =
  | { readonly kind: 'classes'; readonly counts: ReadonlyMap<string, number>; readonly missing: number }
  | { readonly kind: 'number'; readonly n: number; readonly mean: number; readonly min: number; readonly max: number }

/** Differing labels past which only the most frequent found first are counted by name; the rest are `…`. */
const MAX_LABELS = 10_000

/** Collects the labels of records. */
export interface LabelCounter {
  add(batch: RecordBatch, row: number): void
  counts(): LabelCounts
}

export const countLabels = (field: Field): LabelCounter =>
  isNumeric(field.type) && field.type !== 'boolean' && field.type !== 'integer' ? countNumbers(field) : countClasses(field)

function countClasses(field: Field): LabelCounter {
  const counts = new Map<string, number>()
  let missing = 0
  return {
    add(batch, row) {
      const label = plainText(field, batch.columns.get(field.name), row)
      if (label === null) missing++
      else {
        const name = counts.has(label) || counts.size < MAX_LABELS ? label : '…'
        counts.set(name, (counts.get(name) ?? 0) + 1)
      }
    },
    counts: () => ({ kind: 'classes', counts, missing }),
  }
}

function countNumbers(field: Field): LabelCounter {
  let [n, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  return {
    add(batch, row) {
      const column: Column | undefined = batch.columns.get(field.name)
      const value = column?.kind === 'number' ? (column.values[row] as number) : Number.NaN
      if (Number.isNaN(value)) return
      n++
      sum += value
      min = Math.min(min, value)
      max = Math.max(max, value)
    },
    counts: () => ({ kind: 'number', n, mean: n > 0 ? sum / n : 0, min, max }),
  }
}

/** A class whose number of records differs. */
export interface LabelChange {
  readonly label: string
  readonly before: number
  readonly after: number
}

/** How the labels of a table differ; null where they are the same. */
export interface LabelDiff {
  readonly field: string
  /** Of a class label, sorted by label; empty for a number. */
  readonly classes: readonly LabelChange[]
  /** Of a numeric label. */
  readonly number: { readonly before: NumberLabel | null; readonly after: NumberLabel | null } | null
  /**
   * Half the sum of the differences of the classes' shares, 0 the same to 1 nothing in common (total variation);
   * null where one side has no labels, or for a number.
   */
  readonly distance: number | null
}

export interface NumberLabel {
  readonly n: number
  readonly mean: number
  readonly min: number
  readonly max: number
}

export function diffLabels(field: string, before: LabelCounts | undefined, after: LabelCounts | undefined): LabelDiff | null {
  const [left, right] = [classesOf(before), classesOf(after)]
  const names = [...new Set([...left.keys(), ...right.keys()])].sort()
  const all = names.map((label) => ({ label, before: left.get(label) ?? 0, after: right.get(label) ?? 0 }))
  const classes = all.filter((one) => one.before !== one.after)
  const numbers = { before: numberOf(before), after: numberOf(after) }
  const isNumber = JSON.stringify(numbers.before) !== JSON.stringify(numbers.after)
  if (classes.length === 0 && !isNumber) return null
  const totals = all.reduce((sum, one) => ({ before: sum.before + one.before, after: sum.after + one.after }), { before: 0, after: 0 })
  const distance =
    totals.before > 0 && totals.after > 0
      ? all.reduce((sum, one) => sum + Math.abs(one.before / totals.before - one.after / totals.after), 0) / 2
      : null
  return { field, classes, number: isNumber ? numbers : null, distance }
}

const classesOf = (counts: LabelCounts | undefined): ReadonlyMap<string, number> => (counts?.kind === 'classes' ? counts.counts : new Map())

function numberOf(counts: LabelCounts | undefined): NumberLabel | null {
  if (counts?.kind !== 'number' || counts.n === 0) return null
  const { n, mean, min, max } = counts
  return { n, mean, min, max }
}
