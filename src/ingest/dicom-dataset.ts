import { inflateRawSync } from 'node:zlib'
import type { DataSet } from 'dicom-parser'
import { asciiAt } from './magic-bytes.ts'

/** Bytes past which a DICOM file is not read into memory: a multi-frame CT of 1,000 slices of 512 × 512 × 16 bits. */
export const MAX_DICOM_BYTES = 512 << 20

const EXPLICIT_LITTLE = '1.2.840.10008.1.2.1'
const IMPLICIT_LITTLE = '1.2.840.10008.1.2'
export const EXPLICIT_BIG = '1.2.840.10008.1.2.2'
const DEFLATED_LITTLE = '1.2.840.10008.1.2.1.99'

/** A parsed file and the syntax that it is written in. */
export interface Dicom {
  readonly dataset: DataSet
  readonly transferSyntax: string
}

/** Parses a file, also one without preamble, as old systems wrote it. Throws an Error with the parser's reason. */
export async function parseDicom(bytes: Uint8Array): Promise<Dicom> {
  const { default: parser } = await import('dicom-parser')
  const bare = asciiAt(bytes, 128, 4) === 'DICM' ? undefined : bareSyntax(bytes)
  try {
    const dataset = parser.parseDicom(bytes, { inflater, ...(bare ? { TransferSyntaxUID: bare } : {}) })
    return { dataset, transferSyntax: bare ?? dataset.string('x00020010') ?? IMPLICIT_LITTLE }
  } catch (thrown) {
    throw new Error(reasonOf(thrown))
  }
}

/** The parser throws strings, Errors, and objects that carry one of both beside what it had read. */
function reasonOf(thrown: unknown): string {
  const inner = (thrown as { exception?: unknown } | null)?.exception ?? thrown
  return inner instanceof Error ? inner.message : String(inner)
}

/** The whole file as if it had never been deflated: what lies before `position` is not. */
function inflater(bytes: Uint8Array, position: number): Uint8Array {
  const inflated = inflateRawSync(bytes.subarray(position), { maxOutputLength: MAX_DICOM_BYTES })
  const whole = new Uint8Array(position + inflated.length)
  whole.set(bytes.subarray(0, position))
  whole.set(inflated, position)
  return whole
}

const VALUE_KINDS = /^(?:AE|AS|AT|CS|DA|DS|DT|FD|FL|IS|LO|LT|OB|OD|OF|OL|OW|PN|SH|SL|SQ|SS|ST|TM|UC|UI|UL|UN|UR|US|UT)$/

/** Transfer syntax of a data set without preamble: does a value representation follow the first tag? */
const bareSyntax = (bytes: Uint8Array): string => (VALUE_KINDS.test(asciiAt(bytes, 4, 2)) ? EXPLICIT_LITTLE : IMPLICIT_LITTLE)

/** Does a file without preamble begin with group 0008 (or 0002), element in its first page, as all such data sets do? */
export function looksBare(head: Uint8Array): boolean {
  const group = (head[0] ?? 0) | ((head[1] ?? 0) << 8)
  const isFirst = (group === 8 || group === 2) && head[3] === 0
  const length = (head[4] ?? 0) | ((head[5] ?? 0) << 8)
  return isFirst && (VALUE_KINDS.test(asciiAt(head, 4, 2)) || (length <= 64 && head[6] === 0 && head[7] === 0))
}

/** Names of the syntaxes that pack pixels, for people (PS3.5 annex A, PS3.6 annex A). */
const PACKED: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2.4.50': 'JPEG Baseline',
  '1.2.840.10008.1.2.4.51': 'JPEG Extended',
  '1.2.840.10008.1.2.4.57': 'JPEG Lossless',
  '1.2.840.10008.1.2.4.70': 'JPEG Lossless SV1',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS Lossless',
  '1.2.840.10008.1.2.4.81': 'JPEG-LS Near-lossless',
  '1.2.840.10008.1.2.4.90': 'JPEG 2000 Lossless',
  '1.2.840.10008.1.2.4.91': 'JPEG 2000',
  '1.2.840.10008.1.2.4.201': 'HTJ2K Lossless',
  '1.2.840.10008.1.2.4.203': 'HTJ2K',
  '1.2.840.10008.1.2.5': 'RLE Lossless',
}

/** Name of the compression of a transfer syntax; undefined when pixels lie plain in the file. */
export function compressionOf(transferSyntax: string): string | undefined {
  const plain = [EXPLICIT_LITTLE, IMPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED_LITTLE]
  return plain.includes(transferSyntax) ? undefined : (PACKED[transferSyntax] ?? transferSyntax)
}
