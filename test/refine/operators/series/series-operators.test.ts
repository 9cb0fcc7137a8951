import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadPlugins } from '../../../../src/base/plugin/index.ts'
import type { ExampleColumns, Operator } from '../../../../src/refine/operator.ts'
import { batchOf, type Cell } from '../../unify/batch-of.ts'
import { operator, run } from '../run-operator.ts'

const column = async (id: string, values: readonly Cell[], parameters: Record<string, unknown>): Promise<Cell[]> =>
  run(await operator(id), [batchOf({ x: values }, { x: { type: 'number' } })], { columns: ['x'], ...parameters }).cells['x'] ?? []

/** Runs of cells that `same` holds together, as [from, to). Cells that `skip` passes over belong to no run and break none. */
function runsOf(cells: readonly Cell[], same: (a: Cell, b: Cell) => boolean, skip: (cell: Cell) => boolean): number[][] {
  const runs: number[][] = []
  for (const [i, cell] of cells.entries()) {
    if (skip(cell)) continue
    const last = runs.at(-1)
    if (last && same(cells[last[0] as number] as Cell, cell)) last.push(i)
    else runs.push([i])
  }
  return runs
}

const isNull = (cell: Cell): boolean => cell === null
const fewValues = fc.array(fc.constantFrom<Cell>(1, 2, 3, null), { maxLength: 60 })

describe('series/stuck-sensor', () => {
  it('keeps the first run − 1 of equal values', async () => {
    await fc.assert(
      fc.asyncProperty(fewValues, async (tail) => {
        // Ten values that differ make any column lively enough for livelyShare 0.
        const values = [...Array.from({ length: 10 }, (_, i) => 100 + i), ...tail]
        const expected = values.slice()
        for (const rows of runsOf(values, (a, b) => a === b, isNull)) for (const row of rows.slice(2)) expected[row] = null
        expect(await column('series/stuck-sensor', values, { run: 3, livelyShare: 0 })).toEqual(expected)
      }),
    )
  })

  it('leaves coarse readings, set points and zeros alone', async () => {
    const coarse = Array.from({ length: 300 }, (_, i) => 32 + (i % 45 === 0 ? 1 : 0))
    expect(await column('series/stuck-sensor', coarse, {})).toEqual(coarse)
    const standing = [...Array.from({ length: 100 }, (_, i) => Math.sin(i)), ...Array.from({ length: 100 }, () => 0)]
    expect(await column('series/stuck-sensor', standing, {})).toEqual(standing)
  })
})

describe('series/missing-run', () => {
  it('quarantines what follows the longest run of nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fewValues, fc.nat({ max: 4 }), async (values, longest) => {
        const batch = batchOf({ x: values }, { x: { type: 'number' } })
        const left = runsOf(
          values,
          (a, b) => isNull(a) === isNull(b),
          () => false,
        )
          .filter(([row]) => isNull(values[row as number] as Cell))
          .flatMap((rows) => rows.slice(longest))
        const { quarantined } = run(await operator('series/missing-run'), [batch], { columns: ['x'], longest })
        expect(quarantined.map(([id]) => id)).toEqual(left.map((row) => `r-${row}`))
      }),
    )
  })
})

describe('series/clip-saturation', () => {
  it('empties from the run-th value at one end on', async () => {
    const side = (cell: Cell): number => (typeof cell === 'number' && cell <= -5 ? -1 : typeof cell === 'number' && cell >= 5 ? 1 : 0)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom<Cell>(-9, -5, 0, 5, 7, null), { maxLength: 60 }), async (values) => {
        const expected = values.slice()
        for (const rows of runsOf(values, (a, b) => side(a) === side(b), isNull))
          if (side(values[rows[0] as number] as Cell) !== 0) for (const row of rows.slice(1)) expected[row] = null
        expect(await column('series/clip-saturation', values, { columns: [{ column: 'x', low: -5, high: 5 }], run: 2 })).toEqual(expected)
      }),
    )
  })
})

describe('series/hold-last', () => {
  it('holds the last value for at most `limit` records', async () => {
    await fc.assert(
      fc.asyncProperty(fewValues, fc.integer({ min: 1, max: 4 }), async (values, limit) => {
        const expected = values.map((value, row) => {
          const from = values.slice(0, row + 1).findLastIndex((one) => one !== null)
          return value === null && from >= 0 && row - from <= limit ? (values[from] as Cell) : value
        })
        expect(await column('series/hold-last', values, { limit })).toEqual(expected)
      }),
    )
  })

  it('holds no value that is older than maxAgeMs', async () => {
    const batch = batchOf({ t: [0, 1, 2, 9], x: [4, null, null, null] }, { t: { role: 'time' } })
    const { cells } = run(await operator('series/hold-last'), [batch], { columns: ['x'], limit: 9, maxAgeMs: 2000 })
    expect(cells['x']).toEqual([4, 4, 4, null])
  })
})

const clockOf = async (times: readonly Cell[], parameters: Record<string, unknown> = {}) =>
  run(await operator('series/clock-order'), [batchOf({ t: times }, { t: { type: 'timestamp', role: 'time' } })], parameters)

describe('series/clock-order', () => {
  const rising = fc
    .uniqueArray(fc.integer({ min: 0, max: 1e9 }), { minLength: 12, maxLength: 40 })
    .map((times) => times.sort((a, b) => a - b))

  it('lets files in order pass, the newest first or last, repeats included', async () => {
    await fc.assert(
      fc.asyncProperty(rising, async (times) => {
        const doubled = times.flatMap((time) => [time, time])
        for (const series of [doubled, doubled.toReversed()]) expect((await clockOf(series)).quarantined).toEqual([])
        const { quarantined } = await clockOf(doubled, { repeated: 'quarantine' })
        expect(quarantined.map(([, reason]) => reason)).toEqual(times.map(() => 'time-repeated'))
      }),
    )
  })

  it('loses at most restartAfter records to one wrong moment, wherever it stands', async () => {
    await fc.assert(
      fc.asyncProperty(rising, fc.nat(), fc.constantFrom(-1e12, 1e12), async (times, at, wrong) => {
        for (const series of [times, times.toReversed()]) {
          const { quarantined } = await clockOf(series.with(at % series.length, wrong))
          expect(quarantined.length).toBeLessThanOrEqual(3)
        }
      }),
    )
  })

  it('leaves what is in order: after it, time runs one way but for the places where the clock was set anew', async () => {
    const { ids, quarantined } = await clockOf([10, 20, 30, 25, 40, 5, 50])
    expect(ids).toEqual(['r-0', 'r-1', 'r-2', 'r-4', 'r-6'])
    expect(quarantined[0]).toEqual(['r-3', 'time-runs-back', '1970-01-01T00:00:00.025Z'])
  })
})

describe('series/range-rate', () => {
  const series = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: -20, max: 20 })), { minLength: 1, maxLength: 50 })

  it('leaves no two neighbours that are farther apart than time allows, and takes none from a series that has none', async () => {
    await fc.assert(
      fc.asyncProperty(series, async (steps) => {
        let now = 0
        const t = steps.map(([wait]) => (now += wait))
        const x = steps.map(([, value]) => value)
        const of = async (values: readonly Cell[]): Promise<Cell[]> =>
          run(await operator('series/range-rate'), [batchOf({ t, x: values }, { t: { role: 'time' } })], {
            columns: [{ column: 'x', maxPerSecond: 4 }],
          }).cells['x'] ?? []
        const kept = (await of(x)).flatMap((value, row) => (value === null ? [] : [{ value: value as number, at: t[row] as number }]))
        const tooFast = kept.filter(({ value, at }, i) => {
          const before = kept[i - 1]
          return before && at > before.at && Math.abs(value - before.value) > 4 * (at - before.at)
        })
        expect(tooFast).toEqual([])
        const slow = t.map((second) => 4 * second)
        expect(await of(slow)).toEqual(slow)
      }),
    )
  })
})

describe('series/gaps', () => {
  it('takes out what follows a gap, in either direction of time', async () => {
    const t = [0, 1, 2, 10, 11, 12, 30]
    const of = async (times: readonly number[], settle: number): Promise<Cell[]> => {
      const batch = batchOf({ t: times, x: times.map(() => 5) }, { t: { role: 'time' } })
      return run(await operator('series/gaps'), [batch], { maxGapMs: 3000, settle }).cells['x'] ?? []
    }
    expect(await of(t, 2)).toEqual([5, 5, 5, null, null, 5, null])
    expect((await of(t.toReversed(), 1)).toReversed()).toEqual([5, 5, null, 5, 5, null, 5])
  })
})

const operators = await loadPlugins<Operator>(new URL('../../../../src/refine/operators/', import.meta.url))

/** Each value twice, the copy in another series. */
const interleaved = (columns: ExampleColumns): Record<string, Cell[]> => ({
  ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.flatMap((value) => [value, value])])),
  line: (Object.values(columns)[0] ?? []).flatMap(() => ['A', 'B']),
})

describe.each(operators.filter(({ id }) => id.startsWith('series/')))('$id', ({ plugin }) => {
  it('keeps the series of one file apart by their group', () => {
    const { before, parameters } = plugin.example
    const alone = run(plugin, [batchOf(before)], parameters)
    const both = run(plugin, [batchOf(interleaved(before))], { ...(parameters as object), group: ['line'] })
    const rows = both.ids.map((id) => Number(id.slice(2)))
    for (const line of [0, 1]) {
      const own = rows.map((row, i) => ({ row, i })).filter(({ row }) => row % 2 === line)
      expect(own.map(({ row }) => `r-${(row - line) / 2}`)).toEqual(alone.ids)
      for (const name of Object.keys(before)) expect(own.map(({ i }) => both.cells[name]?.[i])).toEqual(alone.cells[name])
    }
  })
})
