import { z } from 'zod'
import { columnsParameter } from '../../../base/kernels/index.ts'
import type { Column, RecordBatch } from '../../../base/record/index.ts'
import { isMissing, keepAll, numberColumn, textColumn, withColumns } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

/** What a column has held so far: how many values, and the only one while there is one only. */
interface Held {
  readonly n: number
  readonly only: string | number | null
}
type State = Readonly<Record<string, Held>>

const UNSEEN: Held = { n: 0, only: null }

function joined(left: Held, right: Held): Held {
  if (left.n === 0 || right.n === 0) return left.n === 0 ? right : left
  return { n: left.n + right.n, only: left.only === right.only ? left.only : null }
}

function heldIn(column: Column): Held {
  let held = UNSEEN
  for (let row = 0; row < column.values.length; row++) {
    if (!isMissing(column, row)) held = joined(held, { n: 1, only: column.values[row] ?? null })
  }
  return held
}

function candidates(batch: RecordBatch, columns: readonly string[]): readonly string[] {
  if (columns.length > 0) return columns
  return batch.fields
    .filter(({ role, key, required }) => (role === undefined || role === 'feature') && !key && !required)
    .map(({ name }) => name)
}

function addBatch(state: State, batch: RecordBatch, columns: readonly string[]): State {
  const grown = new Map(Object.entries(state))
  for (const name of candidates(batch, columns)) {
    const column = batch.columns.get(name)
    if (column) grown.set(name, joined(grown.get(name) ?? UNSEEN, heldIn(column)))
  }
  return Object.fromEntries(grown)
}

function mergeStates(left: State, right: State): State {
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return Object.fromEntries(Array.from(names, (name) => [name, joined(left[name] ?? UNSEEN, right[name] ?? UNSEEN)]))
}

export default defineOperator({
  version: 1,
  title: { zh: '不变的列', en: 'Columns that never vary' },
  doc: {
    zh: '全表只有一个取值的列（至少 minimum 个值）对训练没有信息；本算子清空这些列的值，例如未接传感器一直输出的 0。默认看没有特殊角色、非键、非必填的字段。可选步骤，不在默认清单中。',
    en: 'A column with one value in the whole table (of at least `minimum`) tells a model nothing; this operator empties such columns, for example the 0 of a sensor that is not connected. By default fields without a role that are neither key nor required. Opt-in: not among the default steps.',
  },
  source: 'Zero-variance filter: Kuhn & Johnson, Applied Predictive Modeling, 3.5',
  parameters: z.strictObject({ columns: columnsParameter, minimum: z.number().int().positive().default(100) }),
  example: {
    parameters: { minimum: 3 },
    before: { spare: [0, 0, 0], kg: [3, 3, 4] },
    after: { spare: [null, null, null], kg: [3, 3, 4] },
  },
  fit: {
    start: (): State => ({}),
    add: (state: State, batch, { columns }: { readonly columns: readonly string[] }) => addBatch(state, batch, columns),
    merge: mergeStates,
    finish: (state: State, { minimum }: { readonly minimum: number }): readonly string[] =>
      Object.entries(state).flatMap(([name, { n, only }]) => (only !== null && n >= minimum ? [name] : [])),
  },
  run: (batch, _, { fitted }) => {
    const emptied = new Map<string, Column>()
    for (const name of fitted) {
      const column = batch.columns.get(name)
      if (column?.kind === 'number') emptied.set(name, numberColumn(new Float64Array(column.values.length).fill(Number.NaN)))
      else if (column) emptied.set(name, textColumn(column.values.map(() => null)))
    }
    return keepAll(withColumns(batch, emptied))
  },
})
