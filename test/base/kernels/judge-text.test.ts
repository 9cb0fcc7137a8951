import { expect, it } from 'vitest'
import { figure, rejectTexts } from '../../../src/base/kernels/index.ts'
import type { Column } from '../../../src/base/record/index.ts'
import { numberColumn, textColumn } from '../../../src/base/record/index.ts'

const batch = {
  ids: ['a', 'b', 'c', 'd'],
  fields: [
    { name: 'title', type: 'text' as const },
    { name: 'body', type: 'text' as const },
    { name: 'size', type: 'number' as const },
  ],
  columns: new Map<string, Column>([
    ['title', textColumn(['bad title', null, 'bad', 'fine'])],
    ['body', textColumn(['fine', 'bad body', 'fine body', null])],
    ['size', numberColumn(Float64Array.of(1, 2, 3, 4))],
  ]),
}
const judge = (text: string) => (text.startsWith('bad') ? { reason: 'bad', found: text } : null)

it('judges each named column, says which, and leaves short, missing and other values', () => {
  const { kept, quarantined } = rejectTexts(batch, ['title', 'body', 'size', 'absent'], 5, judge)
  expect(quarantined).toEqual([
    { id: 'a', reason: 'bad', found: 'bad title', field: 'title' },
    { id: 'b', reason: 'bad', found: 'bad body', field: 'body' },
  ])
  expect(kept.ids).toEqual(['c', 'd'])
  expect(kept.columns.get('size')?.values).toEqual(Float64Array.of(3, 4))
})

it('gives the same batch when nothing leaves', () => {
  expect(rejectTexts(batch, ['absent'], 0, judge).kept).toBe(batch)
  expect(rejectTexts(batch, ['title'], 100, judge).kept).toBe(batch)
})

it('writes figures short', () => {
  expect([0.12345, 2, 1 / 3, 0].map(figure)).toEqual(['0.123', '2', '0.333', '0'])
})
