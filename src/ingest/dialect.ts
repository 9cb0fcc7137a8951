import { cellKind } from './cell.ts'
import { type Dialect, RowReader } from './delimited-rows.ts'
import { mostFrequent } from './header.ts'

/** Rows of the start of a delimited file, blank ones left out, each with the number of its first line. */
export interface SampleRows {
  readonly rows: readonly (readonly string[])[]
  readonly lines: readonly number[]
  /** Rows whose quotation marks are wrong. */
  readonly nBroken: number
}

export interface DialectFit {
  readonly dialect: Dialect
  readonly sample: SampleRows
  /** Share of the rows that have the number of fields that most rows have, 0..1; 0 without any delimiter. */
  readonly share: number
  /** Fields that most rows have. */
  readonly width: number
}

const DELIMITERS = [',', '\t', ';', '|'] as const
/** Rows that quotation marks must spoil for them to be ordinary characters: fewer are mistakes, to be reported. */
const STRAY_QUOTES = 3
/** Characters at the end of a sample that are no cut row but what a quotation mark that is never closed has swallowed. */
const LONG_ROW = 64 << 10
/** No text holds it: the delimiter of a file that has none. */
const UNIT_SEPARATOR = '\x1f'
/** Rows of the start that are looked at. */
const SAMPLE_ROWS = 6000

/** Reads the rows of a sample text. @param isWhole the text is the whole file; else its last row is left out as cut */
export function sampleRows(text: string, dialect: Dialect, isWhole: boolean, limit = SAMPLE_ROWS): SampleRows {
  const rows: string[][] = []
  const lines: number[] = []
  let nBroken = 0
  let fields: string[] = []
  const reader = new RowReader(dialect, {
    field: (column, value) => {
      if (column === 0) fields = []
      fields.push(value)
    },
    row: (_, line) => {
      if (rows.length >= limit || fields.every((field) => field.trim() === '')) return
      rows.push(fields)
      lines.push(line)
    },
    brokenRow: () => nBroken++,
  })
  reader.push(text, false)
  if (isWhole || reader.nPending > LONG_ROW) reader.end()
  return { rows, lines, nBroken }
}

/** The delimiter by which most rows have the same number of fields. A file without any is one column. */
export function detectDialect(text: string, isWhole: boolean): DialectFit {
  const lineEnd = text.includes('\n') || !text.includes('\r') ? 'lf' : 'cr'
  let best: DialectFit | undefined
  let bestScore = 0
  for (const delimiter of DELIMITERS) {
    if (!text.includes(delimiter)) continue
    const fit = fitOf(text, delimiter, lineEnd, isWhole)
    const score = scoreOf(fit)
    if (score > bestScore) {
      best = fit
      bestScore = score
    }
  }
  return best ?? spacedFit(text, lineEnd, isWhole) ?? oneColumn(text, lineEnd, isWhole)
}

/** Takes the text up to its end as rows when not one whole row is in it. */
export function detectDialectOfLongRows(text: string, isWhole: boolean): DialectFit {
  const fit = detectDialect(text, isWhole)
  return fit.sample.rows.length > 0 || isWhole ? fit : detectDialect(text, true)
}

/** Fit of a delimiter with quotation marks, or without where they only do harm. */
function fitOf(text: string, delimiter: string, lineEnd: Dialect['lineEnd'], isWhole: boolean): DialectFit {
  const quoted = judge(text, { delimiter, quote: '"', lineEnd }, isWhole)
  if (!text.includes('"') || (quoted.share === 1 && quoted.sample.nBroken === 0)) return quoted
  const plain = judge(text, { delimiter, quote: '', lineEnd }, isWhole)
  const soundQuoted = quoted.share * quoted.sample.rows.length
  const soundPlain = plain.share * plain.sample.rows.length
  return soundPlain >= soundQuoted + STRAY_QUOTES && plain.width === quoted.width ? plain : quoted
}

function judge(text: string, dialect: Dialect, isWhole: boolean): DialectFit {
  const sample = sampleRows(text, dialect, isWhole)
  const divided = sample.rows.filter((row) => row.length >= 2)
  const width = mostFrequent(divided.map((row) => row.length))
  const share = divided.filter((row) => row.length === width).length / Math.max(1, sample.rows.length)
  return { dialect, sample, share, width }
}

/** Rows of metadata above the table may be many: a table counts from this many rows of one width on, whatever stands above it. */
const ROWS_OF_A_TABLE = 20

function scoreOf({ sample, share, width }: DialectFit): number {
  const divided = sample.rows.filter((row) => row.length >= 2).length
  const equal = share * sample.rows.length
  if (width < 2) return 0
  const isTable = share >= 0.5 || (equal >= ROWS_OF_A_TABLE && equal >= 0.5 * divided)
  const first = sample.rows[0]?.length ?? 0
  if (!isTable) return first >= 2 && divided >= 0.5 * sample.rows.length ? 0.1 * share : 0
  return share * Math.min(width, 16) ** 0.25 * (first === width ? 1 : 0.6)
}

/** Labels of one key and one value divided by a space: the same number of parts in each row, and a column of numbers. */
function spacedFit(text: string, lineEnd: Dialect['lineEnd'], isWhole: boolean): DialectFit | undefined {
  const fit = judge(text, { delimiter: ' ', quote: '', lineEnd }, isWhole)
  const [first, ...rows] = fit.sample.rows
  if (fit.width < 2 || !first || rows.length < 2 || first.length < fit.width - 1) return undefined
  if (rows.some((row) => row.length !== fit.width)) return undefined
  for (let column = 0; column < fit.width; column++) {
    if (rows.every((row) => cellKind(row[column]) === 'number')) return fit
  }
  return undefined
}

function oneColumn(text: string, lineEnd: Dialect['lineEnd'], isWhole: boolean): DialectFit {
  const delimiter = DELIMITERS.find((candidate) => !text.includes(candidate)) ?? UNIT_SEPARATOR
  const dialect = { delimiter, quote: '"', lineEnd } as const
  return { dialect, sample: sampleRows(text, dialect, isWhole), share: 0, width: 1 }
}
