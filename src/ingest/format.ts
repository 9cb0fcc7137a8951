import type { z } from 'zod'
import type { Problem, Words } from '../base/problem/index.ts'
import type { Modality } from '../base/recipe/index.ts'
import { TextColumn } from '../base/record/index.ts'
import type { ByteSource } from '../base/store/index.ts'

/** What a place number counts, as people would find it in the raw file. */
export type PlaceKind = 'row' | 'line' | 'page' | 'frame' | 'entry' | 'element' | 'section' | 'byte' | 'file'

/** Bytes of an image, a recording or another medium inside a raw value. */
export interface MediaValue {
  readonly media: Uint8Array
  /** File extension that readers know, without the dot: png, jpg, wav. */
  readonly extension: string
}

/** One record as read, by name, without the bytes of its media. */
export type RawRecord = Readonly<Record<string, unknown>>

/** A record that could not be read. It keeps an ordinal, so that it gets an id and can be explained. */
export interface BrokenRecord {
  readonly ordinal: number
  readonly place: number
  readonly problem: Problem
}

/** Values of one name: plain JSON values, Date or MediaValue; or texts alone, which may be held as UTF-8. */
export type RawColumn = readonly unknown[] | TextColumn

/** The values of a raw column, texts as strings. */
export const valuesOf = (column: RawColumn): readonly unknown[] => (column instanceof TextColumn ? column.values : column)
/** One value of a raw column. */
export const valueAt = (column: RawColumn | undefined, row: number): unknown =>
  column instanceof TextColumn ? column.at(row) : column?.[row]

/** Records as read, not yet typed: columns of plain JSON values, Date or MediaValue; null is missing, undefined where the record lacks the key. */
export interface RawBatch {
  /** Sheet, inner table, topic …; empty where a file holds one table. Each part becomes a family of its own. */
  readonly part: string
  readonly names: readonly string[]
  /** One column a name, all as long as `ordinals`. */
  readonly columns: readonly RawColumn[]
  /** 0-based number of each record in its file, rising, unique over all parts, broken records included. */
  readonly ordinals: readonly number[]
  readonly placeKind: PlaceKind
  /** What people find in the file: 1-based row, line, page … of each record. */
  readonly places: readonly number[]
  readonly broken: readonly BrokenRecord[]
}

/** Lines [start, end) in bytes of a file; `firstOrdinal` numbers the first record in it. */
export interface ByteRange {
  readonly start: number
  readonly end: number
  readonly firstOrdinal: number
  /** 1-based number of its first line, where records are not lines. */
  readonly firstLine?: number | undefined
}

/** Finds where a file may be cut while its bytes pass by, in order. */
export interface RangeCutter {
  push(piece: Uint8Array): void
  /** The file in pieces that can be read independently. @param size bytes of the file */
  end(size: number): ByteRange[]
}

/** A member of an archive, itself a raw file. */
export interface Member {
  readonly path: string
  /** Bytes declared; -1 when the archive does not say. */
  readonly size: number
  readonly stream: () => AsyncIterable<Uint8Array>
}

interface FormatBase<P extends z.ZodType> {
  readonly version: number
  readonly title: Words
  readonly doc: Words
  /** Standard or specification that defines the format. */
  readonly source: string
  /** File extensions in lower case, without the dot. */
  readonly extensions: readonly string[]
  readonly parameters: P
  /**
   * How sure the format is that a file is of its kind: 0 no, 1 certain (magic bytes). An extension alone is worth .3.
   * @param head the first 64 KiB  @param path name of the file
   */
  readonly sniff: (head: Uint8Array, path: string) => number
}

/** A format whose files hold records. */
export interface RecordFormat<P extends z.ZodType = z.ZodType> extends FormatBase<P> {
  readonly kind: 'records'
  /** What a table of it usually is; `auto` leaves it to the profile. */
  readonly modality: Modality | 'auto'
  /** Files can be cut at line ends and the pieces read independently. */
  readonly splits?: 'lines' | undefined
  /** Finds where else a file can be cut, so that its pieces give the records, numbers and places that the whole gives. */
  readonly cutter?: ((parameters: z.output<P>) => RangeCutter) | undefined
  /** How this very file is to be read: delimiter, encoding, header rows … Kept in its source entry. */
  readonly detect: (source: ByteSource) => Promise<z.output<P>>
  /** For files of one record that cost much to read: the batch of `read` again, from what `read` gave before (its media left out). */
  readonly again?: ((source: ByteSource, record: RawRecord) => Promise<RawBatch>) | undefined
  /**
   * Streams the file's records in constant memory. What is wrong with one record goes into `broken`; what makes the
   * rest unreadable is thrown as a ProblemError after all that could be read was given.
   */
  readonly read: (source: ByteSource, parameters: z.output<P>, range?: ByteRange) => AsyncIterable<RawBatch>
}

/** A format whose files hold other files. */
export interface ContainerFormat<P extends z.ZodType = z.ZodType> extends FormatBase<P> {
  readonly kind: 'container'
  /** Streams the members in the archive's order; the reader of the archive enforces limits and safe paths. */
  readonly members: (source: ByteSource) => AsyncIterable<Member>
}

export type Format = RecordFormat | ContainerFormat

export const defineFormat = <P extends z.ZodType>(format: RecordFormat<P>): RecordFormat => format as unknown as RecordFormat
export const defineContainer = <P extends z.ZodType>(format: ContainerFormat<P>): ContainerFormat => format as unknown as ContainerFormat

/** Records that a reader gives in one batch. */
export const RAW_BATCH_ROWS = 4096

/** Bytes of one line, cell or document past which it counts as broken: no real record is that large, and a missing line end must not fill memory. */
export const MAX_RECORD_BYTES = 64 << 20
