/** A column that every engine holds exactly: whole numbers within ±2⁵³, or text. */
export type RelationColumns = Readonly<Record<string, 'integer' | 'text'>>

export type RelationRow = Readonly<Record<string, number | string | null>>

/** What a table is streamed through: rows with the same `by` stay together, in order of `by`, then `order`. */
export interface RelationStream {
  readonly sql: string
  readonly by: string
  readonly order: string
}

/**
 * Tables that a cluster holds, made by SQL and by functions of the tasks' module. Statements keep to what DuckDB and
 * Spark SQL read the same; functions are generators of rows, `name(task)` or `name(context, rows)`.
 */
export interface Relations {
  /** Records from which a relation beats one task that holds them all in memory. */
  readonly worthFrom: number
  /** Makes `table` of the rows that `name` gives for each task. */
  generate(table: string, columns: RelationColumns, name: string, tasks: readonly unknown[]): Promise<void>
  /** Makes `table` of the rows of a query, and keeps them: what is built on it does not compute it again. */
  keep(table: string, sql: string): Promise<void>
  /** Makes `table` of what `name` gives for the rows of a query. */
  stream(table: string, columns: RelationColumns, name: string, context: unknown, from: RelationStream): Promise<void>
  /** The rows of a query, here. */
  rows<Row extends RelationRow>(sql: string): Promise<Row[]>
}
