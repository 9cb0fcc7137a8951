import { isUtf8 } from 'node:buffer'
import { z } from 'zod'
import { type Problem, ProblemError } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { FlatRecords } from '../flat-json.ts'
import { type BrokenRecord, type ByteRange, defineFormat, MAX_RECORD_BYTES, RAW_BATCH_ROWS, type RawBatch } from '../format.ts'
import { parseJson } from '../json-text.ts'
import { type LineBlock, lineBlocks } from '../line-blocks.ts'
import { fileTruncated, recordBroken, recordTooLarge } from '../problems.ts'

const OPEN_BRACE = 123
const LINE_FEED = 10
/** Lines that must be JSON objects for a file to be taken as JSON Lines. */
const SNIFF_LINES = 3

const parameters = z.object({})

const decoder = new TextDecoder('utf-8', { fatal: true })

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'JSON Lines', en: 'JSON Lines' },
  doc: { zh: '每行一个 JSON 对象（UTF-8）。', en: 'One JSON object a line, UTF-8.' },
  source: 'jsonlines.org; RFC 8259',
  extensions: ['jsonl', 'ndjson'],
  parameters,
  modality: 'auto',
  splits: 'lines',
  sniff: (head, path) => {
    const lines = Buffer.from(head.buffer, head.byteOffset, head.length).toString('utf8').split('\n')
    const whole = head.length < 64 << 10 ? lines : lines.slice(0, -1)
    const filled = whole.map((line) => line.trim()).filter((line) => line !== '')
    const objects = filled.slice(0, SNIFF_LINES).filter(isObject).length
    const named = /\.(?:jsonl|ndjson)(?:\.\w+)?$/i.test(path)
    if (named) return objects > 0 || filled.length === 0 ? 0.9 : 0.5
    return objects >= 2 && objects === Math.min(SNIFF_LINES, filled.length) ? 0.8 : 0
  },
  detect: async () => ({}),
  read: readLines,
})

function isObject(line: string): boolean {
  if (!line.startsWith('{') && !line.startsWith('\ufeff{')) return false
  try {
    return typeof JSON.parse(line.replace(/^\ufeff/, '')) === 'object'
  } catch {
    return false
  }
}

/** Records and broken lines on their way into a batch. */
class OpenBatch {
  private records = new FlatRecords(RAW_BATCH_ROWS)
  private ordinals: number[] = []
  private broken: BrokenRecord[] = []
  private readonly path: string
  private ordinal: number

  constructor(path: string, firstOrdinal: number) {
    this.path = path
    this.ordinal = firstOrdinal
  }

  get size(): number {
    return this.ordinals.length + this.broken.length
  }

  /** Reads the lines of a block; gives the batches that are full. */
  *addBlock(block: LineBlock): Iterable<RawBatch> {
    if (typeof block === 'number') {
      this.refuseLong(this.ordinal++, block)
      return
    }
    const isText = isUtf8(block)
    for (const [start, end] of linesIn(block)) {
      this.addLine(this.ordinal++, block, start, end, isText)
      if (this.size >= RAW_BATCH_ROWS) yield this.give()
    }
  }

  /** @param isText whether all of the block is UTF-8 */
  private addLine(ordinal: number, block: Buffer, start: number, end: number, isText: boolean): void {
    if (end - start > MAX_RECORD_BYTES) this.refuseLong(ordinal, end - start)
    else if (isText && this.records.takeLine(block, start, end)) this.ordinals.push(ordinal)
    else this.parseLine(ordinal, block.subarray(start, end))
  }

  private refuseLong(ordinal: number, bytes: number): void {
    this.refuse(ordinal, recordTooLarge({ at: this.placeOf(ordinal), found: bytes, expected: MAX_RECORD_BYTES }))
  }

  give(): RawBatch {
    const { records, ordinals, broken } = this
    this.records = new FlatRecords(RAW_BATCH_ROWS)
    this.ordinals = []
    this.broken = []
    const places = ordinals.map((ordinal) => ordinal + 1)
    return { part: '', names: records.names(), columns: records.columns(), ordinals, placeKind: 'line', places, broken }
  }

  private parseLine(ordinal: number, line: Uint8Array): void {
    if (isBlank(line)) return
    const value = parse(line)
    if (typeof value === 'string')
      this.refuse(ordinal, recordBroken({ at: this.placeOf(ordinal), found: value, expected: 'one JSON object' }))
    else {
      this.records.takeObject(value)
      this.ordinals.push(ordinal)
    }
  }

  private refuse(ordinal: number, problem: Problem): void {
    this.broken.push({ ordinal, place: ordinal + 1, problem })
  }

  private placeOf(ordinal: number): string {
    return `${this.path}, line ${ordinal + 1}`
  }
}

async function* readLines(source: ByteSource, _parameters: z.output<typeof parameters>, range?: ByteRange): AsyncIterable<RawBatch> {
  const batch = new OpenBatch(source.path, range?.firstOrdinal ?? 0)
  let failure: unknown
  try {
    for await (const block of lineBlocks(source, range)) yield* batch.addBlock(block)
  } catch (error) {
    failure = error
  }
  if (batch.size > 0) yield batch.give()
  if (failure)
    throw failure instanceof ProblemError ? failure : new ProblemError(fileTruncated({ at: source.path, found: String(failure) }))
}

/** Where each line of a block begins and ends, without its line feed. */
function* linesIn(block: Buffer): Iterable<readonly [start: number, end: number]> {
  for (let start = 0; start < block.length; ) {
    const feed = block.indexOf(LINE_FEED, start)
    const end = feed < 0 ? block.length : feed
    yield [start, end]
    start = end + 1
  }
}

function isBlank(line: Uint8Array): boolean {
  for (const byte of line) if (byte !== 32 && byte !== 9 && byte !== 13) return false
  return true
}

/** The object on a line, or what is wrong with it. */
function parse(line: Uint8Array): Record<string, unknown> | string {
  let text: string
  try {
    text = decoder.decode(line)
  } catch {
    return 'bytes that are not UTF-8'
  }
  try {
    const value = parseJson(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return isTooDeep(value) ? `nesting deeper than ${MAX_DEPTH}` : (value as Record<string, unknown>)
    }
    return line[0] === OPEN_BRACE ? 'no object' : `a JSON ${Array.isArray(value) ? 'array' : typeof value}`
  } catch (error) {
    // V8 quotes the text; a release must not repeat what may be private.
    return error instanceof SyntaxError ? 'text that is not JSON' : String(error)
  }
}

/** Deeper data are an attack on whoever reads them with a stack. */
const MAX_DEPTH = 200

/** Is anything in the value nested deeper than MAX_DEPTH? Walks level by level, without a stack. */
function isTooDeep(value: object): boolean {
  let level: object[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true
    const next: object[] = []
    for (const one of level) for (const inner of Object.values(one)) if (typeof inner === 'object' && inner !== null) next.push(inner)
    level = next
  }
  return false
}
