import type { Entry, ZipFile } from 'yauzl'
import { z } from 'zod'
import { ProblemError } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { explained, problemError, refusedMember } from '../archive-member.ts'
import { decodeArchiveName } from '../archive-name.ts'
import { extensionOf } from '../file-place.ts'
import { defineContainer, type Member } from '../format.ts'
import { startsWith } from '../magic-bytes.ts'
import { memberPaths } from '../member-path.ts'
import { memberEncrypted, memberIsLink, memberUnsafe, memberUnsupported } from '../problems.ts'
import { type UnpackBudget, unpackBudget } from '../unpack-limits.ts'
import { DEFLATED, methodName, STORED, unpackData } from '../zip-data.ts'
import { salvageEntries } from '../zip-salvage.ts'

const LOCAL_HEADER = [0x50, 0x4b, 3, 4]
const EMPTY_ARCHIVE = [0x50, 0x4b, 5, 6]

/** Office documents and many other formats are zips too, and know themselves better. */
function sniff(head: Uint8Array, path: string): number {
  const isZip = startsWith(head, LOCAL_HEADER) || startsWith(head, EMPTY_ARCHIVE)
  if (!isZip) return extensionOf(path) === 'zip' ? 0.3 : 0
  return extensionOf(path) === 'zip' ? 0.95 : 0.5
}

const ENCRYPTED = 1
const UTF8_NAME = 1 << 11
const UNICODE_PATH = 0x7075
const FILE_KIND = 0xf000
const SYMLINK = 0xa000

/** What the directory or a local header tells of a member. */
interface Listed {
  readonly name: string
  readonly isLink: boolean
  readonly isEncrypted: boolean
  readonly method: number
  readonly size: number | undefined
  readonly crc: number | undefined
  /** Where its packed bytes lie. */
  readonly range: () => Promise<{ readonly start: number; readonly end: number }>
}

async function* members(source: ByteSource): AsyncGenerator<Member> {
  const budget = unpackBudget(source)
  const pathOf = memberPaths()
  let listed = 0
  try {
    for await (const entry of fromDirectory(source)) {
      listed++
      if (!entry.name.endsWith('/')) yield memberOf(source, entry, pathOf, budget)
    }
  } catch (error) {
    // A damaged directory that listed some members would list them again if the file were searched.
    if (listed === 0 && !(error instanceof ProblemError)) yield* salvaged(source, pathOf, budget)
    throw problemError(source.path, error)
  }
}

async function* salvaged(source: ByteSource, pathOf: ReturnType<typeof memberPaths>, budget: UnpackBudget): AsyncGenerator<Member> {
  for await (const { name, flags, method, start, end, size, crc } of salvageEntries(source)) {
    const decoded = (flags & UTF8_NAME) !== 0 ? Buffer.from(name).toString('utf8') : await decodeArchiveName(name)
    if (decoded.endsWith('/')) continue
    const isEncrypted = (flags & ENCRYPTED) !== 0
    const entry: Listed = { name: decoded, isLink: false, isEncrypted, method, size, crc, range: async () => ({ start, end }) }
    yield memberOf(source, entry, pathOf, budget)
  }
}

function memberOf(source: ByteSource, entry: Listed, pathOf: ReturnType<typeof memberPaths>, budget: UnpackBudget): Member {
  budget.countMember()
  const { path, unsafe } = pathOf(entry.name)
  const at = `${source.path}!/${path}`
  const { method, size, crc } = entry
  if (unsafe !== null) return refusedMember(path, memberUnsafe({ at, found: unsafe }))
  if (entry.isLink) return refusedMember(path, memberIsLink({ at, found: 'symlink' }))
  if (entry.isEncrypted) return refusedMember(path, memberEncrypted({ at }))
  if (method !== STORED && method !== DEFLATED) return refusedMember(path, memberUnsupported({ at, found: methodName(method) }))
  async function* unpack(): AsyncGenerator<Uint8Array> {
    yield* unpackData(source, { ...(await entry.range()), method: method as typeof STORED | typeof DEFLATED, size, crc })
  }
  return { path, size: size ?? -1, stream: () => explained(at, budget.count(unpack())) }
}

async function* fromDirectory(source: ByteSource): AsyncGenerator<Listed> {
  const { default: yauzl } = await import('yauzl')
  const reader = new yauzl.RandomAccessReader()
  reader.read = (buffer, offset, length, position, callback) => {
    source.read(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset)
        callback(bytes.length < length ? new Error(`the file ends before byte ${position + length}`) : undefined)
      },
      (error: unknown) => callback(error),
    )
  }
  const zip = await yauzl.fromRandomAccessReaderPromise(reader, source.size, { decodeStrings: false, autoClose: false })
  for await (const entry of zip.eachEntry()) {
    yield {
      name: await nameOf(entry, yauzl.getFileNameLowLevel),
      isLink: ((entry.externalFileAttributes >>> 16) & FILE_KIND) === SYMLINK,
      isEncrypted: (entry.generalPurposeBitFlag & ENCRYPTED) !== 0,
      method: entry.compressionMethod,
      size: entry.uncompressedSize,
      crc: entry.crc32,
      range: () => rangeOf(zip, entry),
    }
  }
}

async function rangeOf(zip: ZipFile, entry: Entry): Promise<{ start: number; end: number }> {
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
  return { start: fileDataStart, end: fileDataStart + entry.compressedSize }
}

async function nameOf(entry: Entry, decode: typeof import('yauzl').getFileNameLowLevel): Promise<string> {
  const isStated = (entry.generalPurposeBitFlag & UTF8_NAME) !== 0 || entry.extraFields.some((field) => field.id === UNICODE_PATH)
  if (!isStated) return await decodeArchiveName(entry.fileNameRaw)
  return decode(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
}

export default defineContainer({
  kind: 'container',
  version: 1,
  title: { zh: 'ZIP 压缩包', en: 'ZIP archive' },
  doc: {
    zh: '逐个给出包内文件并核对大小与 CRC；未标 UTF-8 的中文名按 GB 18030 解码；加密成员、链接与不安全路径不读取并说明原因；目录损坏时按文件头逐个找回。',
    en: 'Gives the files in it one after the other, size and CRC checked; Chinese names without the UTF-8 flag are read as GB 18030; encrypted members, links and unsafe paths are refused with a reason; without its directory the members are found by their own headers.',
  },
  source: 'PKWARE APPNOTE 6.3.10',
  extensions: ['zip'],
  parameters: z.strictObject({}),
  sniff,
  members,
})
