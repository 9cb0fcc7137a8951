import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { fail, type Outcome, type Problem, ProblemError, succeed } from '../../problem/index.ts'
import { makeFolder } from '../../store/index.ts'
import { javaMissing, pythonMissing, sparkEnded, sparkNotStarted, stageFailed } from '../problems.ts'
import type { SparkInstallation } from './find-spark.ts'

/** One running application of Spark: commands run one after the other. A command that fails rejects with a ProblemError. */
export interface SparkApplication {
  readonly version: string
  /** Tasks that run at once, as Spark counted them at the end of the last command: executors come and go. */
  cores(): number
  /** Runs a query for what it does. @param onParts told how many partitions are through, now and then */
  run(about: string, sql: string, onParts?: (parts: number) => void): Promise<void>
  /** Writes the rows of a query as Parquet under `path`, and makes them the view `table`. */
  keep(table: string, sql: string, path: string): Promise<void>
  /** Rows of a query that are few, each as JSON; its partitions run side by side. */
  few(about: string, sql: string): Promise<string[]>
  /** Rows of a query, each as JSON, fetched a partition at a time: Spark's driver never holds all of them. */
  rows(about: string, sql: string): Promise<string[]>
  close(): Promise<void>
}

interface Start {
  readonly installation: SparkInstallation
  readonly master: string
  /** Arguments of spark-submit, e.g. `--conf`, `k=v`. */
  readonly submit: readonly string[]
  /** File that Spark's own log goes to. */
  readonly log: string
}

interface Answer {
  readonly id?: number
  readonly ready?: true
  readonly version?: string
  readonly cores?: number
  readonly parts?: number
  readonly row?: string
  readonly ok?: boolean
  readonly error?: string
}

interface Pending {
  readonly about: string
  readonly rows: string[]
  readonly onParts: (parts: number) => void
  readonly resolve: (rows: string[]) => void
  readonly reject: (error: Error) => void
}

const DRIVER = fileURLToPath(new URL('../../../../bin/spark-driver.py', import.meta.url))

/** Lines of Spark's log that are kept to tell what went wrong. */
const TAIL_LINES = 200

/** Milliseconds that Spark may take to end before it is killed. */
const CLOSE_MS = 20_000

/** Starts Spark in client mode: this machine is the driver. */
export async function startSpark(start: Start): Promise<Outcome<SparkApplication>> {
  await makeFolder(dirname(start.log))
  const { installation, master } = start
  const child = spawn(installation.python, [DRIVER], { env: environmentOf(start), stdio: ['pipe', 'pipe', 'pipe'] })
  const tail = keepTail(child, start.log)
  const pending = new Map<number, Pending>()
  const cores = { now: 1 }
  return new Promise((settle) => {
    let started = false
    child.on('error', (error) => settle(fail(pythonMissing({ at: installation.python, found: error.message }))))
    child.stdin?.on('error', () => {
      // The pipe breaks when Spark ends; 'close' below says so.
    })
    child.on('close', (code, signal) => {
      const found = lastError(tail) ?? `the driver ended with ${signal ?? `status ${code}`}`
      if (!started) settle(fail(whyNotStarted(tail, master, found, start.log)))
      for (const one of pending.values()) one.reject(new ProblemError(sparkEnded({ at: one.about, found })))
      pending.clear()
    })
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const answer = JSON.parse(line) as Answer
      cores.now = answer.cores ?? cores.now
      if (answer.ready) {
        started = true
        settle(succeed(application(child, pending, cores, answer.version ?? '')))
      } else hear(answer, pending)
    })
  })
}

function hear(answer: Answer, pending: Map<number, Pending>): void {
  const one = pending.get(answer.id ?? -1)
  if (!one) return
  if (answer.parts !== undefined) one.onParts(answer.parts)
  if (answer.row !== undefined) one.rows.push(answer.row)
  if (answer.ok === undefined) return
  pending.delete(answer.id ?? -1)
  if (answer.ok) one.resolve(one.rows)
  else one.reject(new ProblemError(stageFailed({ at: one.about, found: essence(answer.error ?? '') })))
}

function application(
  child: ChildProcess,
  pending: Map<number, Pending>,
  cores: { readonly now: number },
  version: string,
): SparkApplication {
  let next = 1
  const command = (about: string, what: Readonly<Record<string, string>>, onParts: (parts: number) => void = () => {}): Promise<string[]> =>
    new Promise((resolve, reject) => {
      if (child.exitCode !== null || child.signalCode !== null)
        return reject(new ProblemError(sparkEnded({ at: about, found: `exit ${child.exitCode ?? child.signalCode}` })))
      const id = next++
      pending.set(id, { about, rows: [], onParts, resolve, reject })
      child.stdin?.write(`${JSON.stringify({ id, about, ...what })}\n`)
    })
  return {
    version,
    cores: () => cores.now,
    async run(about, sql, onParts) {
      await command(about, { do: 'run', sql }, onParts)
    },
    async keep(table, sql, path) {
      await command(table, { do: 'keep', sql, table, path })
    },
    few: (about, sql) => command(about, { do: 'few', sql }),
    rows: (about, sql) => command(about, { do: 'rows', sql }),
    close: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS)
        child.on('close', () => {
          clearTimeout(timer)
          resolve()
        })
        child.stdin?.end()
      }),
  }
}

function environmentOf({ installation, master, submit }: Start): NodeJS.ProcessEnv {
  const quoted = ['--master', master, ...submit].map((argument) => `'${argument.replaceAll("'", `'"'"'`)}'`)
  return {
    ...process.env,
    SPARK_HOME: installation.home,
    PYTHONPATH: [...installation.pythonPath, process.env['PYTHONPATH']].filter(Boolean).join(delimiter),
    PYSPARK_SUBMIT_ARGS: `${quoted.join(' ')} pyspark-shell`,
  }
}

function keepTail(child: ChildProcess, log: string): string[] {
  const tail: string[] = []
  const file = createWriteStream(log)
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    file.write(`${line}\n`)
    tail.push(line)
    if (tail.length > TAIL_LINES) tail.shift()
  })
  child.on('close', () => file.end())
  return tail
}

const JAVA = /JAVA_HOME is not set|java: (?:command )?not found|Unsupported(?:ClassVersionError| class file)|Unable to locate a Java/

function whyNotStarted(tail: readonly string[], master: string, found: string, log: string): Problem {
  const java = tail.find((line) => JAVA.test(line))
  return java ? javaMissing({ found: java.trim() }) : sparkNotStarted({ at: master, found, log })
}

/** What tells most, first: Spark buries the reason under what follows from it. */
const REASONS = [/unresponsive|UnknownHost|Connection refused|OutOfMemory/, /Caused by:/, /Exception|Error|ERROR|not found/]

function lastError(tail: readonly string[]): string | undefined {
  const telling = REASONS.map((reason) => tail.findLast((line) => reason.test(line))).find((line) => line !== undefined)
  return telling === undefined ? undefined : essence(telling)
}

/** Characters of a message of Spark's that are shown. */
const SHOWN = 600

/** The part of a message of Spark's that says what happened: what a subprocess said where there is one, else its beginning. */
function essence(message: string): string {
  const said = /Subprocess exited with status (?<status>\d+)\.\s*Error:\s*(?<words>[\s\S]*?)(?:\n\tat |$)/.exec(message)?.groups
  const text = said ? `exit ${said['status']}: ${said['words']}` : message
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line
}
