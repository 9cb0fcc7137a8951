import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'

const FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** Path of a real file brought beside the repository; undefined, said aloud, where it is not. */
export function sharedFile(path: string): string | undefined {
  if (existsSync(FOLDER + path)) return FOLDER + path
  process.stderr.write(`not run on real data: ${FOLDER}${path} is absent\n`)
  return undefined
}

export interface RawTable {
  readonly names: string[]
  readonly columns: (string | null)[][]
}

/** A delimited file as columns of strings, read by DuckDB. */
export async function readDelimited(file: string, options = ''): Promise<RawTable> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const result = await connection.run(
    `SELECT * FROM read_csv('${file.replaceAll("'", "''")}', all_varchar = true, header = true ${options})`,
  )
  const columns = (await result.getColumns()) as (string | null)[][]
  return { names: result.columnNames(), columns }
}
