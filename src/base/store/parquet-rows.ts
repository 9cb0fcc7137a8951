import type { DuckDBValue } from '@duckdb/node-api'
import type { Field } from '../record/index.ts'

/** One condition on a column; several hold together. */
export interface RowCondition {
  readonly column: string
  readonly is: 'equals' | 'contains' | 'atLeast' | 'atMost' | 'missing'
  readonly value?: string | number | undefined
}

export interface RowQuery {
  readonly fields: readonly Field[]
  readonly conditions: readonly RowCondition[]
  /** Only ids after this one, by code units. */
  readonly after?: string | undefined
  readonly limit: number
  /** Also tells which file each row is from, as `FILE_COLUMN`. */
  readonly withFile?: boolean | undefined
}

/** A name that no field has. */
export const FILE_COLUMN = 'highgrade:file'

export interface RowPage {
  /** Values by name; missing ones are left out. */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** Records that meet the conditions, on all pages. */
  readonly total: number
}

/** For one page; a larger sort spills to disk. */
const MEMORY = '256MB'
const THREADS = '2'

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
/** Media come by their path: a page of bytes helps no one. */
const selected = ({ name, type }: Field): string => (type === 'media' ? `${quoted(name)}.path AS ${quoted(name)}` : quoted(name))

function conditionSql({ column, is }: RowCondition, field: Field | undefined): string {
  const name = field?.type === 'media' ? `${quoted(column)}.path` : quoted(column)
  switch (is) {
    case 'equals':
      return `CAST(${name} AS VARCHAR) = ?`
    case 'contains':
      return `contains(lower(CAST(${name} AS VARCHAR)), lower(?))`
    case 'atLeast':
      return `${name} >= ?`
    case 'atMost':
      return `${name} <= ?`
    case 'missing':
      return `${name} IS NULL`
  }
}

/**
 * Rows of a release's Parquet files in order of id, with conditions, a page at a time.
 * @param paths files of one table, local
 */
export async function queryParquet(paths: readonly string[], { fields, conditions, after, limit, withFile }: RowQuery): Promise<RowPage> {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: MEMORY, threads: THREADS })
  const connection = await instance.connect()
  try {
    const list = paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(', ')
    const from = `read_parquet([${list}]${withFile ? `, filename = '${FILE_COLUMN}'` : ''})`
    const fieldOf = (name: string): Field | undefined => fields.find((field) => field.name === name)
    const where = conditions.map((condition) => conditionSql(condition, fieldOf(condition.column)))
    const values = conditions.flatMap(({ is, value }): DuckDBValue[] => (is === 'missing' ? [] : [value ?? '']))
    const all = where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`
    const counted = await connection.runAndReadAll(`SELECT count(*)::DOUBLE AS n FROM ${from}${all}`, values)
    const paged = [...where, ...(after === undefined ? [] : ['id > ?'])]
    const page = await connection.runAndReadAll(
      `SELECT ${['id', ...(withFile ? [quoted(FILE_COLUMN)] : []), ...fields.map(selected)].join(', ')} FROM ${from}${paged.length === 0 ? '' : ` WHERE ${paged.join(' AND ')}`} ORDER BY id LIMIT ${Math.trunc(limit)}`,
      after === undefined ? values : [...values, after],
    )
    const jsonNames = new Set(fields.filter(({ type }) => type === 'json').map(({ name }) => name))
    const rows = page.getRowObjectsJson().map((row) => plainRow(row, jsonNames))
    return { rows, total: Number(counted.getRows()[0]?.[0] ?? 0) }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

function plainRow(row: Record<string, unknown>, jsonNames: ReadonlySet<string>): Record<string, unknown> {
  const present = Object.entries(row).filter(([, value]) => value !== null)
  return Object.fromEntries(
    present.map(([name, value]) => [name, jsonNames.has(name) && typeof value === 'string' ? parsed(value) : value]),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
