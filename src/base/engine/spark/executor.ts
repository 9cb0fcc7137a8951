import { createInterface } from 'node:readline'
import type { RelationRow } from '../relations.ts'
import { type Numbered, readNumbered, resultsPath, tasksPath, writeNumbered } from './stage-folder.ts'
import { contextPath, decodeOrder, type WorkOrder } from './work-order.ts'

/*
 * The program that Spark's executors start for each partition: reads lines on standard input, works, writes lines on
 * standard output. Whatever goes wrong ends it with a message and status 1, upon which Spark tries elsewhere.
 */

type TaskFunction = (task: unknown) => unknown
type RowGenerator = (task: unknown) => AsyncIterable<RelationRow>
type RowStream = (context: unknown, rows: AsyncIterable<RelationRow>) => AsyncIterable<RelationRow>

/** Characters of output that are gathered before they are written. */
const WRITE_CHARACTERS = 1 << 16

async function write(lines: AsyncIterable<string>): Promise<void> {
  const flush = (text: string): Promise<void> =>
    new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())))
  let waiting = ''
  for await (const line of lines) {
    waiting += `${line}\n`
    if (waiting.length < WRITE_CHARACTERS) continue
    await flush(waiting)
    waiting = ''
  }
  await flush(waiting)
}

/** A reader begins to emit when it is made, and what nobody listens to yet is lost: it is made when the first line is asked for. */
async function* readLines(): AsyncIterable<string> {
  yield* createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
}

async function* runTasks(folder: string, use: TaskFunction, parts: AsyncIterable<string>): AsyncIterable<string> {
  for await (const part of parts) {
    const results: Numbered[] = []
    for (const { index, value } of await readNumbered(tasksPath(folder, Number(part)))) results.push({ index, value: await use(value) })
    await writeNumbered(resultsPath(folder, Number(part)), results)
    yield part
  }
}

async function* generateRows(folder: string, use: RowGenerator, parts: AsyncIterable<string>): AsyncIterable<string> {
  for await (const part of parts)
    for (const { value } of await readNumbered(tasksPath(folder, Number(part))))
      for await (const row of use(value)) yield JSON.stringify(row)
}

async function* parsed(lines: AsyncIterable<string>): AsyncIterable<RelationRow> {
  for await (const line of lines) yield JSON.parse(line) as RelationRow
}

async function* streamRows(folder: string, use: RowStream, lines: AsyncIterable<string>): AsyncIterable<string> {
  const [context] = await readNumbered(contextPath(folder))
  for await (const row of use(context?.value, parsed(lines))) yield JSON.stringify(row)
}

async function obey(order: WorkOrder): Promise<void> {
  const module = (await import(new URL(`../../../${order.module}`, import.meta.url).href)) as Record<string, unknown>
  const use = module[order.use]
  if (typeof use !== 'function') throw new Error(`${order.module} has no function ${order.use}`)
  const lines = readLines()
  switch (order.mode) {
    case 'tasks':
      return write(runTasks(order.folder, use as TaskFunction, lines))
    case 'generate':
      return write(generateRows(order.folder, use as RowGenerator, lines))
    case 'stream':
      return write(streamRows(order.folder, use as RowStream, lines))
  }
}

try {
  await obey(decodeOrder(process.argv[2] ?? ''))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exitCode = 1
}
