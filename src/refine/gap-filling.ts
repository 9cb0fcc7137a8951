/** A present value with its time (NaN: none known). */
export interface Point {
  readonly ms: number | null
  readonly value: number
}

/** Records in a row without the value; `ids` is dropped once they are more than may be filled. */
export interface Gap {
  readonly n: number
  readonly ids: readonly string[]
  readonly times: readonly (number | null)[]
}

/**
 * What is known of a stretch of one series that was read in order: the gap it begins with, its first and last value, the
 * gap it ends with. Two stretches join to what reading them in one go would have given. Plain JSON.
 */
export interface Stretch {
  readonly head: Gap
  readonly first: Point | null
  readonly last: Point | null
  readonly tail: Gap
}

const NO_GAP: Gap = { n: 0, ids: [], times: [] }
export const NO_STRETCH: Stretch = { head: NO_GAP, first: null, last: null, tail: NO_GAP }

const pointStretch = (point: Point): Stretch => ({ head: NO_GAP, first: point, last: point, tail: NO_GAP })
const gapStretch = (id: string, ms: number | null): Stretch => ({
  head: { n: 1, ids: [id], times: [ms] },
  first: null,
  last: null,
  tail: NO_GAP,
})

/** One record as a stretch. @param ms its time, NaN when it has none  @param value NaN when it is missing */
export function stretchOf(id: string, ms: number, value: number): Stretch {
  const known = Number.isNaN(ms) ? null : ms
  return Number.isNaN(value) ? gapStretch(id, known) : pointStretch({ ms: known, value })
}

export interface FillLimits {
  /** Records in a row that are filled at most. */
  readonly maxRecords: number
  /** Time between the values on both sides at most; Infinity without a limit. */
  readonly maxGapMs: number
}

function joinGaps(left: Gap, right: Gap, { maxRecords }: FillLimits): Gap {
  const n = left.n + right.n
  return n > maxRecords ? { n, ids: [], times: [] } : { n, ids: [...left.ids, ...right.ids], times: [...left.times, ...right.times] }
}

/** Values on the straight line between two points, by time where all times are known and in order, else by place. */
function fillGap(
  before: Point,
  gap: Gap,
  after: Point,
  { maxRecords, maxGapMs }: FillLimits,
  fill: (id: string, value: number) => void,
): void {
  if (gap.n === 0 || gap.n > maxRecords) return
  const times = [before.ms, ...gap.times, after.ms]
  const areKnown = times.every((ms) => ms !== null)
  if (areKnown && !times.every((ms, i) => i === 0 || (ms as number) > (times[i - 1] as number))) return
  if (maxGapMs < Number.POSITIVE_INFINITY && !(areKnown && (after.ms as number) - (before.ms as number) <= maxGapMs)) return
  for (const [i, id] of gap.ids.entries()) {
    const share = areKnown
      ? ((gap.times[i] as number) - (before.ms as number)) / ((after.ms as number) - (before.ms as number))
      : (i + 1) / (gap.n + 1)
    const value = before.value + (after.value - before.value) * share
    if (Number.isFinite(value)) fill(id, value)
  }
}

/** Joins a stretch with the one that follows it; a gap that this closes is filled. Associative. */
export function joinStretches(left: Stretch, right: Stretch, limits: FillLimits, fill: (id: string, value: number) => void): Stretch {
  if (left.last === null) return { ...right, head: joinGaps(left.head, right.head, limits) }
  const between = joinGaps(left.tail, right.head, limits)
  if (right.first === null) return { ...left, tail: between }
  fillGap(left.last, between, right.first, limits, fill)
  return { head: left.head, first: left.first, last: right.last, tail: right.tail }
}
