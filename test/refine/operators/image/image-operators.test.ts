import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Column, numberColumn, type RecordBatch, textColumn } from '../../../../src/base/record/index.ts'
import { bytesSource } from '../../../../src/base/store/index.ts'
import { valueAt } from '../../../../src/ingest/format.ts'
import { readImage } from '../../../../src/ingest/image-records.ts'
import type { ExampleColumns, Operator } from '../../../../src/refine/operator.ts'
import aspect from '../../../../src/refine/operators/image/aspect.ts'
import blur from '../../../../src/refine/operators/image/blur.ts'
import contrast from '../../../../src/refine/operators/image/contrast.ts'
import entropy from '../../../../src/refine/operators/image/entropy.ts'
import exposure from '../../../../src/refine/operators/image/exposure.ts'
import fileSize from '../../../../src/refine/operators/image/file-size.ts'
import formatAllowed from '../../../../src/refine/operators/image/format-allowed.ts'
import gpsStrip from '../../../../src/refine/operators/image/gps-strip.ts'
import noise from '../../../../src/refine/operators/image/noise.ts'
import size from '../../../../src/refine/operators/image/size.ts'
import { hasSharedData, sharedFile } from '../../../ingest/reading.ts'

const OPERATORS: Readonly<Record<string, Operator>> = {
  aspect,
  blur,
  contrast,
  entropy,
  exposure,
  'file-size': fileSize,
  'format-allowed': formatAllowed,
  'gps-strip': gpsStrip,
  noise,
  size,
}

const CONTEXT = { fitted: undefined, carry: new Map(), pseudonymKey: new Uint8Array(32) }

function batchOf(columns: ExampleColumns): RecordBatch {
  const entries = Object.entries(columns).map(([name, values]): [string, Column] => [
    name,
    values.some((value) => typeof value === 'string')
      ? textColumn(values as (string | null)[])
      : numberColumn(Float64Array.from(values, (value) => (value === null ? Number.NaN : (value as number)))),
  ])
  const rows = entries[0]?.[1].values.length ?? 0
  const fields = entries.map(([name, column]) => ({ name, type: column.kind === 'number' ? ('number' as const) : ('text' as const) }))
  return { ids: Array.from({ length: rows }, (_, i) => `r${i}`), fields, columns: new Map(entries) }
}

const run = (operator: Operator, columns: ExampleColumns, parameters: unknown = {}) =>
  operator.run(batchOf(columns), operator.parameters.parse(parameters), CONTEXT)

const valuesOf = (batch: RecordBatch): ExampleColumns =>
  Object.fromEntries(
    [...batch.columns].map(([name, { values }]) => [name, [...values].map((value) => (Number.isNaN(value) ? null : value))]),
  )

describe.each(Object.keys(OPERATORS))('image/%s', (name) => {
  const operator = OPERATORS[name] as Operator
  const { example } = operator

  it('does what its example says, each rejection with a reason that it defines', () => {
    const { kept, merged, quarantined } = run(operator, example.before, example.parameters)
    expect(valuesOf(kept)).toEqual(example.after)
    expect(merged).toEqual([])
    expect(quarantined.map(({ id }) => id)).toEqual((example.quarantined ?? []).map((row) => `r${row}`))
    for (const { reason } of quarantined) expect(Object.keys(operator.reasons ?? {})).toContain(reason)
  })

  it('changes nothing the second time', () => {
    const { kept } = run(operator, example.before, example.parameters)
    const again = operator.run(kept, operator.parameters.parse(example.parameters), CONTEXT)
    expect([valuesOf(again.kept), again.quarantined]).toEqual([valuesOf(kept), []])
  })

  it('does not judge what is not there', () => {
    const missing = Object.fromEntries(Object.keys(example.before).map((column) => [column, [null]]))
    expect(run(operator, missing).quarantined).toEqual([])
    expect(run(operator, { other: [1] }).kept.ids).toEqual(['r0'])
  })
})

describe('image/gps-strip', () => {
  const before = { gps_latitude: [-31.2304], gps_longitude: [0.0049], gps_altitude: [-3] }

  it('empties or rounds, without negative zeros', () => {
    expect(valuesOf(run(gpsStrip, before).kept)).toEqual({ gps_latitude: [null], gps_longitude: [null], gps_altitude: [null] })
    expect(valuesOf(run(gpsStrip, { ...before, gps_longitude: [-0.0049] }, { decimals: 1 }).kept)).toEqual({
      gps_latitude: [-31.2],
      gps_longitude: [0],
      gps_altitude: [0],
    })
  })
})

describe.runIf(hasSharedData)('image operators with their defaults on real images', () => {
  it('reject none of 112 photographs, plots and masks', async () => {
    const files = ['02-agriculture', '06-low-altitude-uav', '07-autonomous-driving'].flatMap((folder) =>
      readdirSync(sharedFile(folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && /\.(?:png|jpe?g)$/i.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    const columns: Record<string, (string | number)[]> = {}
    for (const file of files) {
      for await (const { names, columns: values, broken } of readImage(bytesSource(file, readFileSync(file)), 'x')) {
        expect(broken).toEqual([])
        for (const [i, name] of names.entries()) {
          const value = valueAt(values[i], 0)
          columns[name] ??= []
          if (typeof value === 'number' || typeof value === 'string') columns[name].push(value)
        }
      }
    }
    expect(columns['width']).toHaveLength(112)
    const measured = Object.fromEntries(Object.entries(columns).filter(([, values]) => values.length === 112))
    for (const [name, operator] of Object.entries(OPERATORS)) expect([name, run(operator, measured).quarantined]).toEqual([name, []])
  })
})
