import { ProblemError } from '../base/problem/index.ts'
import type { ByteSource } from '../base/store/index.ts'
import { startsWith } from './magic-bytes.ts'
import { fileEncrypted, fileTruncated, officeFileOld } from './problems.ts'
import { unpackBudget } from './unpack-limits.ts'
import { DEFLATED, STORED, unpackData } from './zip-data.ts'

/** The parts of an Office Open XML file (a zip), by name without a leading slash. */
export interface OfficeParts {
  readonly names: readonly string[]
  /** Bytes of a part as the directory states them; 0 where there is none of that name. */
  size(name: string): number
  /** Unpacks a part as far as the limits allow; throws a ProblemError past them and for damaged data. */
  stream(name: string): AsyncIterable<Uint8Array>
}

const ENCRYPTED = 1
/** Old Word, Excel and encrypted new files are OLE compound files. */
export const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

/** Bytes in which a compound file's list of streams is looked for. */
const HEAD_BYTES = 1 << 20

const LIMITS = {
  /** A full sheet of a million rows and a hundred columns is 5 GB of XML. */
  bytes: 16 * 2 ** 30,
  /** Sheets of equal rows reach 100; bombs start at deflate's ceiling of 1032. */
  ratio: 500,
  freeBytes: 2 ** 26,
  members: 100_000,
}

/** Opens the zip of an Office file. Throws a ProblemError for damaged and encrypted files. */
export async function officeParts(source: ByteSource): Promise<OfficeParts> {
  const at = source.path
  const head = await source.read(0, HEAD_BYTES)
  if (startsWith(head, COMPOUND_FILE)) {
    const isEncrypted = Buffer.from(head).includes(Buffer.from('EncryptedPackage', 'utf16le'))
    throw new ProblemError(isEncrypted ? fileEncrypted({ at }) : officeFileOld({ at }))
  }
  const budget = unpackBudget(source, LIMITS)
  const entries = new Map<string, { size: number; stream: () => AsyncIterable<Uint8Array> }>()
  try {
    const { default: yauzl } = await import('yauzl')
    const reader = new yauzl.RandomAccessReader()
    reader.read = (buffer, offset, length, position, callback) => {
      source.read(position, length).then((bytes) => {
        buffer.set(bytes, offset)
        callback(bytes.length < length ? new Error(`the file ends before byte ${position + length}`) : undefined)
      }, callback)
    }
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, source.size, { decodeStrings: false, autoClose: false })
    for await (const entry of zip.eachEntry()) {
      budget.countMember()
      if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) throw new ProblemError(fileEncrypted({ at }))
      const { compressionMethod: method, uncompressedSize: size, crc32: crc } = entry
      if (method !== STORED && method !== DEFLATED) continue
      const stream = async function* (): AsyncGenerator<Uint8Array> {
        const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
        yield* unpackData(source, { start, end: start + entry.compressedSize, method, size, crc })
      }
      entries.set(entry.fileNameRaw.toString('utf8').replace(/^\//, ''), { size, stream })
    }
  } catch (error) {
    throw asProblem(at, error)
  }
  return {
    names: [...entries.keys()],
    size: (name) => entries.get(name)?.size ?? 0,
    async *stream(name) {
      try {
        yield* budget.count(entries.get(name)?.stream() ?? nothing())
      } catch (error) {
        throw asProblem(`${at}!/${name}`, error)
      }
    },
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

const asProblem = (at: string, error: unknown): ProblemError =>
  error instanceof ProblemError
    ? error
    : new ProblemError(fileTruncated({ at, found: error instanceof Error ? error.message : String(error) }))

/** Does the head of a zip name a part of this folder (`word/`, `xl/`)? */
export const holdsFolder = (head: Uint8Array, folder: string): boolean =>
  startsWith(head, [0x50, 0x4b, 3, 4]) && Buffer.from(head.buffer, head.byteOffset, head.length).includes(folder, 30, 'latin1')
