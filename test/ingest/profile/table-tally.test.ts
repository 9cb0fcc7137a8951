import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field } from '../../../src/base/record/index.ts'
import { typeColumn } from '../../../src/draft/profile-task.ts'
import type { RawBatch } from '../../../src/ingest/index.ts'
import { describeTable } from '../../../src/ingest/profile/table-profile.ts'
import { addRaw, mergeTableTallies, type ProfiledTable, startTableTally, tallyTools } from '../../../src/ingest/profile/table-tally.ts'

const FIELDS: readonly Field[] = [
  { name: 'at', type: 'timestamp', role: 'time' },
  { name: 'n', type: 'integer' },
  { name: 'kind', type: 'category' },
  { name: 'said', type: 'text', role: 'text' },
  { name: 'photo', type: 'media' },
]
const TABLE: ProfiledTable = { name: 't', fields: FIELDS, sources: [], mapping: {}, decisions: {} }

type Row = readonly unknown[]

function batchOf(rows: readonly Row[]): RawBatch {
  const ordinals = rows.map((_, row) => row)
  const columns = FIELDS.map((_, at) => rows.map((row) => row[at] ?? null))
  return { part: '', names: FIELDS.map(({ name }) => name), columns, ordinals, placeKind: 'row', places: ordinals, broken: [] }
}

function tallied(batches: readonly (readonly Row[])[]) {
  const tally = startTableTally(FIELDS)
  const tools = tallyTools(typeColumn, () => 'und')
  const memory = { lastMoment: Number.NaN }
  for (const rows of batches) addRaw(tally, TABLE, batchOf(rows), memory, tools)
  return tally
}

const photo = (byte: number) => ({ media: Uint8Array.of(byte, 1, 2), extension: 'png' })
const row = fc.tuple(
  fc.constantFrom('2024-05-01 10:00:00', '2024-05-01 10:00:10', '', 'soon'),
  fc.constantFrom('1', '2', 'NA', '3.5', '13800138000'),
  fc.constantFrom('on', 'off', null),
  fc.constantFrom('电话13912345678', 'mail a@b.example', '无', 'plain'),
  fc.constantFrom(null, photo(1), photo(2)),
)

describe('the tally of a table', () => {
  it('is the same however the records are cut into batches and parts', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40, size: 'max' }), fc.nat(40), (rows, cut) => {
        // Steps are counted within a file, so that parts of one are compared without them.
        const still = rows.map(([, ...rest]) => [null, ...rest])
        const whole = describeTable(TABLE, tallied([still]))
        const left = tallied([still.slice(0, cut)])
        mergeTableTallies(left, tallied([still.slice(cut)]))
        expect(describeTable(TABLE, left)).toEqual(whole)
        expect(describeTable(TABLE, tallied(rows.map((one) => [one])))).toEqual(describeTable(TABLE, tallied([rows])))
      }),
      { numRuns: 60 },
    )
  })

  it('accounts for every value as present, missing or misfit', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40, size: 'max' }), (rows) => {
        const profile = describeTable(TABLE, tallied([rows]))
        for (const { present, missing, misfits } of profile.fields) expect(present + missing + misfits).toBe(rows.length)
      }),
      { numRuns: 60 },
    )
  })

  it('counts copies of whole records, misfits among them', () => {
    const rows = [
      ['2024-05-01', '1', 'on', 'a', photo(1)],
      ['2024-05-01', '1', 'on', 'a', photo(1)],
      ['2024-05-01', '1', 'on', 'a', photo(2)],
      ['2024-05-01', 'x', 'on', 'a', photo(1)],
      ['2024-05-01', 'y', 'on', 'a', photo(1)],
      ['2024-05-01', 'y', 'on', 'a', photo(1)],
    ]
    expect(describeTable(TABLE, tallied([rows])).copies).toEqual({ count: 2, exact: true, standardError: 0 })
  })

  it('takes a gap for a value of its own when it looks for copies', () => {
    const rows = [
      [null, '1', null, 'on', null],
      [null, '1', 'on', null, null],
      [null, null, 'on', '1', null],
    ]
    expect(describeTable(TABLE, tallied([rows])).copies.count).toBe(0)
  })

  it('tells the step of a series, its gaps, halts and leaps back', () => {
    const second = (s: number) => [`2024-05-01 10:00:${String(s).padStart(2, '0')}`, '1', 'on', 'a', null]
    const { time } = describeTable(TABLE, tallied([[0, 5, 10, 15, 35, 35].map(second), [40, 20].map(second)]))
    expect(time).toMatchObject({ field: 'at', isMoment: true, gaps: 1, same: 1, backward: 1 })
    expect(time?.step).toEqual({ length: 5_000, share: 4 / 7 })
    expect([time?.from, time?.to]).toEqual([Date.UTC(2024, 4, 1, 10), Date.UTC(2024, 4, 1, 10, 0, 40)])
  })

  it('finds identifiers of persons and shows none of them', () => {
    const said = (text: string) => ['2024-05-01', '13800138000', 'on', text, null]
    const rows = [
      said('电话13912345678'),
      said('电话13912345678'),
      said('a@b.example'),
      said('plain'),
      ['2024-05-01', 'call 13912345678', 'on', 'plain', null],
    ]
    const profile = describeTable(TABLE, tallied([rows]))
    const byName = new Map(profile.fields.map((one) => [one.field.name, one]))
    expect(byName.get('said')?.identifiers).toEqual([
      { kind: 'email', values: 1 },
      { kind: 'phone', values: 2 },
    ])
    expect(byName.get('n')?.identifiers).toEqual([{ kind: 'phone', values: 4 }])
    expect(byName.get('n')?.numbers).toBeUndefined()
    expect(byName.get('n')?.misfitExamples).toEqual(['call <PHONE>'])
    const shown = JSON.stringify(profile)
    for (const number of ['13912345678', '13800138000', 'a@b.example']) expect(shown).not.toContain(number)
    expect(shown).toContain('<PHONE>')
  })

  it('counts media by their bytes', () => {
    const rows = [1, 1, 2].map((byte) => ['2024-05-01', '1', 'on', 'a', photo(byte)])
    const media = describeTable(TABLE, tallied([rows])).fields[4]
    expect(media).toMatchObject({
      present: 3,
      distinct: { count: 2 },
      top: { values: [{ value: 'png', count: 3 }] },
      bytes: { min: 3, max: 3 },
    })
  })
})
