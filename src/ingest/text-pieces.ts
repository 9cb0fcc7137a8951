import { isAscii, isUtf8 } from 'node:buffer'
import type { ByteSource } from '../base/store/index.ts'
import { MAX_RECORD_BYTES } from './format.ts'
import { byteOrderMark, isEverydayChinese, type TextEncoding } from './text-encoding.ts'

/** Decoded text of a file, cut at line ends. */
export interface TextPiece {
  /** Whole lines; only the last piece of a file may lack its line end. */
  readonly text: string
  /** Holds NUL or escaped bytes somewhere: ask `unsoundPart` of each value. */
  readonly isSuspect: boolean
  /** Above 0: a line of that many bytes, too long to be read, stood here; `text` is empty. */
  readonly overlongBytes: number
}

/** The part of a ByteSource that is read here. */
type Streamed = Pick<ByteSource, 'size' | 'stream'>

export interface PieceOptions {
  readonly encoding: TextEncoding
  /** `cr` only for files of classic Mac OS, which have no line feed at all; `any` cuts at blanks and marks too, where lines mean nothing. */
  readonly lineEnd?: 'lf' | 'cr' | 'any' | undefined
  readonly start?: number | undefined
  readonly end?: number | undefined
}

/** ASCII characters below this are never part of another character: in UTF-8 all of them, in GB 18030 those before the digits. */
const cutBelow = (encoding: TextEncoding): number => (encoding === 'utf-8' ? 0x80 : 0x30)

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/**
 * Streams a file as text in pieces of about 1 MiB, in constant memory; without its byte order mark. Bytes that the encoding cannot
 * decode are never replaced silently: the line is tried in a second encoding (UTF-8 files: GB 18030; all others: UTF-8), and if that
 * fails too, each such byte 0xNN becomes the lone surrogate U+DCNN (PEP 383), which `unsoundPart` finds.
 */
export async function* textPieces(source: Streamed, options: PieceOptions): AsyncIterable<TextPiece> {
  const start = options.start ?? 0
  let isFirst = start === 0
  for await (const block of lineBlocks(source, options)) {
    if (typeof block === 'number') {
      yield { text: '', isSuspect: false, overlongBytes: block }
      continue
    }
    yield decodeLines(isFirst ? withoutMark(block) : block, options.encoding)
    isFirst = false
  }
}

/** Text of whole lines of bytes; see `textPieces`. */
export function decodeLines(bytes: Uint8Array, encoding: TextEncoding): TextPiece {
  if (encoding.startsWith('utf-16')) return piece(...decodeUtf16(bytes, encoding))
  if (isAscii(bytes)) return piece(buffer(bytes).toString('latin1'), false)
  if (encoding === 'utf-8' && isUtf8(bytes)) return piece(buffer(bytes).toString('utf8'), false)
  let text = ''
  let hasEscapes = false
  const decoder = strictDecoder(encoding)
  for (let start = 0; start < bytes.length; ) {
    const at = bytes.indexOf(LINE_FEED, start)
    const end = at < 0 ? bytes.length : at + 1
    const line = bytes.subarray(start, end)
    const decoded = decodeLine(line, encoding, decoder)
    text += decoded ?? escapeBytes(line)
    if (decoded === undefined) hasEscapes = true
    start = end
  }
  return piece(text, hasEscapes)
}

const piece = (text: string, hasEscapes: boolean): TextPiece => ({ text, isSuspect: hasEscapes || text.includes('\0'), overlongBytes: 0 })

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

const withoutMark = (block: Uint8Array): Uint8Array => {
  const mark = byteOrderMark(block)
  return mark ? block.subarray(mark === 'utf-8' ? 3 : 2) : block
}

/** Decodes or throws; never swallows a byte order mark inside the file. */
function strictDecoder(encoding: TextEncoding): (bytes: Uint8Array) => string {
  if (encoding === 'windows-1252' || encoding === 'iso-8859-1') return decodeWindows1252
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  return (bytes) => decoder.decode(bytes)
}

function decodeLine(line: Uint8Array, encoding: TextEncoding, decode: (bytes: Uint8Array) => string): string | undefined {
  if (isAscii(line)) return buffer(line).toString('latin1')
  if (isUtf8(line) && (encoding === 'utf-8' || hasThreeByteCharacter(line))) return buffer(line).toString('utf8')
  try {
    if (encoding !== 'utf-8') return decode(line)
    return isEverydayChinese(line) ? strictDecoder('gb18030')(line) : undefined
  } catch {
    return undefined
  }
}

/** Sound UTF-8 with a CJK character is no accident; two-byte sequences in GBK text may be. */
function hasThreeByteCharacter(line: Uint8Array): boolean {
  for (const byte of line) if (byte >= 0xe3 && byte <= 0xe9) return true
  return false
}

/** Node 20 decodes windows-1252 as ISO-8859-1 (nodejs/node 56542), so 0x80–0x9F are mapped here. Five of them are undefined. */
const WINDOWS_1252 = '€\udc81‚ƒ„…†‡ˆ‰Š‹Œ\udc8dŽ\udc8f\udc90‘’“”•–—˜™š›œ\udc9džŸ'

function decodeWindows1252(bytes: Uint8Array): string {
  const text = buffer(bytes)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] as string)
  if (LONE_SURROGATE.test(text)) throw new RangeError('bytes that windows-1252 leaves undefined')
  return text
}

/** The line with sound UTF-8 decoded and each other byte past ASCII as U+DC00 + byte. */
function escapeBytes(line: Uint8Array): string {
  let text = ''
  for (let at = 0; at < line.length; ) {
    const lead = line[at] as number
    const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1
    const character = line.subarray(at, at + size)
    const isSound = isUtf8(character)
    text += isSound ? buffer(character).toString('utf8') : String.fromCharCode(0xdc00 + lead)
    at += isSound ? size : 1
  }
  return text
}

function decodeUtf16(bytes: Uint8Array, encoding: TextEncoding): [string, boolean] {
  const even = bytes.length & ~1
  const units = Buffer.from(bytes.subarray(0, even))
  if (encoding === 'utf-16be') units.swap16()
  let text = units.toString('utf16le')
  if (even < bytes.length) text += String.fromCharCode(0xdc00 + (bytes[even] as number))
  return [text, LONE_SURROGATE.test(text)]
}

const LONE_SURROGATE = /\p{Cs}/u

/** A value as it should be kept, or what makes it unfit to be kept. */
export type Soundness = { readonly value: string } | { readonly nuls: number } | { readonly bytes: string }

/**
 * Judges a value of a suspect piece. NULs at its end are padding of fixed-width exports and are cut off; NULs anywhere else (the hole
 * that an interrupted write leaves) and undecodable bytes make the record unfit.
 */
export function soundness(value: string): Soundness {
  const kept = value.replace(/\0+$/, '')
  const lone = LONE_SURROGATE.exec(kept)
  if (lone) return { bytes: bytesAt(kept, lone.index) }
  const nuls = kept.includes('\0') ? kept.split('\0').length - 1 : 0
  return nuls > 0 ? { nuls } : { value: kept }
}

/** The undecodable bytes at a place, at most 8, as hexadecimal digits. */
function bytesAt(value: string, at: number): string {
  const units: string[] = []
  for (let index = at; index < Math.min(value.length, at + 8); index++) {
    const code = value.charCodeAt(index)
    if (code < 0xd800 || code > 0xdfff) break
    units.push(code >= 0xdc80 && code <= 0xdcff ? (code - 0xdc00).toString(16) : code.toString(16))
  }
  return units.join(' ')
}

/** Blocks of whole lines; a number stands for a line too long to be held. */
async function* lineBlocks(source: Streamed, options: PieceOptions): AsyncIterable<Uint8Array | number> {
  let offset = options.start ?? 0
  const unfinished = new UnfinishedLine()
  for await (const chunk of source.stream(offset, options.end ?? source.size)) {
    const start = unfinished.isOverlong ? firstLineEnd(chunk, offset, options) : 0
    if (start > 0) yield unfinished.end(start)
    const end = unfinished.isOverlong ? 0 : Math.max(start, lastLineEnd(chunk, offset, options))
    if (end > start) yield unfinished.join(chunk.subarray(start, end))
    unfinished.add(chunk.subarray(end))
    offset += chunk.length
  }
  if (unfinished.isOverlong) yield unfinished.end(0)
  else if (unfinished.nBytes > 0) yield unfinished.join(new Uint8Array(0))
}

/** The start of a line whose end has not come yet; only its length once it is overlong. */
class UnfinishedLine {
  nBytes = 0
  private parts: Uint8Array[] = []

  get isOverlong(): boolean {
    return this.nBytes > MAX_RECORD_BYTES
  }

  add(part: Uint8Array): void {
    this.nBytes += part.length
    if (this.isOverlong) this.parts = []
    else if (part.length > 0) this.parts.push(part)
  }

  /** The line and what follows it. */
  join(rest: Uint8Array): Uint8Array {
    const joined = this.parts.length === 0 ? rest : Buffer.concat([...this.parts, rest])
    this.nBytes = 0
    this.parts = []
    return joined
  }

  /** The length of the overlong line. */
  end(nMore: number): number {
    const nBytes = this.nBytes + nMore
    this.nBytes = 0
    return nBytes
  }
}

/** Index past the last line end in a chunk; 0 without one. */
function lastLineEnd(chunk: Uint8Array, offset: number, options: PieceOptions): number {
  if (options.lineEnd !== 'any' && !options.encoding.startsWith('utf-16')) return chunk.lastIndexOf(lineEndOf(options)) + 1
  for (let at = chunk.length - 1; at >= 0; at--) if (isEndUnit(chunk, at, offset, options)) return pastUnit(at, options)
  return 0
}

function firstLineEnd(chunk: Uint8Array, offset: number, options: PieceOptions): number {
  if (options.lineEnd !== 'any' && !options.encoding.startsWith('utf-16')) return chunk.indexOf(lineEndOf(options)) + 1
  for (let at = 0; at < chunk.length; at++) if (isEndUnit(chunk, at, offset, options)) return pastUnit(at, options)
  return 0
}

const lineEndOf = ({ lineEnd }: PieceOptions): number => (lineEnd === 'cr' ? CARRIAGE_RETURN : LINE_FEED)

/** Index past the unit whose low byte lies at `at`. */
const pastUnit = (at: number, { encoding }: PieceOptions): number => (encoding === 'utf-16le' ? at + 2 : at + 1)

/** Does the unit whose low byte lies at `at`, wholly inside the chunk, end a line? */
function isEndUnit(chunk: Uint8Array, at: number, offset: number, options: PieceOptions): boolean {
  const byte = chunk[at] as number
  const isEnd = options.lineEnd === 'any' ? byte < cutBelow(options.encoding) : byte === lineEndOf(options)
  if (!isEnd || !options.encoding.startsWith('utf-16')) return isEnd
  const low = options.encoding === 'utf-16le' ? 0 : 1
  return (offset + at) % 2 === low && chunk[at + 1 - 2 * low] === 0
}
