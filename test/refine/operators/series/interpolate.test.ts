import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecordBatch } from '../../../../src/base/record/index.ts'
import { parseDate } from '../../../../src/refine/unify/parse-date.ts'
import { readDelimited, sharedFile } from '../../shared-data.ts'
import { batchOf } from '../../unify/batch-of.ts'
import { cut, operator, run } from '../run-operator.ts'

const TIME = { t: { type: 'timestamp' as const, role: 'time' as const }, v: { type: 'number' as const } }
const interpolate = await operator('series/interpolate')

/** The rule again, written plainly: what numpy.interp gives for each short enough gap. */
function expected(times: readonly number[], values: readonly (number | null)[], maxRecords: number): (number | null)[] {
  return values.map((value, row) => {
    if (value !== null) return value
    let before = row
    let after = row
    while (before >= 0 && values[before] === null) before--
    while (after < values.length && values[after] === null) after++
    if (before < 0 || after === values.length || after - before - 1 > maxRecords) return null
    const [a, b] = [values[before] as number, values[after] as number]
    const [s, e, t] = [times[before] as number, times[after] as number, times[row] as number]
    return a + (b - a) * ((t - s) / (e - s))
  })
}

describe('interpolate', () => {
  it('fills short gaps as the plain rule does, for any cut into parts', () => {
    const row = fc.record({ step: fc.integer({ min: 1, max: 9 }), v: fc.oneof(fc.constant(null), fc.integer({ min: -50, max: 50 })) })
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 40 }),
        fc.array(fc.nat(40), { maxLength: 5 }),
        fc.integer({ min: 1, max: 5 }),
        (rows, places, maxRecords) => {
          let now = 0
          const times = rows.map(({ step }) => (now += step))
          const values = rows.map(({ v }) => v)
          const batch = batchOf({ t: times, v: values }, TIME)
          expect(run(interpolate, cut(batch, places), { maxRecords }).cells['v']).toEqual(expected(times, values, maxRecords))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('keeps series and files apart, and stops at steps back in time and at long gaps', () => {
    const cells = (batch: RecordBatch, given: object): unknown => run(interpolate, [batch], given).cells['v']
    const two = batchOf(
      { t: [0, 0, 1, 1, 2, 2], g: ['a', 'b', 'a', 'b', 'a', 'b'], v: [0, 100, null, null, 2, 300] },
      { ...TIME, g: { role: 'group' } },
    )
    expect(cells(two, {})).toEqual([0, 100, 1, 200, 2, 300])
    expect(cells(batchOf({ t: [0, 5, 2], v: [0, null, 2] }, TIME), {})).toEqual([0, null, 2])
    expect(cells(batchOf({ t: [0, 500, 1000], v: [0, null, 2] }, TIME), { maxGapMs: 900 })).toEqual([0, null, 2])
    const files = {
      ...batchOf({ t: [0, 1, 2], v: [0, null, 2] }, TIME),
      ids: ['aaaaaaaaaaaaaaaa-000000000', 'aaaaaaaaaaaaaaaa-000000001', 'bbbbbbbbbbbbbbbb-000000000'],
    }
    expect(cells(files, {})).toEqual([0, null, 2])
    expect(cells(batchOf({ v: [0, null, null, 3] }, { v: { type: 'integer' } }), {})).toEqual([0, 1, 2, 3])
  })

  it('comes nearer to NAB temperatures that were taken out than the value before', async () => {
    const file = sharedFile('01-industrial-manufacturing/NAB/machine_temperature_system_failure.csv')
    if (!file) return
    const [times, texts] = (await readDelimited(file)).columns as [string[], string[]]
    const truth = texts.map(Number)
    const batch = batchOf({ t: times.map((text) => parseDate(text)), v: truth.map((value, i) => (i % 10 === 5 ? null : value)) }, TIME)
    const filled = run(interpolate, cut(batch, [4096, 8192, 12288, 16384, 20480]), {}).cells['v'] as (number | null)[]
    const taken = [...truth.keys()].filter((i) => i % 10 === 5 && filled[i] !== null)
    const medianError = (guess: (i: number) => number): number => {
      const errors = taken.map((i) => Math.abs(guess(i) - (truth[i] as number))).sort((x, y) => x - y)
      return errors[errors.length >> 1] as number
    }
    expect(taken.length).toBeGreaterThan(2260)
    expect(medianError((i) => filled[i] as number)).toBeLessThan(medianError((i) => truth[i - 1] as number))
  })
})
