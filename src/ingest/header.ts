import { type CellKind, cellKind, cellLabel, type Row, unitOf } from './cell.ts'
import { isTextHeader } from './text-header.ts'

/** Where the table lies in a sheet or a delimited file: rows before it, rows of its header, a row of units under the header. */
export interface TableLayout {
  readonly preambleRows: number
  readonly headerRows: number
  readonly hasUnitRow: boolean
}

/** Rows of a sample up to which all rows say how wide the table is; a longer one may have other tables above. */
const FEW_ROWS = 40
/** Rows above a header row that may group its columns. */
const MAX_GROUP_ROWS = 3
/** Share of the typed columns in which a header has words instead of values. */
const HEADER_SHARE = 0.8
const TYPED_SHARE = 0.8
const FITTING_SHARE = 0.7

/**
 * Finds the table in the first rows (without blank ones) of a sheet or delimited file. The lower half of the rows says which columns hold
 * numbers, times or booleans; a header is a row with words in those columns, and of several such rows the one with most fitting rows below
 * wins, so that small tables of settings above the data do not count. Tables of text alone have a header when the first row differs in kind
 * from the others. Pure; O(cells).
 */
export function findLayout(rows: readonly Row[]): TableLayout {
  const first = rows[0] ?? []
  const lower = rows.slice(rows.length > 1 ? Math.max(1, rows.length >> 1) : 0).filter((row) => row === first || !isSame(row, first))
  const width = commonWidth(rows.length < FEW_ROWS ? rows : lower)
  const typed = typedColumns(lower, width)
  if (lacksRowName(rows, width) && isHeaderRow(['row', ...first], undefined, typed)) return ROW_NAMES
  const header = typed.length === 0 ? textHeader(rows, lower, width) : typedHeader(rows, typed, width)
  if (header === undefined) {
    const start = rows.findIndex((row) => row.length >= width || (typed.length > 0 && row.length >= 2 && fits(row, typed)))
    return { preambleRows: Math.max(0, start), headerRows: 0, hasUnitRow: false }
  }
  const hasUnitRow = isUnitRow(rows[header + 1], typed) && fits(rows[header + 2] ?? [], typed)
  let top = header
  while (top > 0 && header - top < MAX_GROUP_ROWS && isGroupRow(rows[top - 1] as Row, rows[top] as Row)) top--
  return { preambleRows: top, headerRows: header - top + 1, hasUnitRow }
}

const ROW_NAMES: TableLayout = { preambleRows: 0, headerRows: 1, hasUnitRow: false }

/** R's `write.table` leaves the name of the first column out. */
const lacksRowName = ([header, ...body]: readonly Row[], width: number): boolean =>
  header !== undefined && header.length === width - 1 && body.length > 0 && body.every((row) => row.length === width)

const isSame = (a: Row, b: Row): boolean => a.length === b.length && a.every((cell, column) => cell === b[column])

/** The number of cells that most rows have, empty ones at their end not counted. */
function commonWidth(rows: readonly Row[]): number {
  return mostFrequent(
    rows.map((row) => {
      let width = row.length
      while (width > 0 && cellLabel(row[width - 1]) === '') width--
      return width
    }),
  )
}

/** The most frequent number; the larger of two as frequent. */
export function mostFrequent(numbers: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  let best = 0
  for (const [number, count] of counts) {
    const most = counts.get(best) ?? 0
    if (count > most || (count === most && number > best)) best = number
  }
  return best
}

/** Columns in which nearly all present values are numbers, times or booleans. */
function typedColumns(body: readonly Row[], width: number): number[] {
  const typed: number[] = []
  for (let column = 0; column < width; column++) {
    let present = 0
    let values = 0
    for (const row of body) {
      const kind = cellKind(row[column])
      if (kind === 'missing') continue
      present++
      if (kind !== 'text') values++
    }
    if (present > 0 && values >= TYPED_SHARE * present) typed.push(column)
  }
  return typed
}

function fits(row: Row, typed: readonly number[]): boolean {
  let present = 0
  let values = 0
  for (const column of typed) {
    const kind = cellKind(row[column])
    if (kind === 'missing') continue
    present++
    if (kind !== 'text') values++
  }
  return values >= FITTING_SHARE * present
}

/** Rows from one possible header to the next. */
interface Section {
  readonly header: number | undefined
  fitting: number
}

/** The header row of a table with typed columns: that of the section with most fitting rows. */
function typedHeader(rows: readonly Row[], typed: readonly number[], width: number): number | undefined {
  const sections: Section[] = [{ header: undefined, fitting: 0 }]
  const seen = new Set<string>()
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as Row
    const current = sections.at(-1) as Section
    if (isHeaderRow(row, rows[at - 1], typed)) {
      const text = row.map(cellLabel).join('\u0000')
      const isUnits = current.header === at - 1 && isUnitRow(row, typed)
      if (!seen.has(text) && !isUnits) sections.push({ header: at, fitting: 0 })
      seen.add(text)
    } else if (row.length >= Math.min(2, width) && fits(row, typed)) current.fitting++
  }
  const best = sections.reduce((most, section) => (section.fitting > most.fitting ? section : most))
  if (best.fitting > 0) return best.header ?? numberedHeader(rows[0], typed)
  return rows.length <= 2 ? sections.at(-1)?.header : undefined
}

/** Words in nearly all typed columns; a gap may be filled by the row above (cells merged downwards). */
function isHeaderRow(row: Row, above: Row | undefined, typed: readonly number[]): boolean {
  let words = 0
  let own = 0
  for (const column of typed) {
    const kind = cellKind(row[column])
    if (kind === 'text') own++
    if (kind === 'text' || (kind === 'missing' && above?.length === row.length && cellKind(above[column]) === 'text')) words++
  }
  return own > 0 && words >= HEADER_SHARE * typed.length
}

/** Columns named by years or running numbers: words or nothing elsewhere, and numbers that rise by the same step. */
function numberedHeader(row: Row | undefined, typed: readonly number[]): number | undefined {
  const kinds = typed.map((column) => cellKind(row?.[column]))
  const numbers = typed.filter((_, index) => kinds[index] === 'number').map((column) => Number(cellLabel(row?.[column])))
  const [first = 0, second = 0] = numbers
  const rises = numbers.every((number, index) => number === first + index * (second - first))
  const hasWords = row?.some((cell) => cellKind(cell) === 'text' || cellLabel(cell) === '')
  return numbers.length >= 3 && Number.isInteger(first) && second - first >= 1 && rises && hasWords ? 0 : undefined
}

/** The header row of a table of text alone. */
function textHeader(rows: readonly Row[], body: readonly Row[], width: number): number | undefined {
  const header = rows.findIndex((row) => row.length >= width)
  const first = rows[header]
  return first &&
    isTextHeader(
      first,
      body.filter((row) => row !== first),
    )
    ? header
    : undefined
}

/** At least half of the present cells are units and no cell is a value or a longer text. */
function isUnitRow(row: Row | undefined, typed: readonly number[]): boolean {
  if (!row) return false
  const present = typed.filter((column) => cellKind(row[column]) !== 'missing')
  const units = present.filter((column) => unitOf(row[column]) !== undefined)
  return units.length > 0 && units.length >= 0.5 * present.length && row.every((cell) => cellLabel(cell).length <= 24)
}

/** Does `row` group the columns named by the row below: words with gaps or repeats, each over some columns? */
function isGroupRow(row: Row, below: Row): boolean {
  if (row.length < below.length - 1) return false
  const kinds: CellKind[] = row.map(cellKind)
  const labels = row.map(cellLabel)
  const starts = labels.flatMap((label, column) => (label !== '' && label !== labels[column - 1] ? [column] : []))
  if (starts.length === 0 || kinds.some((kind) => kind === 'number' || kind === 'time')) return false
  const isTitle = starts.length === 1 && starts[0] === 0
  // A cell merged downwards is empty or has the same words below.
  const reachesDown = (column: number): boolean => ['', labels[column]].includes(cellLabel(below[column]))
  if (isTitle || (starts[0] === 0 && starts[1] === 1 && !reachesDown(0))) return false
  const wide = starts.filter((start, index) => (starts[index + 1] ?? below.length) - start > 1 || reachesDown(start))
  return wide.length >= 0.5 * starts.length && starts.length < below.length
}

/**
 * Names of `width` columns from the rows of a header: group and name joined by `/`, a unit in brackets, `column_3` where there is none,
 * `name_2` where one is taken.
 */
export function columnNames(header: readonly Row[], units: Row | undefined, width: number): string[] {
  const groups = header.slice(0, -1).map((row) => filledToTheRight(row, width))
  const last = header.at(-1) ?? []
  const taken = new Set<string>()
  const names: string[] = []
  for (let column = 0; column < width; column++) {
    const parts = [...groups.map((group) => group[column] as string), cellLabel(last[column])].filter((part) => part !== '')
    const words = parts.filter((part, index) => part !== parts[index - 1]).join('/')
    const unit = units && cellKind(units[column]) !== 'missing' ? cellLabel(units[column]).replace(/^[[(（【](.*)[\])）】]$/, '$1') : ''
    const bare = column === 0 ? words.replace(/^#\s*(?=.)/, '') : words
    const name = bare === '' ? `column_${column + 1}` : unit === '' ? bare : `${bare} [${unit}]`
    let unique = name
    for (let n = 2; taken.has(unique); n++) unique = `${name}_${n}`
    taken.add(unique)
    names.push(unique)
  }
  return names
}

function filledToTheRight(row: Row, width: number): string[] {
  const labels: string[] = []
  for (let column = 0; column < width; column++) labels.push(cellLabel(row[column]) || (labels[column - 1] ?? ''))
  return labels
}
