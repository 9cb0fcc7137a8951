import type { Cell } from './cell.ts'
import { dateOfSerial, excelText } from './excel-values.ts'
import type { OfficeParts } from './office-parts.ts'
import { localName, stepsOfPart, type Workbook } from './workbook.ts'
import type { XmlVisitor } from './xml-walk.ts'

export interface SheetRow {
  /** 1-based, as the sheet shows it. */
  readonly row: number
  readonly cells: Cell[]
}

/** Cells shown as one, 1-based rows and 0-based columns, all included. */
export interface Merge {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** Merged ranges of a sheet that are filled in; sheets with more use them as decoration. */
const MAX_MERGES = 50_000
/** Columns of a sheet, ECMA-376: XFD. */
const MAX_COLUMN = 16_384

/**
 * Streams the rows of a sheet that are not blank. Formulas give the value that Excel stored, errors (#REF!) are missing, each cell of a
 * merged range has its value.
 */
export async function* sheetRows(parts: OfficeParts, path: string, part: string, workbook: Workbook): AsyncIterable<SheetRow> {
  const merged = new MergedCells(await readMerges(parts, part))
  const reader = new RowVisitor(workbook)
  for await (const _ of stepsOfPart(parts, path, part, reader)) {
    for (const row of reader.ready.splice(0)) {
      merged.fill(row)
      if (row.cells.some((cell) => cell !== null && cell !== undefined && cell !== '')) yield row
    }
  }
}

/** Gives each cell of a merged range its value, row by row. */
class MergedCells {
  private readonly merges: readonly Merge[]
  private next = 0
  private open: { readonly merge: Merge; readonly value: Cell }[] = []

  /** @param merges by their first row */
  constructor(merges: readonly Merge[]) {
    this.merges = merges
  }

  fill({ row, cells }: SheetRow): void {
    for (; (this.merges[this.next]?.top ?? Number.POSITIVE_INFINITY) <= row; this.next++) {
      const merge = this.merges[this.next] as Merge
      if (merge.top === row) this.open.push({ merge, value: cells[merge.left] })
    }
    if (this.open.length === 0) return
    this.open = this.open.filter(({ merge }) => merge.bottom >= row)
    for (const { merge, value } of this.open) {
      while (cells.length <= merge.right) cells.push(null)
      cells.fill(value, merge.left, merge.right + 1)
    }
  }
}

/** The merged ranges of a sheet by their first row. They stand behind the rows in the file, so that it is looked through once for them. */
async function readMerges(parts: OfficeParts, part: string): Promise<Merge[]> {
  const merges: Merge[] = []
  let rest = ''
  for await (const piece of parts.stream(part)) {
    const text = rest + Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1')
    const cut = Math.max(0, text.lastIndexOf('<'))
    for (let at = text.indexOf('mergeCell '); at >= 0 && at < cut; at = text.indexOf('mergeCell ', at + 1)) {
      const merge = mergeOf(/ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/.exec(text.slice(at, at + 200)))
      if (merge && merges.length < MAX_MERGES) merges.push(merge)
    }
    rest = text.slice(Math.max(cut, text.length - 4096))
  }
  return merges.sort((a, b) => a.top - b.top || a.left - b.left)
}

function mergeOf(found: RegExpExecArray | null): Merge | undefined {
  if (!found) return undefined
  const [, left = '', top = '', right = '', bottom = ''] = found
  return { top: Number(top), bottom: Number(bottom), left: columnOf(left), right: Math.min(columnOf(right), MAX_COLUMN - 1) }
}

/** 0-based column of a cell's letters: A → 0, AA → 26. */
export function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at) - 64
    if (code < 1 || code > 26) break
    column = column * 26 + code
  }
  return Math.min(column, MAX_COLUMN) - 1
}

/** Makes rows of the events of a sheet's XML. */
class RowVisitor implements XmlVisitor {
  readonly ready: SheetRow[] = []
  private readonly workbook: Workbook
  private readonly stack: string[] = []
  private row = 0
  private cells: Cell[] = []
  private column = -1
  private type = ''
  private style = 0
  private value = ''

  constructor(workbook: Workbook) {
    this.workbook = workbook
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const local = localName(name)
    this.stack.push(local)
    if (local === 'row') {
      this.row = Number(attributes['r'] ?? this.row + 1)
      this.cells = []
      this.column = -1
    } else if (local === 'c') {
      this.column = attributes['r'] === undefined ? this.column + 1 : columnOf(attributes['r'])
      this.type = attributes['t'] ?? 'n'
      this.style = Number(attributes['s'] ?? 0)
      this.value = ''
    }
  }

  text(piece: string): void {
    const local = this.stack.at(-1)
    if (local === 'v' || (local === 't' && this.stack.at(-2) !== 'rPh')) this.value += piece
  }

  close(): void {
    const local = this.stack.pop()
    if (local === 'row') this.ready.push({ row: this.row, cells: this.cells })
    else if (local === 'c' && this.column >= 0) {
      while (this.cells.length < this.column) this.cells.push(null)
      this.cells[this.column] = this.cell()
    }
  }

  private cell(): Cell {
    const { value: text, type, workbook } = this
    if (text === '' || type === 'e') return null
    if (type === 's') return workbook.strings[Number(text)] || null
    if (type === 'str' || type === 'inlineStr') return excelText(text)
    if (type === 'b') return text === '1'
    if (type === 'd') return isoDate(text)
    const number = Number(text)
    const kind = workbook.numberKinds[this.style] ?? 'number'
    if (Number.isNaN(number)) return text
    return kind === 'number' ? number : dateOfSerial(number, kind, workbook.is1904)
  }
}

function isoDate(text: string): Date | string {
  const date = new Date(/[zZ]|[+-]\d\d:\d\d$/.test(text) || !text.includes('T') ? text : `${text}Z`)
  return Number.isNaN(date.getTime()) ? text : date
}
