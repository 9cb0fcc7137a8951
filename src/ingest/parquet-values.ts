import { isUtf8 } from 'node:buffer'
import { blobValue } from './blob-value.ts'
import { extensionOf } from './file-place.ts'

/** Text of a Parquet file that is not UTF-8. Thrown out of nested values, so that the whole value is known to be unfit. */
export class Undecodable extends Error {
  /** Its first bytes as hexadecimal digits. */
  readonly bytes: string

  constructor(bytes: Uint8Array) {
    super('text that is not UTF-8')
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

/**
 * The values of a column as records hold them.
 * @param scale digits after the point of a decimal column: hyparquet multiplies by a power of ten and leaves 0.30000000000000004
 */
export function parquetColumn(values: readonly unknown[], scale: number | undefined): unknown[] {
  if (scale !== undefined) return values.map((value) => (typeof value === 'number' ? Number(value.toFixed(scale)) : null))
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
  try {
    return mediaOf(value) ?? nested(value)
  } catch (error) {
    if (error instanceof Undecodable) return error
    throw error
  }
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
  switch (typeof value) {
    case 'bigint':
      return wholeNumber(value)
    case 'number':
      return Number.isFinite(value) ? value : Number.isNaN(value) ? null : String(value)
    case 'object':
      return value === null ? null : nestedObject(value)
    default:
      return value ?? null
  }
}

function nestedObject(value: object): unknown {
  if (value instanceof Undecodable) throw value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) return isUtf8(value) ? text(value) : Buffer.from(value).toString('base64')
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<unknown>, nested)
  if (Array.isArray(value)) return value.map(nested)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, nested(member)]))
}
