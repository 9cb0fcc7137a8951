/** What one process on an executor does: with the part numbers or rows that Spark feeds it. */
export interface WorkOrder {
  /**
   * `tasks`: runs the tasks of each part and writes their results · `generate`: gives the rows of the tasks of each part ·
   * `stream`: gives the rows that the function makes of the rows fed in.
   */
  readonly mode: 'tasks' | 'generate' | 'stream'
  /** Exported function of the tasks' module. */
  readonly use: string
  /** Path of the tasks' module from the folder of compiled code. */
  readonly module: string
  /** Folder of the stage. */
  readonly folder: string
}

/** File in the stage's folder with what a streaming function needs besides rows. */
export const contextPath = (folder: string): string => `${folder}/context`

/** A work order as one word that no shell and no SQL reads anything into. */
export const encodeOrder = (order: WorkOrder): string => Buffer.from(JSON.stringify(order), 'utf8').toString('base64url')
export const decodeOrder = (word: string): WorkOrder => JSON.parse(Buffer.from(word, 'base64url').toString('utf8')) as WorkOrder

/** How executors start their process. */
export interface ExecutorCommand {
  /** The program of Node.js. */
  readonly node: string
  /** Path of the compiled executor program; relative ones begin in the folder that Spark unpacks archives into. */
  readonly program: string
}

const inShell = (word: string): string => `'${word.replaceAll("'", `'"'"'`)}'`

/** A string literal of Spark SQL. */
export const sqlText = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/** The rows of a query of one column of text, through the work order, as a query of one column `line`. */
export const throughExecutors = (command: ExecutorCommand, order: WorkOrder, rows: string): string =>
  `SELECT TRANSFORM(line) USING ${sqlText(`exec ${inShell(command.node)} ${inShell(command.program)} ${encodeOrder(order)}`)} AS (line STRING) FROM (${rows}) AS fed`

/** Numbers 0 … n − 1 as text, each in a partition of its own. */
export const partNumbers = (nParts: number): string => `SELECT CAST(id AS STRING) AS line FROM range(0, ${nParts}, 1, ${nParts})`

/**
 * What each executor finds: its name, the version of Node.js, and whether it sees the program and a file of the
 * workspace, as words of one line. `-` where a thing is missing; the script itself never fails.
 */
export const probeExecutors = (command: ExecutorCommand, file: string | null, nParts: number): string => {
  const node = inShell(command.node)
  const sees = (path: string): string => `$([ -f ${inShell(path)} ] && echo yes || echo -)`
  const script = `cat >/dev/null; version=$(${node} --version 2>/dev/null) || version=-; echo "$(hostname) $version ${sees(command.program)} ${file === null ? 'yes' : sees(file)}"`
  return `SELECT TRANSFORM(line) USING ${sqlText(script)} AS (line STRING) FROM (${partNumbers(nParts)}) AS fed`
}
