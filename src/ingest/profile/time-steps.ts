import {
  type AdaptiveHistogram,
  addToAdaptiveHistogram,
  mergeAdaptiveHistograms,
  startAdaptiveHistogram,
} from '../../base/statistics/index.ts'

/** How moments follow each other in their files. */
export interface TimeSteps {
  /** Steps forward in the unit of the values: milliseconds for moments. */
  forward: AdaptiveHistogram
  /** Records with the moment of the one before. */
  same: number
  /** Records that lie before the one before. */
  backward: number
}

const STEP_BINS = 1024

export const startTimeSteps = (): TimeSteps => ({ forward: startAdaptiveHistogram(STEP_BINS), same: 0, backward: 0 })

/** Counts the steps between the moments of a batch. @param last moment before the batch, NaN for none @returns the last moment of it */
export function addTimes(steps: TimeSteps, moments: Float64Array, last: number): number {
  const forward = new Float64Array(moments.length)
  let n = 0
  let before = last
  for (let row = 0; row < moments.length; row++) {
    const moment = moments[row] as number
    if (Number.isNaN(moment)) continue
    const step = moment - before
    if (step > 0) forward[n++] = step
    else if (step === 0) steps.same++
    else if (step < 0) steps.backward++
    before = moment
  }
  addToAdaptiveHistogram(steps.forward, forward.subarray(0, n))
  return before
}

export function mergeTimeSteps(left: TimeSteps, right: TimeSteps): void {
  left.forward = mergeAdaptiveHistograms(left.forward, right.forward)
  left.same += right.same
  left.backward += right.backward
}
