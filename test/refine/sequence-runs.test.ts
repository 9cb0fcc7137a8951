import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordId } from '../../src/ingest/index.ts'
import { addToRuns, RunCutter, type SequenceRun } from '../../src/refine/sequence-runs.ts'

const key = (n: number): string => `${n}`.repeat(16)

describe('runs of records', () => {
  it('are found again in chunks of any size, each record in the part that it was entered for', () => {
    const entered = fc.array(
      fc.record({ file: fc.integer({ min: 1, max: 3 }), part: fc.constantFrom('', 'S1', 'S2'), records: fc.integer({ min: 1, max: 5 }) }),
    )
    fc.assert(
      fc.property(entered, fc.integer({ min: 1, max: 7 }), (groups, size) => {
        const runs: SequenceRun[] = []
        const expected: string[] = []
        const ids: string[] = []
        for (const { file, part, records } of groups) {
          addToRuns(runs, key(file), part, records)
          for (let n = 0; n < records; n++) {
            ids.push(recordId(key(file), ids.length))
            expected.push(`${key(file)} ${part}`)
          }
        }
        const cutter = new RunCutter(runs)
        const found: string[] = []
        for (let start = 0; start < ids.length; start += size) {
          const chunk = ids.slice(start, start + size)
          for (let from = 0; from < chunk.length; ) {
            const { to, key: of, part } = cutter.next(chunk, from)
            for (; from < to; from++) found.push(`${of} ${part}`)
          }
        }
        expect(found).toEqual(expected)
      }),
    )
  })

  it('of which nothing is known are told by the ids', () => {
    const ids = [recordId(key(1), 0), recordId(key(1), 4), recordId(key(2), 0)]
    const cutter = new RunCutter([])
    expect([cutter.next(ids, 0), cutter.next(ids, 2)]).toEqual([
      { to: 2, key: key(1), part: '' },
      { to: 3, key: key(2), part: '' },
    ])
  })
})
