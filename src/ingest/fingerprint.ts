import { createHash } from 'node:crypto'
import type { ByteSource } from '../base/store/index.ts'
import type { ByteRange, RangeCutter } from './format.ts'

/** Hashes a file in one pass and, where a cutter is given, finds the pieces that it can be read in. */
export async function fingerprint(source: ByteSource, cutter: RangeCutter | undefined): Promise<{ sha256: string; ranges: ByteRange[] }> {
  const hash = createHash('sha256')
  for await (const piece of source.stream()) {
    hash.update(piece)
    cutter?.push(piece)
  }
  return { sha256: hash.digest('hex'), ranges: cutter?.end(source.size) ?? [] }
}
