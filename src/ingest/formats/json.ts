import { z } from 'zod'
import { isJson } from '../../base/kernels/index.ts'
import { type Problem, ProblemError } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { BytePlaces } from '../byte-places.ts'
import { extensionOf } from '../file-place.ts'
import { defineFormat, MAX_RECORD_BYTES, type RawBatch } from '../format.ts'
import { faultPosition, parseJson } from '../json-text.ts'
import { JsonWalker, MAX_DEPTH } from '../json-walker.ts'
import { fileTruncated, jsonWrong, nestingTooDeep, recordTooLarge, textUndecodable } from '../problems.ts'
import { RecordBatches } from '../record-batches.ts'
import { byteOrderMark, detectEncoding } from '../text-encoding.ts'
import { soundness, type TextPiece, textPieces } from '../text-pieces.ts'
import { structureOf } from '../text-structure.ts'
import { countValue, type Outline, partName, recordOf, treeShape } from '../tree-shape.ts'

/** Bytes of a document that are walked through to find where its records lie. */
const OUTLINE_BYTES = 256 << 20

const parameters = z.object({
  encoding: z.string().default('utf-8'),
  /** Paths of the arrays or objects whose elements are the records; none where the document is one record. */
  parts: z.array(z.string()).default([]),
})
type Parameters = z.output<typeof parameters>

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'JSON 文档', en: 'JSON document' },
  doc: {
    zh: '对象数组、含一个对象数组的对象、对象的对象各成记录；其余文档为一条记录。逐条读取，内存不随文件增大。',
    en: 'Arrays of objects, objects with one such array and objects of objects give their elements as records; any other document is one record. Read element by element.',
  },
  source: 'RFC 8259',
  extensions: ['json', 'geojson', 'topojson', 'ipynb'],
  parameters,
  modality: 'auto',
  sniff,
  detect,
  read,
})

function sniff(head: Uint8Array, path: string): number {
  const structure = structureOf(head)
  if (!structure) return 0
  const { text, isWhole } = structure
  const looksRight = /^\s*(?:\{\s*(?:"|\})|\[\s*(?:["[{\]\d-]|true|false|null))/.test(text)
  const extension = extensionOf(path)
  if (['json', 'geojson', 'topojson', 'ipynb'].includes(extension)) return looksRight ? 0.75 : /^\s*[[{]/.test(text) ? 0.5 : 0.3
  if (!['txt', 'md', 'csv', 'tsv', 'yaml', 'yml'].includes(extension)) return looksRight ? 0.6 : 0
  // Under another format's name only a document that is JSON to its last character counts.
  return looksRight && isWhole && isJson(text) ? 0.9 : 0
}

async function detect(source: ByteSource): Promise<Parameters> {
  const encoding = await detectEncoding(source)
  const outline: Outline = new Map()
  const walker = new JsonWalker([], MAX_RECORD_BYTES, {
    value: (path, container, first) => countValue(outline, path, container, first),
  })
  for await (const { text } of textPieces(source, { encoding, lineEnd: 'any', end: Math.min(source.size, OUTLINE_BYTES) })) {
    walker.push(text)
    if (outline.get('')?.container === '[' || walker.fault) break
  }
  return { encoding, parts: [...treeShape(outline).parts] }
}

async function* read(source: ByteSource, { encoding, parts }: Parameters): AsyncIterable<RawBatch> {
  const records = new RecordBatches(source.path, 'element')
  const places = new BytePlaces(encoding, byteOrderMark(await source.read(0, 3)) !== undefined)
  const reader = new ElementReader({ path: source.path, encoding, parts }, records, places)
  // Where the document is one record, the walk only checks that its brackets match; its text is kept.
  let whole: string[] | undefined = parts.length === 0 ? [] : undefined
  for await (const piece of textPieces(source, { encoding, lineEnd: 'any' })) {
    places.add(piece.text)
    reader.push(piece)
    whole?.push(piece.text)
    if (whole && (piece.overlongBytes > 0 || places.nCharacters > MAX_RECORD_BYTES)) {
      reader.tooLarge(places.nCharacters + piece.overlongBytes)
      whole = undefined
    }
    yield* records.take()
    if (reader.walker.fault) break
  }
  reader.walker.end()
  if (whole && !reader.walker.fault) reader.document(whole.join(''))
  const problem = reader.problem()
  if (problem) {
    yield* records.takeRest()
    throw new ProblemError(problem)
  }
  yield* records.takeLast()
}

interface Document {
  readonly path: string
  readonly encoding: string
  readonly parts: readonly string[]
}

/** Makes records of the elements that a walk cuts out. */
class ElementReader {
  readonly walker: JsonWalker
  private readonly file: Document
  private readonly records: RecordBatches
  private readonly places: BytePlaces
  private nElements = 0
  private isSuspect = false

  constructor(file: Document, records: RecordBatches, places: BytePlaces) {
    this.file = file
    this.records = records
    this.places = places
    this.walker = new JsonWalker(file.parts, MAX_RECORD_BYTES, {
      element: (part, container, text, start) => {
        records.startPart(partName(file, part))
        this.element(container, text, start)
      },
      overlong: (_, nCharacters) => this.tooLarge(nCharacters),
    })
  }

  push({ text, isSuspect }: TextPiece): void {
    if (isSuspect) this.isSuspect = true
    this.walker.push(text)
  }

  /** The one record that the document is. */
  document(text: string): void {
    this.element('[', text, 0)
  }

  tooLarge(nCharacters: number): void {
    const place = ++this.nElements
    const at = `${this.file.path}, element ${place}`
    this.records.reject(place, recordTooLarge({ at, found: nCharacters, expected: MAX_RECORD_BYTES }))
  }

  /** What ended the walk before the end of the file. */
  problem(): Problem | undefined {
    const { fault } = this.walker
    const at = this.file.path
    if (!fault || this.places.nCharacters === 0) return undefined
    const byte = this.places.byteOf(fault.at)
    if (fault.kind === 'too deep') return nestingTooDeep({ at, expected: MAX_DEPTH })
    if (fault.kind === 'cut short') return fileTruncated({ at, found: `JSON … (${byte} B)` })
    return jsonWrong({ at, found: fault.kind, byte })
  }

  private element(container: '{' | '[', text: string, start: number): void {
    const isBlank = text.trim() === ''
    if (isBlank && this.nElements === 0) return
    const place = ++this.nElements
    const at = `${this.file.path}, element ${place}`
    const sound = this.isSuspect ? soundness(text) : undefined
    if (isBlank) this.records.reject(place, jsonWrong({ at, found: 'comma', byte: this.places.byteOf(start) }))
    else if (sound && 'bytes' in sound)
      this.records.reject(place, textUndecodable({ at, found: sound.bytes, expected: this.file.encoding }))
    else {
      try {
        this.records.add(container === '{' ? memberRecord(text) : recordOf(parseJson(text)), place, text.length)
      } catch (error) {
        const position = faultPosition(error) ?? text.length
        const byte = this.places.byteOf(start + position - (container === '{' ? 1 : 0))
        this.records.reject(place, jsonWrong({ at, found: 'syntax', byte }))
      }
    }
  }
}

/** The record of one member of an object. Throws SyntaxError. */
function memberRecord(text: string): Record<string, unknown> {
  for (const [key, value] of Object.entries(parseJson(`{${text}}`) as object)) return recordOf(value, key)
  throw new SyntaxError('no member')
}
