import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../src/base/problem/index.ts'
import { type ByteSource, bytesSource, openFile } from '../../src/base/store/index.ts'
import { type ByteRange, type RawBatch, valueAt } from '../../src/ingest/format.ts'
import csv from '../../src/ingest/formats/csv.ts'
import { RowCutter, type RowLayout } from '../../src/ingest/row-cutter.ts'
import { hasSharedData, sharedFile } from './reading.ts'

/** Everything that reading a file gives: ordinals, places, values, and what is broken. */
async function everything(source: ByteSource, parameters: unknown, ranges: readonly (ByteRange | undefined)[]) {
  const records: unknown[] = []
  const broken: unknown[] = []
  const add = (batch: RawBatch): void => {
    batch.ordinals.forEach((ordinal, row) => {
      records.push([ordinal, batch.places[row], batch.names, batch.columns.map((column) => valueAt(column, row) ?? null)])
    })
    broken.push(...batch.broken.map(({ ordinal, place, problem }) => [ordinal, place, problem.code]))
  }
  try {
    for (const range of ranges) for await (const batch of csv.read(source, parameters, range)) add(batch)
  } catch (error) {
    // A whole file without records is refused when it is sampled, before any piece of it is read.
    if (!(error instanceof ProblemError) || error.problem.code !== 'ingest/file-empty') throw error
  }
  return { records, broken }
}

/** Passes the bytes on in pieces, so that rows and characters are cut anywhere. */
function cut(bytes: Uint8Array, layout: RowLayout, rangeBytes: number, pieceBytes: number): ByteRange[] {
  const cutter = new RowCutter(layout, rangeBytes)
  for (let at = 0; at < bytes.length; at += pieceBytes) cutter.push(bytes.subarray(at, at + pieceBytes))
  return cutter.end(bytes.length)
}

const WORDS = [
  'a',
  '12',
  '"',
  '""',
  ',',
  ',',
  '\n',
  '\n',
  '\r\n',
  ' ',
  '\t',
  '停机',
  '\u3000',
  '\u00a0',
  'é',
  '"x, y"',
  '"a\nb"',
  '"q"" ',
  '\0',
  '\u0001',
  '-',
]
const LAYOUT = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  lineEnd: 'lf',
  comment: '',
  hasUnitRow: false,
  headerRows: 1,
  skipLines: 0,
} as const

describe('a delimited file cut between rows', () => {
  it('gives the records, numbers and places that it gives in one piece', async () => {
    let nCut = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...WORDS), { minLength: 20, maxLength: 400 }),
        fc.record({ rangeBytes: fc.integer({ min: 1, max: 80 }), pieceBytes: fc.integer({ min: 1, max: 50 }) }),
        fc.record({
          headerRows: fc.integer({ min: 0, max: 2 }),
          skipLines: fc.integer({ min: 0, max: 2 }),
          quote: fc.constantFrom('"', ''),
        }),
        fc.boolean(),
        async (words, { rangeBytes, pieceBytes }, shape, hasMark) => {
          const bytes = Buffer.from(`${hasMark ? '\ufeff' : ''}h,i\n${words.join('')}z,z\n`)
          const source = bytesSource('a.csv', bytes)
          const parameters = csv.parameters.parse({ ...LAYOUT, ...shape, nColumns: 2 })
          const ranges = cut(bytes, { ...LAYOUT, ...shape }, rangeBytes, pieceBytes)
          if (ranges.length === 0) return
          nCut++
          expect(ranges[0]?.start).toBe(0)
          expect(ranges.at(-1)?.end).toBe(bytes.length)
          expect(ranges.slice(1).every(({ start }, i) => start === ranges[i]?.end)).toBe(true)
          expect(await everything(source, parameters, ranges)).toEqual(await everything(source, parameters, [undefined]))
        },
      ),
      { numRuns: 300 },
    )
    expect(nCut).toBeGreaterThan(100)
  })

  it('leaves the rest whole from the first row on that it is not sure of', () => {
    const sound = 'name,n\n'.concat('a,1\n'.repeat(20))
    const bytes = (tail: string) => Buffer.from(`${sound}${tail}${'a,1\n'.repeat(20)}`)
    const ends = (tail: string) => cut(bytes(tail), LAYOUT, 16, 1 << 20).at(-2)?.end
    expect(ends('')).toBeGreaterThan(sound.length)
    for (const doubtful of ['"a" b,1\n', '\u3000,\n', '"",""\n']) expect(ends(doubtful), doubtful).toBeLessThanOrEqual(sound.length)
  })
})

describe.runIf(hasSharedData)('real delimited files cut between rows', () => {
  it.each([
    '02-agriculture/agridat/barrero.maize.csv',
    '03-healthcare/样例_内科5000-6000.csv',
    '05-finance/Fin-Eval/金融逻辑/保险属性抽取.csv',
    '11-label-noise-crowd/weather-sentiment/weather-non-agg-DFE.csv',
    '12-weak-supervision/SMS/spam.csv',
  ])('%s', async (path) => {
    const source = await openFile(path, sharedFile(path))
    const parameters = await csv.detect(source)
    const layout = parameters as RowLayout
    const ranges = cut(await source.read(0, source.size), layout, 8192, 1 << 20)
    expect(ranges.length).toBeGreaterThan(3)
    expect(await everything(source, parameters, ranges)).toEqual(await everything(source, parameters, [undefined]))
    await source.close()
  })
})
if (!hasSharedData) process.stderr.write('row-cutter: no ../shared/data, generated files only\n')
