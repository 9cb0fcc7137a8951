import { isAscii, isUtf8 } from 'node:buffer'
import type { ByteSource } from '../base/store/index.ts'
import { commonCharacterShare, LEGACY_ENCODINGS } from './legacy-encodings.ts'

/** Label of the WHATWG Encoding Standard in lower case, e.g. `utf-8`, `gb18030`, `windows-1252`. */
export type TextEncoding = string

const HEAD_BYTES = 256 << 10
const PIECE_BYTES = 32 << 10
/** Share of lines with bytes past ASCII that must be sound UTF-8 for a file with broken lines to count as UTF-8. */
const MIXED_UTF8_SHARE = 0.2
/** Share of frequent characters that real text in an encoding always passes and wrongly decoded text hardly reaches (4%). */
const COMMON_SHARE = 0.15
/** Confidence of jschardet below which its answer is no evidence. */
const CHARDET_CONFIDENCE = 0.3

/**
 * The encoding of a text file, judged on 256 KiB of its start and pieces of 32 KiB from its middle and end.
 * A byte order mark is certain; sound UTF-8 wins outright; then UTF-16 by where its zero bytes lie; then the legacy
 * encoding whose decoding has most of the frequent characters of its language; then jschardet. A few stray bytes in a file that is
 * ASCII else are no evidence: the answer is `utf-8` and the lines that hold them are reported when they are read.
 */
export async function detectEncoding(source: ByteSource): Promise<TextEncoding> {
  const pieces = [await source.read(0, HEAD_BYTES)]
  if (source.size > HEAD_BYTES) {
    for (const share of [0.25, 0.5, 0.75]) {
      pieces.push(await source.read(Math.max(HEAD_BYTES, Math.floor(source.size * share)), PIECE_BYTES))
    }
    pieces.push(await source.read(Math.max(HEAD_BYTES, source.size - PIECE_BYTES), PIECE_BYTES))
  }
  return judgeEncoding(pieces)
}

/** The encoding of text of which `pieces` are parts, the first from its start; a single piece is the whole text. */
export async function judgeEncoding(pieces: readonly Uint8Array[]): Promise<TextEncoding> {
  const head = pieces[0] ?? new Uint8Array(0)
  const certain = byteOrderMark(head) ?? utf16ByZeros(head)
  if (certain) return certain
  const lines = pieces.map((piece, index) => wholeLines(piece, index > 0, pieces.length > 1))
  if (lines.every((piece) => isUtf8(piece))) return 'utf-8'
  const doubtful = lines.flatMap(linesPastAscii)
  const sound = doubtful.filter((line) => isUtf8(line)).length
  if (sound > 0 && sound >= MIXED_UTF8_SHARE * doubtful.length) return 'utf-8'
  const sample = Buffer.concat(doubtful.flatMap((line) => [line, LINE_FEED]))
  return singleByteEncoding(sample) ?? multiByteEncoding(sample) ?? (await chardetEncoding(sample)) ?? 'utf-8'
}

const LINE_FEED = Uint8Array.of(10)

/** `utf-8`, `utf-16le` or `utf-16be` where a byte order mark says so. */
export function byteOrderMark(head: Uint8Array): TextEncoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return undefined
}

/** UTF-16 without a byte order mark: the high bytes of its ASCII characters are zero, and no character is U+0000. */
export function utf16ByZeros(head: Uint8Array): TextEncoding | undefined {
  const pairs = Math.min(head.length, PIECE_BYTES) >> 1
  const sample = head.subarray(0, pairs * 2)
  if (!sample.includes(0) || isPaddedAscii(sample)) return undefined
  let little = 0
  let big = 0
  for (let pair = 0; pair < pairs; pair++) {
    const first = head[2 * pair] as number
    const second = head[2 * pair + 1] as number
    if (first === 0 && second === 0) return undefined
    if (isUnit(second, first)) little++
    if (isUnit(first, second)) big++
  }
  if (little > big && little >= 0.97 * pairs) return 'utf-16le'
  if (big > little && big >= 0.97 * pairs) return 'utf-16be'
  return undefined
}

/** ASCII with some NULs between, which fixed-width exports leave. ASCII in UTF-16 has a zero in every other byte. */
function isPaddedAscii(bytes: Uint8Array): boolean {
  let zeros = 0
  for (const byte of bytes) {
    if (byte === 0) zeros++
    else if (byte >= 0x80 || (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)) return false
  }
  return zeros < 0.3 * bytes.length
}

/** Is this a UTF-16 unit of text: of an alphabet in use, general punctuation, kana, Han, Hangul, a surrogate or a full-width form? */
function isUnit(high: number, low: number): boolean {
  if (high === 0) return low >= 0x20 || low === 9 || low === 10 || low === 13
  if (high <= 6 || (high >= 0x20 && high <= 0x27) || (high >= 0x30 && high <= 0x33)) return true
  return (high >= 0x4e && high <= 0x9f) || (high >= 0xac && high <= 0xdf) || high === 0xff
}

/** The piece without a cut first or last line. */
function wholeLines(piece: Uint8Array, isCutAtStart: boolean, isCutAtEnd: boolean): Uint8Array {
  if (!isCutAtEnd) return piece
  const end = piece.lastIndexOf(10) + 1
  const start = isCutAtStart ? piece.indexOf(10) + 1 : 0
  if (end > start) return piece.subarray(start, end)
  return trimmedCharacters(piece, isCutAtStart)
}

/** The piece of one long line without the halves of UTF-8 characters at its ends. */
function trimmedCharacters(piece: Uint8Array, isCutAtStart: boolean): Uint8Array {
  let start = 0
  while (isCutAtStart && start < 3 && isContinuation(piece[start])) start++
  let last = piece.length - 1
  while (last > start && last > piece.length - 4 && isContinuation(piece[last])) last--
  const lead = piece[last] ?? 0
  const needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1
  return piece.subarray(start, last + needs > piece.length ? last : piece.length)
}

const isContinuation = (byte: number | undefined): boolean => ((byte ?? 0) & 0xc0) === 0x80

function linesPastAscii(piece: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let start = 0
  while (start < piece.length) {
    const at = piece.indexOf(10, start)
    const end = at < 0 ? piece.length : at
    const line = piece.subarray(start, end)
    if (!isAscii(line)) lines.push(line)
    start = end + 1
  }
  return lines
}

/**
 * Western text: its bytes past ASCII stand alone or in pairs between ASCII letters. Signs such as ° ± µ are evidence by themselves,
 * letters from the third on.
 */
function singleByteEncoding(sample: Uint8Array): TextEncoding | undefined {
  let runs = 0
  let alone = 0
  let signs = 0
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at] as number
    if (byte < 0x80) continue
    let end = at + 1
    while ((sample[end] ?? 0) >= 0x80) end++
    runs++
    if (end - at === 1) alone++
    if (end - at === 1 && WESTERN_SIGNS.has(byte)) signs++
    at = end
  }
  if (alone < 0.75 * runs) return undefined
  return signs > 0.5 * runs || (runs >= 3 && multiByteEncoding(sample) === undefined) ? 'windows-1252' : 'utf-8'
}

/** € ‘ ’ “ ” – — £ § © « ® ° ± ² ³ µ · » ¼ ½ ¾ × in windows-1252. */
const WESTERN_SIGNS: ReadonlySet<number> = new Set([
  0x80, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0xa3, 0xa7, 0xa9, 0xab, 0xae, 0xb0, 0xb1, 0xb2, 0xb3, 0xb5, 0xb7, 0xbb, 0xbc, 0xbd, 0xbe, 0xd7,
])

function multiByteEncoding(sample: Uint8Array): TextEncoding | undefined {
  let best: TextEncoding | undefined
  let bestShare = COMMON_SHARE
  for (const { encoding, common } of LEGACY_ENCODINGS) {
    const share = commonCharacterShare(sample, encoding, common)
    if (share > bestShare) {
      best = encoding
      bestShare = share
    }
  }
  return best ?? (isEverydayChinese(sample) ? 'gb18030' : undefined)
}

/**
 * Are the bytes past ASCII Chinese of everyday use in GB 18030: at least 9 of 10 characters among the 3,755 of GB 2312 level 1 or its
 * punctuation? Short texts without any of the most frequent characters are recognised by it.
 */
export function isEverydayChinese(bytes: Uint8Array): boolean {
  let characters = 0
  let everyday = 0
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number
    if (lead < 0x80) continue
    const trail = bytes[at + 1] ?? 0
    characters++
    if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3))) everyday++
    at++
  }
  return characters > 0 && everyday >= 0.9 * characters
}

async function chardetEncoding(sample: Uint8Array): Promise<TextEncoding | undefined> {
  const { detect } = await import('jschardet')
  const { encoding, confidence } = detect(Buffer.from(sample.subarray(0, PIECE_BYTES)))
  if (!encoding || confidence < CHARDET_CONFIDENCE) return undefined
  try {
    return new TextDecoder(encoding.toLowerCase()).encoding
  } catch {
    // jschardet knows encodings that the WHATWG standard leaves out (EUC-TW, HZ-GB-2312).
    return undefined
  }
}
