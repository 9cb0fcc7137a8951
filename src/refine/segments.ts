/** A run of steps without a barrier inside. */
export interface Segment {
  /** First step, and the one after the last. */
  readonly from: number
  readonly to: number
  /** Steps of the next segment that are fitted on what this one gives. */
  readonly fits: readonly number[]
}

/**
 * Cuts a list of steps at operators that need a pass over the whole table first. Neighbouring ones share a pass:
 * they are all fitted on the records as they stand before the first of them.
 * @param needsFit for each step, whether its operator has `fit`
 */
export function cutSegments(needsFit: readonly boolean[]): Segment[] {
  const segments: Segment[] = []
  let from = 0
  for (let at = 0; at < needsFit.length; at++) {
    if (!needsFit[at] || needsFit[at - 1]) continue
    const fits: number[] = []
    for (let next = at; needsFit[next]; next++) fits.push(next)
    segments.push({ from, to: at, fits })
    from = at
  }
  segments.push({ from, to: needsFit.length, fits: [] })
  return segments
}
