import { describe, expect, it } from 'vitest'
import { loadPlugins } from '../../src/base/plugin/index.ts'
import { type RecordBatch, type Step, textColumn } from '../../src/base/record/index.ts'
import type { ExampleColumns, Operator } from '../../src/refine/operator.ts'
import { HOSTILE } from './hostile-strings.ts'
import { batchOfExample, contextFor, rowsOf, valuesById } from './operator-batch.ts'

const MODALITIES = ['text', 'table', 'series', 'image', 'audio']
const SECOND_US = 1_000_000

/** Processor time of this process so far: other work on the machine does not count. */
function cpuUs(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

const operators = await loadPlugins<Operator>(new URL('../../src/refine/operators/', import.meta.url))

const parse = (operator: Operator): unknown => operator.parameters.parse(operator.example.parameters)
const runOn = (operator: Operator, batch: RecordBatch, fittedOn = batch): Step =>
  operator.run(batch, parse(operator), contextFor(operator, parse(operator), fittedOn))

/** In = kept + merged + quarantined, no record in two piles, none from elsewhere, reasons known, columns whole. */
function expectConserved(operator: Operator, batch: RecordBatch, { kept, merged, quarantined }: Step): void {
  const out = [...kept.ids, ...merged.map(({ id }) => id), ...quarantined.map(({ id }) => id)]
  expect(out.length).toBe(batch.ids.length)
  expect(new Set(out)).toEqual(new Set(batch.ids))
  for (const { reason } of [...merged, ...quarantined]) expect(Object.keys(operator.reasons ?? {})).toContain(reason)
  for (const field of kept.fields) expect(kept.columns.get(field.name), field.name).toBeDefined()
  for (const [name, column] of kept.columns) expect(column.values.length, name).toBe(kept.ids.length)
}

/** What a run did to each record, whatever the order of the piles. */
const outcome = (steps: readonly Step[]): unknown => ({
  kept: new Map(steps.flatMap(({ kept }) => [...valuesById(kept)]).sort(([a], [b]) => (a < b ? -1 : 1))),
  left: steps.flatMap(({ merged, quarantined }) => [...merged, ...quarantined]).sort((a, b) => (a.id < b.id ? -1 : 1)),
})

/** The example's columns with every text replaced, so that each operator meets the string where it expects text. */
function withText(columns: ExampleColumns, text: string | null): ExampleColumns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [
      name,
      values.map((value) => (typeof value === 'string' || value === null ? text : value)),
    ]),
  )
}

const missing = (columns: ExampleColumns): RecordBatch => {
  const batch = batchOfExample(columns)
  const made = new Map(
    [...batch.columns].map(([name, column]) => [
      name,
      column.kind === 'number' ? { ...column, values: column.values.map(() => Number.NaN) } : textColumn(column.values.map(() => null)),
    ]),
  )
  return { ...batch, columns: made }
}

it('there are operators of several modalities', () => {
  expect(operators.length).toBeGreaterThanOrEqual(28)
})

describe.each(operators)('$id', ({ id, plugin: operator }) => {
  const batch = batchOfExample(operator.example.before)
  const isRow = (operator.scope ?? 'row') === 'row'

  it('says what it is in both languages', () => {
    expect(id).toMatch(/^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/)
    expect(MODALITIES).toContain(id.split('/')[0])
    expect(operator.version).toBeGreaterThanOrEqual(1)
    for (const words of [operator.title, operator.doc, ...Object.values(operator.reasons ?? {})]) {
      expect(words.zh).toMatch(/[\u4e00-\u9fff]/)
      expect(words.en).toMatch(/[A-Za-z]/)
      expect(words.zh).not.toBe(words.en)
    }
    expect(operator.source.length).toBeGreaterThan(3)
    for (const reason of Object.keys(operator.reasons ?? {})) expect(reason).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  })

  it('reads its parameters, and what it read', () => {
    const parameters = parse(operator)
    expect(operator.parameters.parse(JSON.parse(JSON.stringify(parameters)))).toEqual(parameters)
  })

  it('does what its example says', () => {
    const step = runOn(operator, batch)
    expectConserved(operator, batch, step)
    expect(step.quarantined.map(({ id: record }) => Number(record.slice(1))).sort((a, b) => a - b)).toEqual([
      ...(operator.example.quarantined ?? []),
    ])
    for (const [name, expected] of Object.entries(operator.example.after)) {
      const column = step.kept.columns.get(name)
      const values = column ? [...column.values].map((value) => (typeof value === 'number' && Number.isNaN(value) ? null : value)) : []
      expect(values.length, name).toBe(expected.length)
      values.forEach((value, row) => {
        const wanted = expected[row]
        if (typeof wanted === 'number') expect(value, `${name} ${row}`).toBeCloseTo(wanted, 9)
        else expect(value, `${name} ${row}`).toBe(wanted)
      })
    }
  })

  it('gives the same for any cut into batches', () => {
    const whole = outcome([runOn(operator, batch)])
    const rows = batch.ids.map((_, row) => row)
    for (const size of [1, 2, 3]) {
      const context = contextFor(operator, parse(operator), batch)
      const steps: Step[] = []
      for (let from = 0; from < rows.length; from += size)
        steps.push(operator.run(rowsOf(batch, rows.slice(from, from + size)), parse(operator), context))
      if (isRow) expect(outcome(steps), `batches of ${size}`).toEqual(whole)
      else
        expect(steps.reduce((sum, { kept, merged, quarantined }) => sum + kept.ids.length + merged.length + quarantined.length, 0)).toBe(
          rows.length,
        )
    }
  })

  it.runIf(isRow)('gives the same in any order', () => {
    const backwards = rowsOf(
      batch,
      batch.ids.map((_, row) => batch.ids.length - 1 - row),
    )
    expect(outcome([runOn(operator, backwards, batch)])).toEqual(outcome([runOn(operator, batch)]))
  })

  it.runIf(operator.idempotent !== false)('does nothing the second time', () => {
    for (const columns of [
      operator.example.before,
      ...Object.values(HOSTILE).map((text) => withText(operator.example.before, text.slice(0, 300))),
    ]) {
      const first = batchOfExample(columns)
      const once = runOn(operator, first)
      const twice = runOn(operator, once.kept, first)
      expect(outcome([{ ...twice, merged: [], quarantined: [] }])).toEqual(outcome([{ ...once, merged: [], quarantined: [] }]))
      expect(twice.quarantined).toEqual([])
    }
  })

  it('takes an empty batch, a batch without its columns, missing values', () => {
    for (const hollow of [rowsOf(batch, []), { ...batch, fields: [], columns: new Map() }, missing(operator.example.before)]) {
      expectConserved(operator, hollow, runOn(operator, hollow))
      expectConserved(operator, hollow, runOn(operator, hollow, batch))
    }
  })

  it('takes numbers that are no measurements', () => {
    for (const value of [0, -0, -1, 1e308, -1e308, 5e-324, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const columns = Object.fromEntries(
        Object.entries(operator.example.before).map(([name, values]) => [
          name,
          values.map((old) => (typeof old === 'number' ? value : old)),
        ]),
      )
      const extreme = batchOfExample(columns)
      expectConserved(operator, extreme, runOn(operator, extreme))
      expectConserved(operator, extreme, runOn(operator, extreme, batch))
    }
  })

  it('takes hostile strings, each in a second', () => {
    const holdsText = [...batch.columns.values()].some(({ kind }) => kind === 'text')
    for (const [name, text] of holdsText ? Object.entries(HOSTILE) : []) {
      const hostile = rowsOf(batchOfExample(withText(operator.example.before, text)), [0])
      const started = cpuUs()
      const step = runOn(operator, hostile)
      expect(cpuUs() - started, name).toBeLessThan(SECOND_US)
      expectConserved(operator, hostile, step)
    }
  })
})
