import { z } from 'zod'
import { columnsParameter, groupParameter, valueAction } from '../../../base/kernels/index.ts'
import { judgeSeries } from '../../judge-series.ts'
import { defineOperator } from '../../operator.ts'

/** The last values that stayed, in a ring, with their least and greatest, and values refused or missing since. */
class Trailing {
  readonly window: Float64Array
  count = 0
  passed = 0
  low = Number.POSITIVE_INFINITY
  high = Number.NEGATIVE_INFINITY
  private next = 0

  constructor(size: number) {
    this.window = new Float64Array(size)
  }

  add(value: number): void {
    const left = this.count === this.window.length ? (this.window[this.next] as number) : Number.NaN
    this.window[this.next] = value
    this.next = (this.next + 1) % this.window.length
    if (this.count < this.window.length) this.count++
    if (left === this.low || left === this.high) this.look()
    else {
      if (value < this.low) this.low = value
      if (value > this.high) this.high = value
    }
    this.passed = 0
  }

  clear(): void {
    this.count = 0
    this.next = 0
    this.look()
  }

  private look(): void {
    this.low = Number.POSITIVE_INFINITY
    this.high = Number.NEGATIVE_INFINITY
    for (let i = 0; i < this.count; i++) {
      const one = this.window[i] as number
      if (one < this.low) this.low = one
      if (one > this.high) this.high = one
    }
  }
}

/** Make the median absolute deviation, and the mean absolute one, of a normal distribution its standard deviation. */
const FROM_MEDIAN_DEVIATION = 1.482602218505602
const FROM_MEAN_DEVIATION = 1.2533141373155003

const middleOf = (rising: Float64Array): number => {
  const half = rising.length >> 1
  return rising.length % 2 === 1 ? (rising[half] as number) : ((rising[half - 1] as number) + (rising[half] as number)) / 2
}

/** A spike lies at least so many times as far out as the farthest of the values before: coarse readings flicker by a step. */
const BEYOND_FARTHEST = 2

interface Spread {
  readonly median: number
  /** Robust standard deviation; from the mean deviation where more than half of the values are equal. */
  readonly deviation: number
  readonly farthest: number
}

/**
 * Can the value be a spike at all? What is BEYOND_FARTHEST = 2 times as far from the median as the farthest of the window
 * lies outside of it by more than half of its width: no sort for almost every value.
 */
function liesApart({ low, high }: Trailing, value: number): boolean {
  const width = high - low
  return value > high + width / 2 || value < low - width / 2
}

function spreadOf({ window }: Trailing): Spread {
  const median = middleOf(Float64Array.from(window).sort())
  const distances = Float64Array.from(window, (value) => Math.abs(value - median)).sort()
  const typical = FROM_MEDIAN_DEVIATION * middleOf(distances)
  const mean = distances.reduce((sum, one) => sum + one, 0) / window.length
  return { median, deviation: typical > 0 ? typical : FROM_MEAN_DEVIATION * mean, farthest: distances[distances.length - 1] as number }
}

export default defineOperator({
  version: 1,
  title: { zh: '尖峰', en: 'Spikes' },
  doc: {
    zh: '数值距前 window 个值的中位数超过 k 倍稳健标准差、且超过其中最远者的 2 倍时记为缺失，或隔离其记录（只看过去的 Hampel 滤波，可流式处理）。阶跃与尖峰在当下无法区分：连续 longest 个值被拒或缺失后，窗口重新开始，故一次真实阶跃最多损失 longest 个值。前面的值全部相等时没有尺度，不判断。',
    en: 'A value farther than k robust standard deviations from the median of the `window` values before it becomes missing, or its record is quarantined (a Hampel filter that looks back only, so that it streams). At the moment itself a step looks like a spike: after `longest` values in a row were refused or missing the window starts anew, so that a real step costs at most `longest` values. Where all values before are equal there is no scale and nothing is judged.',
  },
  source: 'Hampel 1974; Pearson 2002; fallback to the mean deviation: Iglewicz & Hoaglin 1993',
  parameters: z.strictObject({
    columns: columnsParameter.describe('by default all measured columns'),
    group: groupParameter.describe('columns that tell series apart; by default the fields of role group'),
    window: z.number().int().min(5).max(501).default(31).describe('values before that are looked at'),
    deviations: z.number().positive().default(12).describe('k, robust standard deviations'),
    longest: z.number().int().min(1).max(20).default(2).describe('longest spike in records'),
    action: valueAction.default('missing').describe('missing: the spike becomes missing; quarantine: its record leaves'),
  }),
  example: {
    parameters: { columns: ['temperature'], window: 5 },
    before: { temperature: [20.1, 20.3, 20.2, 20.4, 20.3, 85, 20.4, 20.5] },
    after: { temperature: [20.1, 20.3, 20.2, 20.4, 20.3, null, 20.4, 20.5] },
  },
  reasons: { spike: { zh: '数值突然远离此前的水平', en: 'the value leaps far from the level before it' } },
  scope: 'sequence',
  // In quarantine a step leaves no gap behind by which a second run would know that the window started anew.
  idempotent: false,
  run: (batch, { columns, group, window, deviations, longest, action }, { carry }) =>
    judgeSeries(batch, { columns, group, action, reason: 'spike' }, carry, {
      start: () => new Trailing(window),
      isWrong: (before, value) => {
        if (before.count < window || !liesApart(before, value)) return false
        const { median, deviation, farthest } = spreadOf(before)
        return deviation > 0 && Math.abs(value - median) > Math.max(deviations * deviation, BEYOND_FARTHEST * farthest)
      },
      accept: (trailing, value) => trailing.add(value),
      pass: (trailing) => {
        if (++trailing.passed >= longest) trailing.clear()
      },
    }),
})
