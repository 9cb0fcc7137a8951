import { type Column, canonicalJson, type Field, type RecordBatch } from '../../base/record/index.ts'
import { plainValue } from '../export-parts/plain-value.ts'

/** A field in both releases; undefined where one lacks it. */
interface FieldPair {
  readonly name: string
  readonly before: Field | undefined
  readonly after: Field | undefined
}

/** Names of the fields whose values differ between a record of one batch and one of another; empty when they are equal. */
export type CompareRecords = (before: RecordBatch, beforeRow: number, after: RecordBatch, afterRow: number) => readonly string[]

/** Two records with one id are equal exactly when their canonical JSON is: no hash is needed to see it. */
export function compareRecords(before: readonly Field[], after: readonly Field[]): CompareRecords {
  const names = [...new Set([...before, ...after].map((field) => field.name))]
  const pairs = names.map((name): FieldPair => ({ name, before: named(before, name), after: named(after, name) }))
  let [lastBefore, lastAfter]: (RecordBatch | undefined)[] = []
  let columns: (readonly [FieldPair, Column | undefined, Column | undefined])[] = []
  return (left, leftRow, right, rightRow) => {
    if (left !== lastBefore || right !== lastAfter) {
      columns = pairs.map((pair) => [pair, pair.before && left.columns.get(pair.name), pair.after && right.columns.get(pair.name)])
      ;[lastBefore, lastAfter] = [left, right]
    }
    let differing: string[] | undefined
    for (const [pair, a, b] of columns) {
      if (isSame(pair, a, leftRow, b, rightRow)) continue
      differing ??= []
      differing.push(pair.name)
    }
    return differing ?? []
  }
}

const named = (fields: readonly Field[], name: string): Field | undefined => fields.find((field) => field.name === name)

function isSame(pair: FieldPair, a: Column | undefined, aRow: number, b: Column | undefined, bRow: number): boolean {
  if (pair.before?.type === pair.after?.type) {
    const [x, y] = [a?.values[aRow] ?? null, b?.values[bRow] ?? null]
    return x === y || (Number.isNaN(x) && Number.isNaN(y))
  }
  const x = pair.before && plainValue(pair.before, a, aRow)
  const y = pair.after && plainValue(pair.after, b, bRow)
  return x === y || (x !== undefined && y !== undefined && canonicalJson(x) === canonicalJson(y))
}
