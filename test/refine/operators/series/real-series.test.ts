import { describe, expect, it } from 'vitest'
import type { RecordBatch } from '../../../../src/base/record/index.ts'
import { numberColumn, numbersOf } from '../../../../src/base/record/index.ts'
import { realTable } from '../real-tables.ts'
import { losses, operator, run } from '../run-operator.ts'

const NAB = '01-industrial-manufacturing/NAB/machine_temperature_system_failure.csv'
const SKAB = ['anomaly-free/anomaly-free', 'other/5', 'valve1/0'].map((name) => `01-industrial-manufacturing/SKAB/${name}.csv`)
const tables = new Map<string, Promise<RecordBatch | undefined>>()
function read(path: string): Promise<RecordBatch | undefined> {
  const table = tables.get(path) ?? realTable(path, path === NAB ? '' : ", delim=';'")
  tables.set(path, table)
  return table
}

/** The batch with other values of a column in some rows. */
function changed(batch: RecordBatch, name: string, change: (value: number, row: number) => number): RecordBatch {
  const values = numbersOf(batch, name)?.values.map((value, row) => change(value, row)) ?? new Float64Array()
  return { ...batch, columns: new Map([...batch.columns, [name, numberColumn(values)]]) }
}

/** Rows of a column whose value an operator took out. */
async function emptied(id: string, batch: RecordBatch, name: string, parameters: Record<string, unknown>): Promise<number[]> {
  const { cells } = run(await operator(id), [batch], { columns: [name], ...parameters })
  const before = numbersOf(batch, name)?.values ?? []
  return (cells[name] ?? []).flatMap((value, row) => (value === null && !Number.isNaN(before[row]) ? [row] : []))
}

describe('real series', () => {
  it.each([NAB, ...SKAB])('%s loses almost nothing to operators with their defaults', async (path) => {
    const batch = await read(path)
    if (!batch) return
    const values = batch.ids.length * batch.columns.size
    const spikes = losses(batch, run(await operator('series/spikes'), [batch], {}))
    expect(spikes.records).toBe(0)
    expect(spikes.values / values).toBeLessThan(0.001)
    for (const id of ['series/stuck-sensor', 'series/missing-run'])
      expect({ id, ...losses(batch, run(await operator(id), [batch], {})) }).toEqual({ id, records: 0, values: 0 })
    // NAB was set back by an hour once, on 7 January 2014 at 02:55.
    const clock = losses(batch, run(await operator('series/clock-order'), [batch], {}))
    expect(clock.records).toBe(path === NAB ? 3 : 0)
  })

  it('spikes: finds each of 50 glitches planted in NAB temperatures', async () => {
    const batch = await read(NAB)
    if (!batch) return
    const plain = new Set(await emptied('series/spikes', batch, 'value', {}))
    const planted = Array.from({ length: 50 }, (_, i) => 200 + 431 * i)
    const glitched = changed(batch, 'value', (value, row) => (planted.includes(row) ? (row % 2 === 0 ? -400 : 600) : value))
    const found = await emptied('series/spikes', glitched, 'value', {})
    expect(found.filter((row) => planted.includes(row))).toEqual(planted)
    expect(found.filter((row) => !planted.includes(row) && !plain.has(row))).toEqual([])
  })

  it('spikes: a step that lasts costs no more than two values', async () => {
    const batch = await read(NAB)
    if (!batch) return
    const plain = await emptied('series/spikes', batch, 'value', {})
    const stepped = changed(batch, 'value', (value, row) => (row < 5000 ? value : value + 400))
    const more = (await emptied('series/spikes', stepped, 'value', {})).filter((row) => !plain.includes(row))
    expect(more).toEqual([5000, 5001])
  })

  it('stuck-sensor: finds an accelerometer that freezes, from the 30th equal value on', async () => {
    const batch = await read(SKAB[0] as string)
    if (!batch) return
    const name = 'Accelerometer1RMS'
    const frozen = changed(batch, name, (value, row) =>
      row > 4000 && row < 4100 ? (numbersOf(batch, name)?.values[4000] as number) : value,
    )
    expect(await emptied('series/stuck-sensor', frozen, name, {})).toEqual(Array.from({ length: 71 }, (_, i) => 4029 + i))
  })

  it('unit-jump: finds a stretch in °F among thermocouple readings in °C, and nothing else', async () => {
    const batch = await read(SKAB[0] as string)
    if (!batch) return
    expect(await emptied('series/unit-jump', batch, 'Thermocouple', {})).toEqual([])
    const mixed = changed(batch, 'Thermocouple', (value, row) => (row >= 3000 && row < 3600 ? value * 1.8 + 32 : value))
    expect(await emptied('series/unit-jump', mixed, 'Thermocouple', {})).toEqual(Array.from({ length: 600 }, (_, i) => 3000 + i))
  })

  it('missing-run: the hour in which a logger gave nothing leaves, the series stays', async () => {
    const batch = await read(NAB)
    if (!batch) return
    const silent = changed(batch, 'value', (value, row) => (row >= 1000 && row < 1100 ? Number.NaN : value))
    const { quarantined } = run(await operator('series/missing-run'), [silent], {})
    expect(quarantined.length).toBe(40)
  })
})
