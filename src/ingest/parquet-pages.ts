import { crc32 } from 'node:zlib'
import type { Compressors } from 'hyparquet'
import { CompactReader, type ThriftValue } from './thrift-compact.ts'

/** What the footer says of a column chunk. */
export interface ChunkFacts {
  readonly codec: string
  readonly nValues: number
  readonly maxRepetition: number
  readonly maxDefinition: number
}

/** Unpacked bytes of one page; writers make pages of about 1 MiB. */
const MAX_PAGE_BYTES = 1 << 30
/** Values of one column that are read at once; as objects they take about half a gigabyte. */
const MAX_VALUES = 1 << 26

/**
 * Checks that the pages of column chunks promise no more than the chunk has: hyparquet reserves what a page header or a run length promises,
 * and one damaged byte would end the process for want of memory. Keeps the unpacked pages, so that they are unpacked once.
 */
export class CheckedPages {
  /** For hyparquet: gives pages that were checked, and unpacks no others. */
  readonly compressors: Compressors = {}
  private readonly unpackers: Compressors
  private readonly unpacked = new Map<string, { readonly packed: Uint8Array; readonly page: Uint8Array }>()

  constructor(unpackers: Compressors) {
    this.unpackers = unpackers
    for (const codec of Object.keys(unpackers) as (keyof Compressors)[]) {
      this.compressors[codec] = (packed, size) => this.takeUnpacked(packed) ?? this.unpack(codec, packed, size)
    }
  }

  /** Throws an Error that says what is wrong with a chunk. */
  check(chunk: Uint8Array, facts: ChunkFacts): void {
    if (!isUpTo(facts.nValues, MAX_VALUES)) throw new Error(`${facts.nValues} values in a column; the limit is ${MAX_VALUES}`)
    const reader = new CompactReader(chunk)
    let found = 0
    while (reader.at < chunk.length - 1 && found < facts.nValues) {
      const header = pageHeader(reader)
      const start = reader.at
      reader.at += header.packedBytes
      if (header.packedBytes < 0 || reader.at > chunk.length) throw new Error('a page past the end of its column')
      if (header.unpackedBytes > MAX_PAGE_BYTES || header.nValues < 0 || header.nValues > facts.nValues)
        throw new Error(`a page of ${header.nValues} values`)
      if (header.kind !== 'dictionary') found += header.nValues
      if (found > facts.nValues) throw new Error(`more than the ${facts.nValues} values of the column`)
      this.checkPage(chunk.subarray(start, reader.at), header, facts)
    }
  }

  private checkPage(packed: Uint8Array, header: PageHeader, facts: ChunkFacts): void {
    const levels = header.kind === 'data 2' ? checkLevels(packed, header, facts) : 0
    const body = packed.subarray(levels)
    const isPacked = facts.codec !== 'UNCOMPRESSED' && header.isCompressed
    const page = isPacked ? this.keepUnpacked(facts.codec, body, header.unpackedBytes - levels) : body
    if (header.kind === 'dictionary') return
    checkValues(header.kind === 'data' ? pastLevels(page, header, facts) : page, header)
  }

  private keepUnpacked(codec: string, packed: Uint8Array, size: number): Uint8Array {
    const page = this.unpack(codec as keyof Compressors, packed, size)
    this.unpacked.set(keyOf(packed), { packed, page })
    return page
  }

  private takeUnpacked(packed: Uint8Array): Uint8Array | undefined {
    const key = keyOf(packed)
    const kept = this.unpacked.get(key)
    if (!kept || Buffer.compare(kept.packed, packed) !== 0) return undefined
    this.unpacked.delete(key)
    return kept.page
  }

  private unpack(codec: keyof Compressors, packed: Uint8Array, size: number): Uint8Array {
    const unpacker = this.unpackers[codec]
    if (!unpacker) throw new Error(`compression ${codec} is not supported`)
    if (!isUpTo(size, MAX_PAGE_BYTES)) throw new Error(`a page of ${size} bytes`)
    return unpacker(packed, size)
  }
}

/** The levels of a second kind of data page lie before its packed part; how many bytes they have. */
function checkLevels(packed: Uint8Array, { repetitionBytes, definitionBytes, nValues, nNulls }: PageHeader, facts: ChunkFacts): number {
  const levels = repetitionBytes + definitionBytes
  if (!isUpTo(repetitionBytes, levels) || !isUpTo(levels, packed.length)) throw new Error('levels past the end of their page')
  if (!isUpTo(nNulls, nValues)) throw new Error(`${nNulls} nulls of ${nValues} values`)
  checkRuns(packed.subarray(0, repetitionBytes), bitWidth(facts.maxRepetition), nValues)
  checkRuns(packed.subarray(repetitionBytes, levels), bitWidth(facts.maxDefinition), nValues)
  return levels
}

/** The values of a first kind of data page, behind its levels. */
function pastLevels(page: Uint8Array, { nValues }: PageHeader, facts: ChunkFacts): Uint8Array {
  const rest = facts.maxRepetition > 0 ? pastRuns(page, bitWidth(facts.maxRepetition), nValues) : page
  return facts.maxDefinition > 0 ? pastRuns(rest, bitWidth(facts.maxDefinition), nValues) : rest
}

function checkValues(values: Uint8Array, { encoding, nValues }: PageHeader): void {
  if (encoding === PLAIN_DICTIONARY || encoding === RLE_DICTIONARY) checkRuns(values.subarray(1), values[0] ?? 0, nValues)
  else if (encoding === RLE) pastRuns(values, 1, nValues)
}

const keyOf = (packed: Uint8Array): string => `${packed.length}:${crc32(packed)}`

const bitWidth = (level: number): number => 32 - Math.clz32(level)

/** Codes of parquet.thrift, enum Encoding. */
const PLAIN_DICTIONARY = 2
const RLE = 3
const RLE_DICTIONARY = 8

/** Runs that their length in four bytes precedes; what follows them. */
function pastRuns(bytes: Uint8Array, width: number, nValues: number): Uint8Array {
  if (bytes.length < 4) throw new Error('levels past the end of their page')
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0, true)
  if (4 + length > bytes.length) throw new Error('levels past the end of their page')
  checkRuns(bytes.subarray(4, 4 + length), width, nValues)
  return bytes.subarray(4 + length)
}

/**
 * Run lengths of the RLE and bit-packed hybrid encoding must not go past the values of their page. Bit-packed runs may: they are filled up
 * (by DuckDB to 256 values), and readers stop at the page's last value. Source: parquet-format Encodings.md.
 */
function checkRuns(bytes: Uint8Array, width: number, nValues: number): void {
  if (width > 32) throw new Error(`values of ${width} bits`)
  const reader = new CompactReader(bytes)
  // Nulls are counted among the values of a page but not stored.
  for (let seen = 0; width > 0 && seen < nValues && reader.at < bytes.length; ) {
    const head = reader.varint()
    const isPacked = head % 2 === 1
    const count = isPacked ? ((head - 1) / 2) * 8 : head / 2
    if (!isPacked && count > nValues - seen) throw new Error(`a run of ${count} values in a page of ${nValues}`)
    reader.at += isPacked ? (count * width) / 8 : Math.ceil(width / 8)
    seen += count
  }
}

interface PageHeader {
  readonly kind: 'data' | 'data 2' | 'dictionary'
  readonly unpackedBytes: number
  readonly packedBytes: number
  readonly nValues: number
  readonly nNulls: number
  readonly encoding: number
  readonly definitionBytes: number
  readonly repetitionBytes: number
  readonly isCompressed: boolean
}

const KINDS = ['data', undefined, 'dictionary', 'data 2'] as const

/** Source: parquet.thrift, struct PageHeader. */
function pageHeader(reader: CompactReader): PageHeader {
  const fields = reader.struct(0)
  const kind = KINDS[numberIn(fields, 1)]
  const part = fields.get(kind === 'data' ? 5 : kind === 'data 2' ? 8 : 7)
  if (!kind || !(part instanceof Map)) throw new Error('a page of unknown kind')
  const field = (id: number): number => numberIn(part, id)
  const isSecond = kind === 'data 2'
  if (isSecond) field(3)
  return {
    kind,
    unpackedBytes: numberIn(fields, 2),
    packedBytes: numberIn(fields, 3),
    nValues: field(1),
    nNulls: isSecond ? field(2) : 0,
    encoding: field(isSecond ? 4 : 2),
    definitionBytes: isSecond ? field(5) : 0,
    repetitionBytes: isSecond ? field(6) : 0,
    isCompressed: !isSecond || (part.get(7) ?? 1) === 1,
  }
}

/** A field that the format requires; hyparquet goes on with NaN where it is absent, and may never end. */
function numberIn(fields: ReadonlyMap<number, ThriftValue>, id: number): number {
  const value = fields.get(id)
  if (typeof value !== 'number') throw new Error(`no field ${id} in a page header`)
  return value
}

/** Is it a whole number from 0 to `most`? Never for NaN. */
const isUpTo = (value: number, most: number): boolean => Number.isInteger(value) && value >= 0 && value <= most
