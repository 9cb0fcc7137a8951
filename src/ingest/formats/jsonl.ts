import { z } from 'zod'
import { ProblemError } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { type BrokenRecord, type ByteRange, defineFormat, MAX_RECORD_BYTES, RAW_BATCH_ROWS, type RawBatch } from '../format.ts'
import { fileTruncated, recordBroken, recordTooLarge } from '../problems.ts'
import { type RecordColumns, recordColumns } from '../record-columns.ts'

const LINE_FEED = 10
const OPEN_BRACE = 123
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

/** Lines of a byte range, cut out of pieces of the stream; a line past the limit is given as its length only. */
async function* linesOf(source: ByteSource, range: ByteRange | undefined): AsyncIterable<Uint8Array | number> {
  let rest: Uint8Array[] = []
  let restBytes = 0
  for await (const piece of source.stream(range?.start ?? 0, range?.end ?? source.size)) {
    let start = 0
    let at = piece.indexOf(LINE_FEED)
    while (at >= 0) {
      const tail = piece.subarray(start, at)
      if (restBytes + tail.length > MAX_RECORD_BYTES) yield restBytes + tail.length
      else yield rest.length === 0 ? tail : Buffer.concat([...rest, tail])
      rest = []
      restBytes = 0
      start = at + 1
      at = piece.indexOf(LINE_FEED, start)
    }
    const tail = piece.subarray(start)
    restBytes += tail.length
    if (restBytes <= MAX_RECORD_BYTES) rest.push(tail)
    else rest = []
  }
  if (restBytes > MAX_RECORD_BYTES) yield restBytes
  else if (restBytes > 0) yield Buffer.concat(rest)
}

async function* readLines(source: ByteSource, _parameters: z.output<typeof parameters>, range?: ByteRange): AsyncIterable<RawBatch> {
  let ordinal = range?.firstOrdinal ?? 0
  let columns = recordColumns()
  let ordinals: number[] = []
  let broken: BrokenRecord[] = []
  const give = (): RawBatch => {
    const batch = batchOf(columns, ordinals, broken)
    columns = recordColumns()
    ordinals = []
    broken = []
    return batch
  }
  try {
    for await (const line of linesOf(source, range)) {
      const place = ordinal + 1
      const at = `${source.path}, line ${place}`
      if (typeof line === 'number')
        broken.push({ ordinal, place, problem: recordTooLarge({ at, found: line, expected: MAX_RECORD_BYTES }) })
      else if (!isBlank(line)) {
        const value = parse(line)
        if (typeof value === 'string')
          broken.push({ ordinal, place, problem: recordBroken({ at, found: value, expected: 'one JSON object' }) })
        else {
          columns.add(value)
          ordinals.push(ordinal)
        }
      }
      ordinal++
      if (ordinals.length + broken.length >= RAW_BATCH_ROWS) yield give()
    }
  } catch (error) {
    if (ordinals.length + broken.length > 0) yield give()
    throw error instanceof ProblemError ? error : new ProblemError(fileTruncated({ at: source.path, found: String(error) }))
  }
  if (ordinals.length + broken.length > 0) yield give()
}

const batchOf = (columns: RecordColumns, ordinals: readonly number[], broken: readonly BrokenRecord[]): RawBatch => ({
  part: '',
  names: columns.names(),
  columns: columns.columns(),
  ordinals,
  placeKind: 'line',
  places: ordinals.map((ordinal) => ordinal + 1),
  broken,
})

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
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
    return line[0] === OPEN_BRACE ? 'no object' : `a JSON ${Array.isArray(value) ? 'array' : typeof value}`
  } catch (error) {
    // V8 quotes the text; a release must not repeat what may be private.
    return error instanceof SyntaxError ? 'text that is not JSON' : String(error)
  }
}
