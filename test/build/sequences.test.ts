import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { build } from '../../src/index.ts'

const work = mkdtempSync(join(tmpdir(), 'sequences-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** One file of two parts of one schema, whose clocks both start at the same moment. */
const shift = (bias: number) =>
  Array.from({ length: 1200 }, (_, i) => ({
    time: new Date(Date.UTC(2024, 0, 1) + i * 60_000).toISOString(),
    flow: bias + ((i * 37) % 101) / 10,
  }))

describe('steps that remember the record before', () => {
  it.each([
    ['before', '{ use: series/clock-order, time: time }, { use: table/outliers-mad, columns: [flow] }'],
    ['after', '{ use: table/outliers-mad, columns: [flow] }, { use: series/clock-order, time: time }'],
  ])(
    'start anew with each part of a file, %s a step that is fitted to the table',
    async (name, steps) => {
      const folder = join(work, name)
      mkdirSync(folder)
      writeFileSync(join(folder, 'shifts.json'), JSON.stringify({ morning: shift(5), evening: shift(9) }))
      const recipe = `dataset: shifts\ntables:\n  shifts:\n    modality: series\n    from: [shifts.json]\n    steps: [${steps}]\n`
      writeFileSync(join(folder, 'highgrade.yaml'), recipe)
      const built = await build({ input: join(folder, 'highgrade.yaml'), out: join(folder, 'out'), threads: 1 })
      if (!built.ok) throw new Error(built.problem.message.en)
      expect(built.value.manifest.counts).toEqual({ in: 2400, out: 2400, merged: 0, quarantined: 0 })
    },
    60_000,
  )
})
