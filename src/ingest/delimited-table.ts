import { type Problem, ProblemError } from '../base/problem/index.ts'
import type { RowFault, RowSink } from './delimited-rows.ts'
import { type BrokenRecord, MAX_RECORD_BYTES, RAW_BATCH_ROWS, type RawBatch } from './format.ts'
import { columnNames } from './header.ts'
import { MAX_NAMES } from './max-names.ts'
import {
  fieldCountDiffers,
  headerRepeated,
  quotesWrong,
  recordTooLarge,
  textHoldsNul,
  textUndecodable,
  tooManyColumns,
} from './problems.ts'
import { soundness } from './text-pieces.ts'

export interface TableShape {
  readonly path: string
  readonly encoding: string
  readonly headerRows: number
  readonly hasUnitRow: boolean
  /** The header lacks the name of the first column, as R's `write.table` leaves it. */
  readonly hasRowNames: boolean
  readonly nColumns: number
  /** Rows that begin with it and do not have the table's number of fields are remarks; empty for none. */
  readonly comment: string
  readonly shortRows: 'broken' | 'missing'
}

/** Cells of one batch: wide tables come in smaller batches. */
const BATCH_CELLS = 1 << 20

const SPACE = 32

/** Puts the rows of a delimited file into batches. */
export class DelimitedTable implements RowSink {
  /** Full batches, to be taken out by the caller. */
  readonly ready: RawBatch[] = []
  private readonly shape: TableShape
  private readonly width: number
  private readonly batchRows: number
  private readonly header: string[][] = []
  private nHeaderRows: number
  private names: readonly string[] = []
  private headerCells: readonly string[] = []
  /** Fields that a row must have: columns past the last name may be left out. */
  private nNeeded: number
  private columns: (string | null)[][] = []
  private nRows = 0
  private hasSurplus = false
  private ordinal = 0
  private ordinals: number[] = []
  private places: number[] = []
  private broken: BrokenRecord[] = []

  /** Throws a ProblemError for a table of more than MAX_NAMES columns. */
  constructor(shape: TableShape) {
    if (shape.nColumns > MAX_NAMES) {
      throw new ProblemError(tooManyColumns({ at: shape.path, found: shape.nColumns, expected: MAX_NAMES }))
    }
    this.shape = shape
    this.width = shape.nColumns
    this.nNeeded = shape.nColumns
    this.batchRows = Math.max(1, Math.min(RAW_BATCH_ROWS, Math.floor(BATCH_CELLS / this.width)))
    this.nHeaderRows = shape.headerRows + (shape.hasUnitRow ? 1 : 0)
    if (this.nHeaderRows === 0) this.names = columnNames([], undefined, this.width)
    this.columns = Array.from({ length: this.width }, () => [])
  }

  /** Records and broken records given so far. */
  get count(): number {
    return this.ordinal
  }

  /** Is the header read, or none there? */
  get hasHeader(): boolean {
    return this.nHeaderRows === 0
  }

  /** Has the header of another table of the same file. */
  takeHeader(of: DelimitedTable): void {
    this.nHeaderRows = 0
    this.names = of.names
    this.headerCells = of.headerCells
    this.nNeeded = of.nNeeded
  }

  /** The first record has this number: the table begins inside of a file. */
  startAt(ordinal: number): void {
    this.ordinal = ordinal
  }

  field(column: number, value: string): void {
    if (column === 0) this.hasSurplus = false
    if (this.nHeaderRows > 0) {
      if (column === 0) this.header.push([])
      if (column < MAX_NAMES) this.header.at(-1)?.push(value)
    } else if (column < this.width) (this.columns[column] as (string | null)[])[this.nRows] = value === '' ? null : value
    else if (value !== '' && value.trim() !== '') this.hasSurplus = true
  }

  row(nFields: number, line: number, isSuspect: boolean): void {
    if (this.nHeaderRows > 0) {
      this.headerRow()
      return
    }
    if (nFields < this.width) for (let column = nFields; column < this.width; column++) this.put(column, null)
    const first = this.first
    if ((first === null || first.charCodeAt(0) <= SPACE) && this.isBlank()) return
    const problem = this.judge(nFields, line) ?? (isSuspect ? this.unsound(line) : undefined)
    if (problem === 'remark') return
    if (problem) {
      this.reject(line, problem)
      return
    }
    this.ordinals.push(this.ordinal++)
    this.places.push(line)
    this.nRows++
    if (this.nRows >= this.batchRows) this.flush()
  }

  brokenRow(line: number, fault: RowFault): void {
    const at = `${this.shape.path}, line ${line}`
    if (this.nHeaderRows > 0 && this.header.length > 0) this.header.pop()
    const isTooLarge = fault.kind === 'overlong'
    this.reject(line, isTooLarge ? recordTooLarge({ at, found: fault.bytes, expected: MAX_RECORD_BYTES }) : quotesWrong({ at }))
  }

  /** Closes the current batch. */
  flush(): void {
    if (this.nRows === 0 && this.broken.length === 0) return
    for (const column of this.columns) column.length = this.nRows
    const { names, columns, ordinals, places, broken } = this
    this.ready.push({ part: '', names, columns, ordinals, placeKind: 'line', places, broken })
    this.columns = Array.from({ length: this.width }, () => [])
    this.nRows = 0
    this.ordinals = []
    this.places = []
    this.broken = []
  }

  private headerRow(): void {
    if (this.header.at(-1)?.every((cell) => cell.trim() === '')) {
      this.header.pop()
      return
    }
    this.nHeaderRows--
    if (this.nHeaderRows > 0) return
    const { headerRows, hasUnitRow, hasRowNames } = this.shape
    const rows = this.header.map((row) => (hasRowNames ? ['row_name', ...row] : row))
    this.names = columnNames(rows.slice(0, headerRows), hasUnitRow ? rows[headerRows] : undefined, this.width)
    this.headerCells = this.header[headerRows - 1] ?? []
    this.nNeeded = this.width
    while (this.nNeeded > 1 && rows.every((row) => (row[this.nNeeded - 1] ?? '').trim() === '')) this.nNeeded--
  }

  private get first(): string | null {
    return this.columns[0]?.[this.nRows] ?? null
  }

  private put(column: number, value: string | null): void {
    const values = this.columns[column]
    if (values) values[this.nRows] = value
  }

  private isBlank(): boolean {
    if (this.hasSurplus) return false
    for (const column of this.columns) {
      const value = column[this.nRows]
      if (value !== null && value !== undefined && value.trim() !== '') return false
    }
    return true
  }

  private judge(nFields: number, line: number): Problem | 'remark' | undefined {
    const { comment, shortRows, path } = this.shape
    const at = `${path}, line ${line}`
    const isShort = nFields < this.nNeeded
    if ((isShort || this.hasSurplus) && comment !== '' && this.first?.startsWith(comment)) return 'remark'
    // Loggers stop a row after its last value with a delimiter: such a row is whole, one that ends in a value may be cut.
    const isWhole = nFields > 1 && (shortRows === 'missing' || this.columns[nFields - 1]?.[this.nRows] === null)
    if (this.hasSurplus || (isShort && !isWhole)) {
      return fieldCountDiffers({ at, found: nFields, expected: this.nNeeded })
    }
    if (this.first !== null && this.first === this.headerCells[0] && this.isHeaderAgain()) return headerRepeated({ at })
    return undefined
  }

  private isHeaderAgain(): boolean {
    return this.columns.every((column, index) => (column[this.nRows] ?? '') === (this.headerCells[index] ?? ''))
  }

  /** Cuts padding off the values of the row, or says what makes it unfit. */
  private unsound(line: number): Problem | undefined {
    for (let column = 0; column < this.width; column++) {
      const value = this.columns[column]?.[this.nRows] ?? null
      if (value === null) continue
      const sound = soundness(value)
      const at = `${this.shape.path}, line ${line}, ${this.names[column]}`
      if ('bytes' in sound) return textUndecodable({ at, found: sound.bytes, expected: this.shape.encoding })
      if ('nuls' in sound) return textHoldsNul({ at, found: sound.nuls })
      this.put(column, sound.value === '' ? null : sound.value)
    }
    return undefined
  }

  private reject(line: number, problem: Problem): void {
    this.broken.push({ ordinal: this.ordinal++, place: line, problem })
    if (this.broken.length >= RAW_BATCH_ROWS) this.flush()
  }
}
