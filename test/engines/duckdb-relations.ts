import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { RelationColumns, RelationRow, Relations } from '../../src/base/engine/index.ts'

type Generator = (task: unknown) => AsyncIterable<RelationRow>
type Stream = (context: unknown, rows: AsyncIterable<RelationRow>) => AsyncIterable<RelationRow>

const TYPES = { integer: 'BIGINT', text: 'VARCHAR' } as const

async function* later<T>(items: readonly T[]): AsyncIterable<T> {
  for (const item of items) yield item
}

/** Relations on DuckDB, in this process: the statements that Spark runs, on the other engine that must read them the same. */
export async function duckdbRelations(
  functions: Readonly<Record<string, unknown>>,
  folder: string,
): Promise<Relations & { close: () => void }> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const keep = async (table: string, sql: string): Promise<void> => {
    await connection.run(`CREATE OR REPLACE TABLE ${table} AS ${sql}`)
  }
  const load = async (table: string, columns: RelationColumns, rows: AsyncIterable<RelationRow>): Promise<void> => {
    const lines: string[] = []
    for await (const row of rows) lines.push(JSON.stringify(row))
    const file = join(folder, `${table}.jsonl`)
    writeFileSync(file, lines.join('\n'))
    const types = Object.entries(columns).map(([name, type]) => `${name}: '${TYPES[type]}'`)
    await keep(table, `SELECT * FROM read_json('${file}', format = 'newline_delimited', columns = {${types.join(', ')}})`)
    rmSync(file)
  }
  const rows = async <Row extends RelationRow>(sql: string): Promise<Row[]> => {
    const result = await connection.runAndReadAll(`SELECT to_json(made) AS line FROM (${sql}) AS made`)
    return result.getRowObjects().map((row) => JSON.parse(String(row['line'])) as Row)
  }
  return {
    worthFrom: 0,
    keep,
    rows,
    async generate(table, columns, name, tasks) {
      async function* all(): AsyncIterable<RelationRow> {
        for (const task of tasks) yield* (functions[name] as Generator)(task)
      }
      await load(table, columns, all())
    },
    async stream(table, columns, name, context, { sql, by, order }) {
      const fed = await rows(`SELECT * FROM (${sql}) AS wanted ORDER BY ${by}, ${order}`)
      await load(table, columns, (functions[name] as Stream)(context, later(fed)))
    },
    close: () => connection.closeSync(),
  }
}
