/** What the header of a Parquet page says, as far as it is checked here. */
interface PageHeader {
  readonly unpackedBytes: number
  readonly packedBytes: number
  readonly nValues: number
  readonly isDictionary: boolean
}

/** Unpacked bytes of one page; writers make pages of about 1 MiB. */
export const MAX_PAGE_BYTES = 1 << 30
/** Values of one column that are read at once; as objects they take about half a gigabyte. */
const MAX_VALUES = 1 << 26

/**
 * Checks that the pages of a column chunk promise no more than the chunk: hyparquet reserves what a header promises, and one damaged byte
 * would end the process for want of memory. Throws an Error that says what is wrong.
 * @param nValues values of the chunk by the file's footer; undefined where it is not known
 */
export function checkPages(chunk: Uint8Array, nValues: number | undefined): void {
  const most = Math.min(nValues ?? MAX_VALUES, MAX_VALUES)
  const reader = new CompactReader(chunk)
  let found = 0
  while (reader.at < chunk.length - 1 && found < most) {
    const header = pageHeader(reader)
    if (header.unpackedBytes > MAX_PAGE_BYTES || header.nValues > most) throw new Error(`a page of ${header.nValues} values`)
    if (header.packedBytes < 0 || reader.at + header.packedBytes > chunk.length) throw new Error('a page past the end of its column')
    reader.at += header.packedBytes
    if (!header.isDictionary) found += header.nValues
    if (found > most) throw new Error(`more than the ${most} values of the column`)
  }
}

/** Source: parquet.thrift, struct PageHeader. */
function pageHeader(reader: CompactReader): PageHeader {
  const fields = reader.struct(0)
  const data = fields.get(5) ?? fields.get(8)
  const dictionary = fields.get(7)
  const part = data instanceof Map ? data : dictionary instanceof Map ? dictionary : new Map<number, ThriftValue>()
  return {
    unpackedBytes: numberOf(fields.get(2)),
    packedBytes: numberOf(fields.get(3)),
    nValues: numberOf(part.get(1)),
    isDictionary: !(data instanceof Map) && dictionary instanceof Map,
  }
}

const numberOf = (value: ThriftValue | undefined): number => (typeof value === 'number' ? value : 0)

type ThriftValue = number | Map<number, ThriftValue> | undefined

const STRUCT = 12
/** Structs of page headers are two deep; a damaged one must not end the stack. */
const MAX_STRUCTS = 8

/** Reads numbers and structs of Thrift's compact protocol and passes over everything else. */
class CompactReader {
  at = 0
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  struct(depth: number): Map<number, ThriftValue> {
    if (depth > MAX_STRUCTS) throw new Error('a page header nested too deep')
    const fields = new Map<number, ThriftValue>()
    let id = 0
    for (;;) {
      const head = this.byte()
      const type = head & 15
      if (type === 0) return fields
      id = head >> 4 === 0 ? this.zigzag() : id + (head >> 4)
      fields.set(id, this.value(type, depth))
    }
  }

  private value(type: number, depth: number): ThriftValue {
    if (type <= 2) return undefined
    if (type === 3) return this.byte()
    if (type <= 6) return this.zigzag()
    if (type === STRUCT) return this.struct(depth + 1)
    if (type === 7) this.at += 8
    else if (type === 8) this.at += this.varint()
    else if (type <= 10) this.list(depth)
    else throw new Error('a page header of unknown kind')
    return undefined
  }

  private list(depth: number): void {
    const head = this.byte()
    const size = head >> 4 === 15 ? this.varint() : head >> 4
    const type = head & 15
    for (let index = 0; index < size; index++) {
      if (this.at >= this.bytes.length) throw new Error('a page header past the end of its column')
      if (type <= 2) this.at++
      else this.value(type, depth)
    }
  }

  private byte(): number {
    const byte = this.bytes[this.at++]
    if (byte === undefined) throw new Error('a page header past the end of its column')
    return byte
  }

  private varint(): number {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte()
      value += (byte & 127) * factor
      if (byte < 128) return value
      if (factor > 2 ** 56) throw new Error('a number without an end in a page header')
    }
  }

  private zigzag(): number {
    const value = this.varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
}
