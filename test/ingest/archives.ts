import { buffer } from 'node:stream/consumers'
import { crc32, deflateRawSync } from 'node:zlib'
import tar, { type Header } from 'tar-stream'
import { ProblemError } from '../../src/base/problem/index.ts'
import { type ByteSource, bytesSource } from '../../src/base/store/index.ts'
import type { ContainerFormat } from '../../src/ingest/format.ts'

export interface ZipEntry {
  readonly name: string | Uint8Array
  readonly data?: Uint8Array | string
  /** General purpose bits: 1 encrypted, 8 sizes after the data, 0x800 name in UTF-8. */
  readonly flags?: number
  readonly method?: number
  /** Unix mode in the upper half. */
  readonly attributes?: number
  readonly crc?: number
}

/** A zip by PKWARE APPNOTE 4.3: local headers and data, then the directory. */
export function zipBytes(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data = '', flags = 0, method = 8, attributes = 0, crc } of entries) {
    const nameBytes = Buffer.from(name as string)
    const raw = Buffer.from(data as string)
    const packed = method === 8 ? deflateRawSync(raw) : raw
    const sum = crc ?? crc32(raw)
    const hasDescriptor = (flags & 8) !== 0
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(sum, 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(raw.length, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    const local = Buffer.from(common)
    if (hasDescriptor) local.fill(0, 10, 22)
    const descriptor = hasDescriptor ? Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), common.subarray(10, 22)]) : Buffer.alloc(0)
    const member = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), local, nameBytes, packed, descriptor])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(attributes >>> 0, 6)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, nameBytes)
    locals.push(member)
    offset += member.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, central, end])
}

/** A tar by tar-stream's own writer. */
export async function tarBytes(entries: readonly (Partial<Header> & { name: string; data?: string | Uint8Array })[]): Promise<Buffer> {
  const pack = tar.pack()
  for (const { data = '', ...header } of entries) pack.entry(header, Buffer.from(data as string))
  pack.finalize()
  return await buffer(pack as unknown as AsyncIterable<Uint8Array>)
}

export interface Unpacked {
  readonly path: string
  readonly bytes: Buffer
  /** Code of the problem that ended it, and its English words. */
  readonly problem: string | undefined
  readonly words: string
}

/** Everything that a container gives; the last entry without path is what ended the archive itself. */
export async function unpackAll(format: ContainerFormat, source: ByteSource): Promise<Unpacked[]> {
  const all: Unpacked[] = []
  try {
    for await (const member of format.members(source)) all.push(await unpacked(member.path, member.stream()))
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    all.push({ path: '', bytes: Buffer.alloc(0), problem: error.problem.code, words: error.problem.message.en })
  } finally {
    await source.close()
  }
  return all
}

export const unpackBytes = (format: ContainerFormat, bytes: Uint8Array, path = 'a.zip'): Promise<Unpacked[]> =>
  unpackAll(format, bytesSource(path, bytes))

async function unpacked(path: string, pieces: AsyncIterable<Uint8Array>): Promise<Unpacked> {
  const parts: Uint8Array[] = []
  try {
    for await (const piece of pieces) parts.push(Uint8Array.from(piece))
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { path, bytes: Buffer.concat(parts), problem: error.problem.code, words: error.problem.message.en }
  }
  return { path, bytes: Buffer.concat(parts), problem: undefined, words: '' }
}

/** `path → text` or `path → !code` of each member. */
export const summary = (members: readonly Unpacked[]): Record<string, string> =>
  Object.fromEntries(members.map(({ path, bytes, problem }) => [path, problem ? `!${problem}` : bytes.toString('utf8')]))
