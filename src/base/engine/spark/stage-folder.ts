import { deserialize, serialize } from 'node:v8'
import { listFiles, readBytes, streamAtomic } from '../../store/index.ts'

/**
 * Tasks and results of one stage on their way between driver and executors: files in a folder that all see, one of tasks
 * and one of results a part. Values travel as structured clones (what worker threads exchange), each behind its
 * index and its length. A file of results is there whole or not at all, so an attempt that was lost leaves nothing.
 */
export const tasksPath = (folder: string, part: number): string => `${folder}/tasks-${part}`

const RESULTS = 'results-'
export const resultsPath = (folder: string, part: number): string => `${folder}/${RESULTS}${part}`

/** One task or one result. */
export interface Numbered {
  readonly index: number
  readonly value: unknown
}

const HEAD_BYTES = 8

function* frames(items: Iterable<Numbered>): Iterable<Uint8Array> {
  for (const { index, value } of items) {
    const body = serialize(value)
    const head = Buffer.alloc(HEAD_BYTES)
    head.writeUInt32LE(index, 0)
    head.writeUInt32LE(body.length, 4)
    yield head
    yield body
  }
}

async function* later<T>(items: Iterable<T>): AsyncIterable<T> {
  for (const item of items) yield item
}

/** Writes values; the file appears whole or not at all. */
export const writeNumbered = (path: string, items: Iterable<Numbered>): Promise<void> => streamAtomic(path, later(frames(items)))

/** Reads what `writeNumbered` wrote. */
export async function readNumbered(path: string): Promise<Numbered[]> {
  const bytes = await readBytes(path)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const items: Numbered[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = view.getUint32(at + 4, true)
    const body = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length)
    if (body.length !== length) throw new Error(`${path}: cut short at byte ${at}`)
    items.push({ index: view.getUint32(at, true), value: deserialize(body) })
    at += HEAD_BYTES + length
  }
  return items
}

/** Tasks that one process works off before it ends: many enough to outweigh its start, few enough that little is lost with it. */
const TASKS_PER_PART = 32
/** Parts a core, so that the last ones end at about the same time. */
const PARTS_PER_CORE = 3

export const partsFor = (nTasks: number, cores: number): number =>
  Math.min(nTasks, Math.max(cores * PARTS_PER_CORE, Math.ceil(nTasks / TASKS_PER_PART)))

/** Writes the tasks of a stage, dealt out to `nParts` files. */
export async function writeTasks(folder: string, tasks: readonly unknown[], nParts: number): Promise<void> {
  for (let part = 0; part < nParts; part++) {
    const own: Numbered[] = []
    for (let index = part; index < tasks.length; index += nParts) own.push({ index, value: tasks[index] })
    await writeNumbered(tasksPath(folder, part), own)
  }
}

/** Numbers of the parts whose results are there. */
export async function finishedParts(folder: string): Promise<number[]> {
  const names = await listFiles(folder)
  return names.filter((name) => name.startsWith(RESULTS) && !name.endsWith('.partial')).map((name) => Number(name.slice(RESULTS.length)))
}
