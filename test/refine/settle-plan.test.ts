import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { succeed } from '../../src/base/problem/index.ts'
import type { RefineResult } from '../../src/refine/refine-unit.ts'
import { settlePlan } from '../../src/refine/settle-plan.ts'
import type { TablePlan } from '../../src/refine/table-plan.ts'
import type { UnshownValues } from '../../src/refine/unshown-values.ts'

const work = mkdtempSync(join(tmpdir(), 'settle-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const planOf = (type: 'integer' | 'number', points = 0): TablePlan => ({
  name: 't',
  title: { zh: 't', en: 't' },
  modality: 'table',
  sources: [],
  fields: [{ name: 'v', type }],
  mapping: {},
  decisions: { v: { decimal: { decimal: '.', points, commas: 0, ambiguous: 0 } } },
  steps: [],
  ownSteps: false,
  packSteps: [],
  reshape: [],
  join: [],
  auxiliary: false,
  task: undefined,
})

/** A unit of 1,000 records of which one has a fraction: at fault as long as the field is an integer. */
function readingsOf() {
  const seen: string[] = []
  const read = async (plan: TablePlan): Promise<RefineResult[]> => {
    const type = plan.fields[0]?.type ?? ''
    const departures = join(work, `${seen.length}.json`)
    seen.push(type)
    const faults =
      type === 'integer'
        ? [{ id: 'x', fate: 'quarantined', place: 1, part: '', step: 'unify', reason: 'refine/not-an-integer', field: 'v', found: '1.5' }]
        : []
    writeFileSync(departures, JSON.stringify(faults))
    const counts = { in: 1000, kept: 1000 - faults.length, merged: 0, quarantined: faults.length }
    return [{ chunks: [], departures, counts, runs: [], fitStates: {}, unrefined: null, bytesRead: 0 }]
  }
  return { seen, read }
}

describe('a plan', () => {
  it('is made again with the values that it could not read, and settles on one that can', async () => {
    const { seen, read } = readingsOf()
    const asked: UnshownValues[] = []
    const settled = await settlePlan(planOf('integer'), read, async (_, unshown) => {
      asked.push(unshown)
      return succeed(planOf('number', 1))
    })
    expect(settled.ok && settled.value.plan.fields[0]?.type).toBe('number')
    expect(seen).toEqual(['integer', 'number'])
    expect(asked).toEqual([{ v: [{ value: '1.5', share: 0.001 }] }])
  })

  it('that reads the same with them is read once', async () => {
    const { seen, read } = readingsOf()
    const settled = await settlePlan(planOf('integer'), read, async () => succeed(planOf('integer', 7)))
    expect(settled.ok && settled.value.plan).toEqual(planOf('integer'))
    expect(seen).toEqual(['integer'])
  })

  it('that never settles is left as it is after four readings', async () => {
    const { seen, read } = readingsOf()
    let n = 0
    const settled = await settlePlan(planOf('integer'), read, async () =>
      succeed({ ...planOf('integer'), mapping: { v: `column ${n++}` } }),
    )
    expect(settled.ok).toBe(true)
    expect(seen.length).toBe(4)
  })
})
