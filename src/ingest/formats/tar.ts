import { Readable } from 'node:stream'
import type { Extract, Header } from 'tar-stream'
import { z } from 'zod'
import type { ByteSource } from '../../base/store/index.ts'
import { explained, problemError, refusedMember } from '../archive-member.ts'
import { decodeArchiveName } from '../archive-name.ts'
import { extensionOf } from '../file-place.ts'
import { defineContainer, type Member } from '../format.ts'
import { asciiAt } from '../magic-bytes.ts'
import { memberPaths } from '../member-path.ts'
import { memberIsLink, memberUnsafe } from '../problems.ts'
import { unpackBudget } from '../unpack-limits.ts'

const BLOCK = 512

/** `ustar` is in every tar since 1988; older ones are known by the header's checksum alone. */
function sniff(head: Uint8Array, path: string): number {
  if (asciiAt(head, 257, 5) === 'ustar') return 1
  if (hasChecksum(head)) return 0.9
  return extensionOf(path) === 'tar' ? 0.3 : 0
}

/** Sum of the header's bytes, its own field counted as spaces, as POSIX defines it. */
function hasChecksum(head: Uint8Array): boolean {
  if (head.length < BLOCK) return false
  const stated = Number.parseInt(asciiAt(head, 148, 8).replace(/[\0 ]+/g, ''), 8)
  let sum = 8 * 32
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += head[i] as number
  return sum === stated && sum > 8 * 32
}

const FILES = new Set(['file', 'contiguous-file'])

async function* members(source: ByteSource): AsyncGenerator<Member> {
  const { extract } = await import('tar-stream')
  // Names as bytes, for those written on Windows in Chinese are not UTF-8.
  const unpacking = extract({ filenameEncoding: 'latin1', allowUnknownFormat: true } as object)
  const budget = unpackBudget(source)
  const pathOf = memberPaths()
  feed(source, unpacking)
  try {
    for await (const entry of unpacking) {
      const { header } = entry
      if (header.type !== 'directory') {
        budget.countMember()
        const { path, unsafe } = pathOf(await nameOf(header))
        const at = `${source.path}!/${path}`
        if (unsafe !== null) yield refusedMember(path, memberUnsafe({ at, found: unsafe }))
        else if (!FILES.has(header.type ?? '')) yield refusedMember(path, memberIsLink({ at, found: kindOf(header) }))
        else yield { path, size: header.size ?? -1, stream: () => explained(at, budget.count(withoutDestroying(entry))) }
      }
      // What nobody read must be passed over before the next member comes.
      entry.resume()
    }
  } catch (error) {
    throw problemError(source.path, error)
  } finally {
    unpacking.destroy()
  }
}

function feed(source: ByteSource, unpacking: Extract): void {
  const bytes = Readable.from(source.stream())
  bytes.on('error', (error) => unpacking.destroy(error))
  unpacking.on('close', () => bytes.destroy())
  bytes.pipe(unpacking)
}

/** The pieces of a member. A reader that stops early must not destroy it, for that ends the whole archive in tar-stream. */
async function* withoutDestroying(entry: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const pieces = entry[Symbol.asyncIterator]()
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value as Uint8Array
}

/** PAX names are UTF-8 and already decoded. */
const nameOf = async ({ name, pax }: Header): Promise<string> =>
  (pax as { path?: string } | undefined)?.path === undefined ? await decodeArchiveName(Buffer.from(name, 'latin1')) : name

const kindOf = ({ type, linkname }: Header): string => (linkname ? `${type} → ${linkname}` : `${type ?? 'of unknown kind'}`)

export default defineContainer({
  kind: 'container',
  version: 1,
  title: { zh: 'tar 归档', en: 'tar archive' },
  doc: {
    zh: '逐个给出归档中的文件；链接、设备与不安全的路径不读取并说明原因；被截断时先给出完整的成员。',
    en: 'Gives the files in it one after the other; links, devices and unsafe paths are refused with a reason; of a cut archive the whole members are given first.',
  },
  source: 'POSIX.1-2001 pax; GNU tar; ustar',
  extensions: ['tar'],
  parameters: z.strictObject({}),
  sniff,
  members,
})
