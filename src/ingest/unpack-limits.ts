import { ProblemError } from '../base/problem/index.ts'
import type { ByteSource } from '../base/store/index.ts'
import { archiveTooLarge } from './problems.ts'

interface UnpackLimits {
  /** Bytes that all members together may unpack to. */
  readonly bytes: number
  /** Unpacked over packed bytes, once `freeBytes` are unpacked. */
  readonly ratio: number
  readonly freeBytes: number
  readonly members: number
}

const UNPACK_LIMITS: UnpackLimits = {
  /** The largest archives of open data sets are 150 GB; past this one archive would fill a workstation's disk. */
  bytes: 256 * 2 ** 30,
  /** Text and sensor logs reach 50, sparse masks 200; bombs start at deflate's ceiling of 1032. */
  ratio: 500,
  /** What may be unpacked at any ratio: empty volumes and blank images compress without limit, and are small. */
  freeBytes: 2 ** 30,
  /** ImageNet's training set has 1.28 million. */
  members: 2_000_000,
}

/** Keeps the count of one archive. Its functions throw a ProblemError at a limit, and again at every use after it. */
export interface UnpackBudget {
  /** Counts a member in. */
  readonly countMember: () => void
  /** The same pieces, counted. */
  readonly count: (pieces: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>
}

export function unpackBudget(source: Pick<ByteSource, 'path' | 'size'>, limits = UNPACK_LIMITS): UnpackBudget {
  let bytes = 0
  let members = 0
  const refuse = (found: string, expected: string): never => {
    throw new ProblemError(archiveTooLarge({ at: source.path, found, expected }))
  }
  const check = (): void => {
    if (bytes > limits.bytes) refuse(`${bytes} bytes`, `${limits.bytes} bytes`)
    if (bytes > limits.freeBytes && bytes > limits.ratio * source.size) {
      refuse(`${bytes} bytes from ${source.size}`, `${limits.ratio} times the archive past ${limits.freeBytes} bytes`)
    }
  }
  return {
    countMember() {
      check()
      if (++members > limits.members) refuse(`${members} members`, `${limits.members} members`)
    },
    async *count(pieces) {
      for await (const piece of pieces) {
        bytes += piece.length
        check()
        yield piece
      }
    },
  }
}
