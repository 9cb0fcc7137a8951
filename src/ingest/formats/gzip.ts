import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { explained } from '../archive-member.ts'
import { decompress } from '../decompress.ts'
import { fileNameOf } from '../file-place.ts'
import { defineContainer } from '../format.ts'
import { startsWith } from '../magic-bytes.ts'
import { unpackBudget } from '../unpack-limits.ts'

/** Identification, then deflate, the only method ever defined. */
const SIGNATURE = [0x1f, 0x8b, 8]

/** Name of what was compressed: `a.csv.gz` → `a.csv`, `b.tgz` → `b.tar`; the file's own name where it does not tell. */
const innerName = (path: string): string =>
  fileNameOf(path)
    .replace(/\.tgz$/i, '.tar')
    .replace(/(?<=.)\.(?:gz|gzip)$/i, '')

export default defineContainer({
  kind: 'container',
  version: 1,
  title: { zh: 'gzip 压缩文件', en: 'gzip file' },
  doc: {
    zh: '解压后的内容作为一个文件再次识别（.csv.gz、.tar.gz 均可）；被截断时给出可读部分并说明。',
    en: 'What it unpacks to is recognised again as a file (.csv.gz, .tar.gz); of a cut one the readable part is given, and it is said.',
  },
  source: 'RFC 1952',
  extensions: ['gz', 'gzip', 'tgz'],
  parameters: z.strictObject({}),
  sniff: (head) => (startsWith(head, SIGNATURE) ? 0.95 : 0),
  async *members(source) {
    const budget = unpackBudget(source)
    budget.countMember()
    yield {
      path: innerName(source.path),
      size: -1,
      stream: () => explained(source.path, budget.count(decompress(source.stream(), createGunzip()))),
    }
  },
})
