import { z } from 'zod'
import { groupParameter, seriesOf, stateOf, timeParameter, timesOf } from '../../../base/kernels/index.ts'
import type { Rejected } from '../../../base/record/index.ts'
import { keepAll, numbersOf } from '../../../base/record/index.ts'
import { without } from '../../judge-series.ts'
import { defineOperator } from '../../operator.ts'
import { shownNumber } from '../../shown-number.ts'

/** Where a series' clock stands. Files with the newest record first run down. */
interface Clock {
  last: number
  /** 1 rising, −1 falling, 0 not yet known. */
  direction: number
  readonly isFixed: boolean
  /** The last record refused, how it lay to the one refused before it, and how many in a row are in order. */
  refused: number
  heading: number
  inOrder: number
}

const DIRECTIONS = { rising: 1, falling: -1, either: 0 } as const

export default defineOperator({
  version: 1,
  title: { zh: '时间次序', en: 'Order of time' },
  doc: {
    zh: '隔离时间倒退的记录，可选隔离时间重复的记录；首两个不同的时刻定出升序或降序，缺时间的不判断。连续若干条（restartAfter）被拒而彼此有序时，认为时钟被重设，从那里接着走，因此一个错误的未来时刻不会毁掉其后的全部记录。多个序列同在一个文件时用 group 分开。',
    en: 'Quarantines records whose time runs back, and on request those that repeat a time. The first two different moments tell whether the series rises or falls; records without a time are not judged. After `restartAfter` refused records in a row that are in order among themselves the clock counts as set anew and goes on from there, so that one wrong moment in the future does not cost all that follows. Keep several series of a file apart with `group`.',
  },
  source: 'GB/T 36344-2018 timeliness (order of time)',
  parameters: z.strictObject({
    time: timeParameter.describe('time column; by default the field of role time'),
    group: groupParameter.describe('columns that tell series apart; by default the fields of role group'),
    direction: z.enum(['rising', 'falling', 'either']).default('either').describe('how time runs; either: as the first two moments do'),
    repeated: z.enum(['keep', 'quarantine']).default('keep').describe('what becomes of a record whose time is that of the one before'),
    restartAfter: z
      .number()
      .int()
      .min(2)
      .default(3)
      .describe('refused records in a row, in order among themselves, after which the clock starts anew'),
  }),
  example: {
    parameters: { time: 'minute' },
    before: { minute: [0, 1, 2, 1, 3, 3, null, 4] },
    after: { minute: [0, 1, 2, 3, 3, null, 4] },
    quarantined: [3],
  },
  reasons: {
    'time-runs-back': { zh: '时间早于前一条记录', en: 'its time lies before that of the record ahead of it' },
    'time-repeated': { zh: '时间与前一条记录相同', en: 'its time is that of the record ahead of it' },
  },
  scope: 'sequence',
  // A clock that started anew stands beside the old one: read again, the step back is seen again.
  idempotent: false,
  run: (batch, { time, group, direction, repeated, restartAfter }, { carry }) => {
    const times = timesOf(batch, time)
    if (!times) return keepAll(batch)
    const series = seriesOf(batch, group)
    const field = time ?? batch.fields.find(({ role }) => role === 'time')?.name
    const quarantined: Rejected[] = []
    for (let row = 0; row < times.length; row++) {
      const now = times[row] as number
      if (Number.isNaN(now)) continue
      const clock = stateOf(carry, series?.[row] ?? '', () => startClock(DIRECTIONS[direction]))
      const reason = tick(clock, now, repeated === 'quarantine', restartAfter)
      if (reason)
        quarantined.push({
          id: batch.ids[row] as string,
          reason,
          field,
          found: shownNumber(batch, field ?? '', numbersOf(batch, field ?? '')?.values[row] ?? now),
        })
    }
    return without(batch, quarantined)
  },
})

const startClock = (direction: number): Clock => ({
  last: Number.NaN,
  direction,
  isFixed: direction !== 0,
  refused: Number.NaN,
  heading: direction,
  inOrder: 0,
})

/** Moves a clock on. @returns the reason against the record */
function tick(clock: Clock, now: number, refusesRepeated: boolean, restartAfter: number): string | null {
  const step = Math.sign(now - clock.last)
  if (step === 0) return refusesRepeated ? 'time-repeated' : null
  const isFirst = Number.isNaN(step)
  if (!isFirst && clock.direction !== 0 && step !== clock.direction && !startsAnew(clock, now, restartAfter)) return 'time-runs-back'
  if (!isFirst && clock.direction === 0) clock.direction = step
  clock.last = now
  clock.inOrder = 0
  return null
}

/** Notes a record against the clock's direction. @returns whether so many of them are in order that the clock was set anew */
function startsAnew(clock: Clock, now: number, restartAfter: number): boolean {
  const heading = Math.sign(now - clock.refused)
  clock.refused = now
  if (clock.inOrder > 0 && heading === 0) return false
  const follows = clock.inOrder === 0 || heading === clock.heading || (clock.inOrder === 1 && !clock.isFixed)
  if (clock.inOrder > 0 && !clock.isFixed) clock.heading = heading
  clock.inOrder = follows ? clock.inOrder + 1 : 1
  if (clock.inOrder <= restartAfter) return false
  clock.direction = clock.heading
  return true
}
