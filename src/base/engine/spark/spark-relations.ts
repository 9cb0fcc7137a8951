import type { RelationColumns, RelationRow, Relations } from '../relations.ts'
import type { SparkPlace } from './spark-place.ts'
import { partsFor, writeNumbered, writeTasks } from './stage-folder.ts'
import { contextPath, partNumbers, sqlText, throughExecutors } from './work-order.ts'

const TYPES = { integer: 'BIGINT', text: 'STRING' } as const

/** Lines of JSON as columns; a line that does not parse fails the stage instead of becoming missing values. */
const typed = (lines: string, columns: RelationColumns): string => {
  const schema = Object.entries(columns).map(([name, type]) => `${name} ${TYPES[type]}`)
  return `SELECT r.* FROM (SELECT from_json(line, ${sqlText(schema.join(', '))}, map('mode', 'FAILFAST')) AS r FROM (${lines}) AS made) AS read`
}

/** How Spark names a path: other stores by its own schemes, local paths as such whatever its default file system is. */
export function hadoopPath(path: string): string {
  if (path.startsWith('s3://')) return `s3a://${path.slice('s3://'.length)}`
  return path.startsWith('/') ? `file://${path}` : path
}

/** Relations as tables of one Spark application, each kept in Parquet in the workspace: a lost executor loses none of them. */
export function sparkRelations(place: SparkPlace, worthFrom: number): Relations {
  const { application, command, module } = place
  let kept = 0
  const newFolder = (table: string): string => place.stageFolder(`${kept++}-${table}`)
  const keep = (table: string, sql: string): Promise<void> => application.keep(table, sql, hadoopPath(`${newFolder(table)}.parquet`))
  return {
    worthFrom,
    keep,
    async generate(table, columns, use, tasks) {
      const folder = newFolder(table)
      const nParts = Math.max(1, partsFor(tasks.length, application.cores()))
      await writeTasks(folder, tasks, nParts)
      await keep(table, typed(throughExecutors(command, { mode: 'generate', use, module, folder }, partNumbers(nParts)), columns))
    },
    async stream(table, columns, use, context, { sql, by, order }) {
      const folder = newFolder(table)
      await writeNumbered(contextPath(folder), [{ index: 0, value: context }])
      const sorted = `SELECT * FROM (${sql}) AS wanted DISTRIBUTE BY ${by} SORT BY ${by}, ${order}`
      const lines = `SELECT to_json(struct(*)) AS line FROM (${sorted}) AS sorted`
      await keep(table, typed(throughExecutors(command, { mode: 'stream', use, module, folder }, lines), columns))
    },
    async rows<Row extends RelationRow>(sql: string): Promise<Row[]> {
      return (await application.rows('rows', sql)).map((line) => JSON.parse(line) as Row)
    },
  }
}
