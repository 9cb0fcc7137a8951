import { type Problem, ProblemError } from '../base/problem/index.ts'
import { type BrokenRecord, type PlaceKind, RAW_BATCH_ROWS, type RawBatch } from './format.ts'
import { MAX_NAMES } from './max-names.ts'
import { fileEmpty, tooManyColumns } from './problems.ts'

/** Bytes of values that a batch may hold beside its limit of rows. */
const BATCH_BYTES = 16 << 20

/** Collects the records of a file, part by part, in batches. */
export class RecordBatches {
  private readonly path: string
  private readonly placeKind: PlaceKind
  private part = ''
  private full: RawBatch[] = []
  private columns = new Map<string, unknown[]>()
  private ordinals: number[] = []
  private places: number[] = []
  private broken: BrokenRecord[] = []
  private nBytes = 0
  private ordinal = 0

  constructor(path: string, placeKind: PlaceKind) {
    this.path = path
    this.placeKind = placeKind
  }

  /** Records given and broken so far, over all parts. */
  get count(): number {
    return this.ordinal
  }

  /** Records that follow belong to this part. */
  startPart(part: string): void {
    if (part === this.part) return
    this.close()
    this.part = part
  }

  /** @param nBytes about how large the record is */
  add(record: Readonly<Record<string, unknown>>, place: number, nBytes = 0): void {
    this.addRow(Object.keys(record), Object.values(record), place, nBytes)
  }

  /** A record as its names and as many values. */
  addRow(names: readonly string[], values: readonly unknown[], place: number, nBytes = 0): void {
    if (names.length > MAX_NAMES) {
      this.reject(place, tooManyColumns({ at: `${this.path}, ${this.placeKind} ${place}`, found: names.length, expected: MAX_NAMES }))
      return
    }
    if (this.columns.size + names.length > MAX_NAMES && names.some((name) => !this.columns.has(name))) this.close()
    const row = this.ordinals.length
    for (let index = 0; index < names.length; index++) {
      const name = names[index] as string
      let column = this.columns.get(name)
      if (!column) {
        column = []
        this.columns.set(name, column)
      }
      while (column.length < row) column.push(undefined)
      column.push(values[index])
    }
    this.ordinals.push(this.ordinal++)
    this.places.push(place)
    this.nBytes += nBytes
    if (this.ordinals.length >= RAW_BATCH_ROWS || this.nBytes >= BATCH_BYTES) this.close()
  }

  reject(place: number, problem: Problem): void {
    this.broken.push({ ordinal: this.ordinal++, place, problem })
    if (this.broken.length >= RAW_BATCH_ROWS) this.close()
  }

  /** Batches that are full. */
  take(): RawBatch[] {
    const taken = this.full
    this.full = []
    return taken
  }

  /** All batches that are left; throws a ProblemError where the file has given none at all. */
  takeLast(): RawBatch[] {
    if (this.count === 0) throw new ProblemError(fileEmpty({ at: this.path }))
    this.close()
    return this.take()
  }

  /** All batches so far, before the caller throws. */
  takeRest(): RawBatch[] {
    this.close()
    return this.take()
  }

  private close(): void {
    const { part, placeKind, columns, ordinals, places, broken } = this
    if (ordinals.length === 0 && broken.length === 0) return
    for (const column of columns.values()) while (column.length < ordinals.length) column.push(undefined)
    this.full.push({ part, names: [...columns.keys()], columns: [...columns.values()], ordinals, placeKind, places, broken })
    this.columns = new Map()
    this.ordinals = []
    this.places = []
    this.broken = []
    this.nBytes = 0
  }
}
