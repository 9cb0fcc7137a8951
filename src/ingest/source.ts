import { createHash } from 'node:crypto'
import type { Problem } from '../base/problem/index.ts'
import type { Known, Pin } from '../base/store/index.ts'
import type { ByteRange, RawRecord } from './format.ts'

/** A raw file as the release names it: what it is and how it was read. */
export interface SourceEntry {
  /** First 16 hex digits of the SHA-256 of `path`: the first half of the id of every record from it. */
  readonly key: string
  /** Relative to the input folder; members of archives as `a.zip!/b.csv`. */
  readonly path: string
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** Id of the format; empty where none was recognised. */
  readonly format: string
  /** What the format detected: encoding, delimiter, header rows … */
  readonly parameters: unknown
  readonly license: string | undefined
}

/** A source that can be read, with what only this machine needs to know. */
export interface ReadableSource {
  readonly entry: SourceEntry
  /** Where its bytes lie: the raw file itself, or a member unpacked into the workspace. */
  readonly file: string
  /** State of the file when it was surveyed: it must stay so while the build runs. */
  readonly pin: Pin
  /** Pieces that can be read independently; empty where the file is read whole. */
  readonly ranges: readonly ByteRange[]
  /** What sampling read of a file of one record that costs much to read, so that it is read once. */
  readonly record?: RawRecord | undefined
}

/** Size and state that the file of a source must still have when it is read again. */
export const knownState = ({ entry, pin }: Pick<ReadableSource, 'entry' | 'pin'>): Known => ({ size: entry.size, pin })

/** A file that gave no records at all; it counts as one record in quarantine. */
export interface RefusedFile {
  readonly entry: SourceEntry
  readonly problem: Problem
}

/** Id of the `ordinal`-th record of a source: sorts by source, then by place in it. */
export const recordId = (key: string, ordinal: number): string => `${key}-${String(ordinal).padStart(9, '0')}`

/** Key of a source from its path. 64 bits: two of a million files share one with probability 3e-8. */
export const sourceKey = (path: string): string => createHash('sha256').update(path.normalize('NFC'), 'utf8').digest('hex').slice(0, 16)

/** Key of the source that a record came from. */
export const sourceKeyOf = (id: string): string => id.slice(0, 16)
