import { isUtf8 } from 'node:buffer'
import { blobValue } from './blob-value.ts'
import { extensionOf } from './file-place.ts'

/** Text of a Parquet file that is not UTF-8. */
export class Undecodable {
  /** Its first bytes as hexadecimal digits. */
  readonly bytes: string

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.subarray(0, 8)).toString('hex')
  }
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')

/** hyparquet's own parser of strings puts U+FFFD where bytes are not UTF-8. */
export const PARQUET_PARSERS = {
  stringFromBytes: (bytes: Uint8Array | undefined): unknown => {
    if (!bytes) return bytes
    return isUtf8(bytes) ? text(bytes) : new Undecodable(bytes)
  },
}

/** The values of a column as records hold them. */
export function parquetColumn(values: readonly unknown[]): unknown[] {
  const column = new Array<unknown>(values.length)
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    column[row] = typeof value === 'object' ? topValue(value) : typeof value === 'bigint' ? wholeNumber(value) : (value ?? null)
  }
  return column
}

function topValue(value: object | null): unknown {
  if (value === null || value instanceof Date || value instanceof Undecodable) return value
  if (value instanceof Uint8Array) return bytesValue(value)
  return mediaOf(value) ?? nested(value)
}

/** `{bytes, path}`, by which Hugging Face data sets hold images and sound. */
function mediaOf(value: object): unknown {
  if (!('bytes' in value && 'path' in value) || !(value.bytes instanceof Uint8Array)) return undefined
  const extension = typeof value.path === 'string' ? extensionOf(value.path) : ''
  return blobValue(value.bytes, extension === '' ? undefined : extension)
}

/** Bytes without a stated meaning: text in files of older writers, a medium, or anything. */
const bytesValue = (bytes: Uint8Array): unknown => {
  const value = blobValue(bytes)
  return typeof value === 'string' && isUtf8(bytes) ? text(bytes) : value
}

const wholeNumber = (value: bigint): number | string =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString()

/** A nested value as plain JSON. Numbers without a JSON form are missing, or words where they are infinite. */
function nested(value: unknown): unknown {
  if (typeof value === 'bigint') return wholeNumber(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.isNaN(value) ? null : String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Undecodable) return value
  if (value instanceof Uint8Array) return isUtf8(value) ? text(value) : Buffer.from(value).toString('base64')
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<unknown>, nested)
  if (Array.isArray(value)) return value.map(nested)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, nested(member)]))
  }
  return value ?? null
}
