import { defineProblem, ProblemError } from '../../base/problem/index.ts'
import type { RecordBatch } from '../../base/record/index.ts'
import type { ExportTable } from '../export-form.ts'
import { readTable, splitsOf, type TablePiece } from '../export-parts/export-tables.ts'

export const idsOutOfOrder = defineProblem<{ at: string; found: string; expected: string }>('release/ids-out-of-order', {
  zh: (p) => `${p.at}：记录 ${p.found} 应排在 ${p.expected} 之前，或标识重复。`,
  en: (p) => `${p.at}: record ${p.found} belongs before ${p.expected}, or occurs twice.`,
  advice: {
    zh: '发布已损坏：用 `highgrade verify` 核验，并重新构建。',
    en: 'The release is damaged: check it with `highgrade verify` and build it again.',
  },
})

/** Records of one split, which lie in order of id over its files. */
interface SplitStream {
  readonly pieces: AsyncIterator<TablePiece>
  batch: RecordBatch | undefined
  row: number
}

/**
 * The records of a table in order of id: its splits merged, a row group of each in memory.
 * `advance` gives a promise only where it must read on, so that a step costs no turn of the event loop.
 */
export class OrderedRecords {
  readonly #table: ExportTable | undefined
  readonly #streams: SplitStream[]
  #head: SplitStream | undefined
  #id = ''

  constructor(table: ExportTable | undefined) {
    this.#table = table
    this.#streams = table ? splitsOf(table).map((split) => open(table, split)) : []
  }

  /** Reads the first records. */
  async start(): Promise<void> {
    for (const stream of this.#streams) await load(stream)
    this.#choose()
  }

  /** Id of the record that is next; undefined at the end. */
  get id(): string | undefined {
    return this.#head && this.#id
  }

  get batch(): RecordBatch {
    if (!this.#head?.batch) throw new Error('ordered records: read past the end')
    return this.#head.batch
  }

  get row(): number {
    return this.#head?.row ?? -1
  }

  advance(): Promise<void> | undefined {
    const head = this.#head
    if (!head?.batch) return undefined
    head.row++
    if (head.row < head.batch.ids.length) {
      this.#choose()
      return undefined
    }
    return load(head).then(() => this.#choose())
  }

  #choose(): void {
    const last = this.#id
    this.#head = undefined
    for (const stream of this.#streams) {
      const id = stream.batch?.ids[stream.row]
      if (id !== undefined && (this.#head === undefined || id < this.#id)) {
        this.#head = stream
        this.#id = id
      }
    }
    if (this.#head && last !== '' && this.#id <= last)
      throw new ProblemError(idsOutOfOrder({ at: this.#table?.name ?? '', found: this.#id, expected: last }))
  }
}

const open = (table: ExportTable, split: string): SplitStream => ({
  pieces: readTable(table, split)[Symbol.asyncIterator](),
  batch: undefined,
  row: 0,
})

async function load(stream: SplitStream): Promise<void> {
  stream.row = 0
  do {
    const next = await stream.pieces.next()
    stream.batch = next.done ? undefined : next.value.batch
  } while (stream.batch?.ids.length === 0)
}

/** What is done at each id: it is in both releases, or in one. */
export interface MergeVisitor {
  readonly both: () => void
  readonly before: () => void
  readonly after: () => void
}

/** Visits all ids of two tables in order; the visitor reads the records where the two stand. O(records). */
export async function mergeInOrder(before: OrderedRecords, after: OrderedRecords, visit: MergeVisitor): Promise<void> {
  await before.start()
  await after.start()
  for (let order = orderOf(before.id, after.id); order !== undefined; order = orderOf(before.id, after.id)) {
    if (order === 0) visit.both()
    else if (order < 0) visit.before()
    else visit.after()
    const reading = [order <= 0 ? before.advance() : undefined, order >= 0 ? after.advance() : undefined]
    if (reading[0] ?? reading[1]) await Promise.all(reading)
  }
}

function orderOf(before: string | undefined, after: string | undefined): -1 | 0 | 1 | undefined {
  if (before === undefined) return after === undefined ? undefined : 1
  if (after === undefined || before < after) return -1
  return before === after ? 0 : 1
}
