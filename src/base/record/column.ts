/** Strings of one field over a batch; null is missing. */
export interface TextColumn {
  readonly kind: 'text'
  readonly values: readonly (string | null)[]
}

/** Numbers of one field over a batch; NaN is missing. */
export interface NumberColumn {
  readonly kind: 'number'
  readonly values: Float64Array
}

export type Column = TextColumn | NumberColumn

export const textColumn = (values: readonly (string | null)[]): TextColumn => ({ kind: 'text', values })
export const numberColumn = (values: Float64Array): NumberColumn => ({ kind: 'number', values })

/** A column with only the rows whose index is in `rows`, in that order. O(rows). */
export function takeRows(column: Column, rows: Uint32Array): Column {
  const n = rows.length
  if (column.kind === 'number') {
    const values = new Float64Array(n)
    for (let i = 0; i < n; i++) values[i] = column.values[rows[i] as number] as number
    return numberColumn(values)
  }
  const values: (string | null)[] = new Array(n)
  for (let i = 0; i < n; i++) values[i] = column.values[rows[i] as number] ?? null
  return textColumn(values)
}

/** Is the value at `row` missing? */
export function isMissing(column: Column, row: number): boolean {
  return column.kind === 'number' ? Number.isNaN(column.values[row]) : column.values[row] === null
}
