/** Lines [start, end) in bytes of a file; `firstOrdinal` numbers the first record in it. */
export interface ByteRange {
  readonly start: number
  readonly end: number
  readonly firstOrdinal: number
  /** 1-based number of its first line, where records are not lines. */
  readonly firstLine?: number | undefined
}
