import { z } from 'zod'
import { explained } from '../archive-member.ts'
import { fileNameOf } from '../file-place.ts'
import { defineContainer } from '../format.ts'
import { startsWith } from '../magic-bytes.ts'
import { unpackBudget } from '../unpack-limits.ts'
import { unpackZstd } from '../zstd-frames.ts'

const SIGNATURE = [0x28, 0xb5, 0x2f, 0xfd]

/** A skippable frame, which parallel packers write first, begins with 0x50–0x5F and these. */
const SKIPPABLE_REST = [0x2a, 0x4d, 0x18]

function sniff(head: Uint8Array): number {
  if (startsWith(head, SIGNATURE)) return 0.95
  return ((head[0] ?? 0) & 0xf0) === 0x50 && startsWith(head, SKIPPABLE_REST, 1) ? 0.8 : 0
}

/** Name of what was compressed: `a.csv.zst` → `a.csv`, `b.tzst` → `b.tar`; the file's own name where it does not tell. */
const innerName = (path: string): string =>
  fileNameOf(path)
    .replace(/\.tzst$/i, '.tar')
    .replace(/(?<=.)\.(?:zst|zstd)$/i, '')

export default defineContainer({
  kind: 'container',
  version: 1,
  title: { zh: 'Zstandard 压缩文件', en: 'Zstandard file' },
  doc: {
    zh: '逐帧流式解压并核对校验和，解压后的内容作为一个文件再次识别（.jsonl.zst、.tar.zst 均可）；窗口上限 128 MiB。',
    en: 'Unpacked frame by frame with checksums checked, and recognised again as a file (.jsonl.zst, .tar.zst); windows up to 128 MiB.',
  },
  source: 'RFC 8878',
  extensions: ['zst', 'zstd', 'tzst'],
  parameters: z.strictObject({}),
  sniff,
  async *members(source) {
    const budget = unpackBudget(source)
    budget.countMember()
    yield { path: innerName(source.path), size: -1, stream: () => explained(source.path, budget.count(unpackZstd(source))) }
  },
})
