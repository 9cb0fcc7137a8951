import type { ByteSource } from '../base/store/index.ts'
import { DEFLATED, deflatedLength } from './zip-data.ts'

/** A member as its local header tells of it. */
export interface SalvagedEntry {
  readonly name: Uint8Array
  readonly flags: number
  readonly method: number
  readonly start: number
  readonly end: number
  readonly size: number | undefined
  readonly crc: number | undefined
}

const LOCAL_HEADER = 0x04034b50
const HEADER_BYTES = 30
/** Sizes and CRC follow the data, for the packer could not go back. */
const HAS_DESCRIPTOR = 8
/** Sizes stand in a zip64 field. */
const IN_ZIP64 = 0xffffffff

/**
 * Members of a zip whose directory, which lies at its end, is missing or damaged: walks the local headers from the
 * start and stops at the first that is none. The last member may be cut.
 * Source: PKWARE APPNOTE 6.3.10, 4.3.7.
 */
export async function* salvageEntries(source: ByteSource): AsyncGenerator<SalvagedEntry> {
  let at = 0
  while (at + HEADER_BYTES < source.size) {
    const header = viewOf(await source.read(at, HEADER_BYTES))
    if (header.getUint32(0, true) !== LOCAL_HEADER) return
    const flags = header.getUint16(6, true)
    const method = header.getUint16(8, true)
    const name = await source.read(at + HEADER_BYTES, header.getUint16(26, true))
    const start = at + HEADER_BYTES + header.getUint16(26, true) + header.getUint16(28, true)
    const packed = (flags & HAS_DESCRIPTOR) !== 0 ? await searchedLength(source, start, method) : header.getUint32(18, true)
    const isKnown = packed !== undefined && packed !== IN_ZIP64
    const end = isKnown ? start + packed : source.size
    const isStated = isKnown && (flags & HAS_DESCRIPTOR) === 0
    const size = isStated ? header.getUint32(22, true) : undefined
    yield { name, flags, method, start, end: Math.min(end, source.size), size, crc: isStated ? header.getUint32(14, true) : undefined }
    at = end + ((flags & HAS_DESCRIPTOR) !== 0 ? await descriptorBytes(source, end) : 0)
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Only deflated data tells where it ends. */
const searchedLength = async (source: ByteSource, start: number, method: number): Promise<number | undefined> =>
  method === DEFLATED ? await deflatedLength(source, start) : undefined

/** CRC and two sizes of 4 or 8 bytes, with or without the signature that most packers write. */
async function descriptorBytes(source: ByteSource, at: number): Promise<number> {
  const bytes = await source.read(at, 28)
  for (const length of [16, 12, 24, 20]) {
    if (bytes.length >= length + 4 && viewOf(bytes).getUint32(length, true) === LOCAL_HEADER) return length
  }
  return 16
}
