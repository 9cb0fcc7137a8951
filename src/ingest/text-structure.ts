import { isUtf8 } from 'node:buffer'
import { byteOrderMark, utf16ByZeros } from './text-encoding.ts'
import { decodeLines } from './text-pieces.ts'

/** The start of a text file as far as its structure goes: ASCII is right, letters of legacy encodings may be wrong. */
export interface TextStructure {
  readonly text: string
  /** The head is the whole file. */
  readonly isWhole: boolean
}

/** Bytes that `sniff` gets; a shorter head is the whole file. */
export const HEAD_BYTES = 64 << 10
/** Share of control characters that text may hold: form feeds of printers, escape sequences of terminals. */
const CONTROL_SHARE = 0.001
/** Share of NULs that text may hold as padding. */
const NUL_SHARE = 0.3

/** The head as text for `sniff`; undefined for binary data and for nothing. Cheap: no encoding is guessed. */
export function structureOf(head: Uint8Array): TextStructure | undefined {
  if (known.has(head)) return known.get(head)
  const structure = readStructure(head)
  known.set(head, structure)
  return structure
}

/** Every text format asks it of the same head. */
const known = new WeakMap<Uint8Array, TextStructure | undefined>()

function readStructure(head: Uint8Array): TextStructure | undefined {
  if (head.length === 0) return undefined
  const isWhole = head.length < HEAD_BYTES
  const unicode = byteOrderMark(head) ?? utf16ByZeros(head)
  if (unicode) return { text: decodeLines(head, unicode).text.replace(/^\ufeff/, ''), isWhole }
  let nuls = 0
  let controls = 0
  for (const byte of head) {
    if (byte === 0) nuls++
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) controls++
  }
  if (controls > CONTROL_SHARE * head.length || nuls > NUL_SHARE * head.length) return undefined
  const end = isWhole ? head.length : head.lastIndexOf(10) + 1 || head.length
  const whole = Buffer.from(head.buffer, head.byteOffset, end)
  return { text: whole.toString(isUtf8(whole) ? 'utf8' : 'latin1'), isWhole }
}
