/**
 * What is known of one series read in order: its ends, its steps back in time, and how long its records stayed the same.
 * Two neighbouring pieces join to what reading them in one go would have given. Plain JSON.
 */
export interface Sequence {
  readonly firstId: string
  readonly firstTime: number
  readonly lastTime: number
  readonly records: number
  /** Records whose time lies before that of the record ahead of them. */
  readonly backward: number
  /** Hash and length of the runs of equal records at both ends; one run where `uniform`. */
  readonly head: number
  readonly headRun: number
  readonly tail: number
  readonly tailRun: number
  readonly uniform: boolean
  /** Records in long runs that lie between the ends. */
  readonly stuckInside: number
}

/** Equal records in a row from which a logger counts as stuck. */
export const STUCK_RUN = 10

export const oneRecord = (id: string, time: number, hash: number): Sequence => ({
  firstId: id,
  firstTime: time,
  lastTime: time,
  records: 1,
  backward: 0,
  head: hash,
  headRun: 1,
  tail: hash,
  tailRun: 1,
  uniform: true,
  stuckInside: 0,
})

const stuckIn = (run: number): number => (run >= STUCK_RUN ? run : 0)

/** Joins a piece with the one that follows it. */
export function joinSequences(left: Sequence, right: Sequence): Sequence {
  const same = left.tail === right.head
  const joined = left.tailRun + right.headRun
  const uniform = same && left.uniform && right.uniform
  let inside = left.stuckInside + right.stuckInside
  if (same) {
    if (!left.uniform && !right.uniform) inside += stuckIn(joined)
  } else {
    if (!left.uniform) inside += stuckIn(left.tailRun)
    if (!right.uniform) inside += stuckIn(right.headRun)
  }
  return {
    firstId: left.firstId,
    firstTime: left.firstTime,
    lastTime: right.lastTime,
    records: left.records + right.records,
    backward: left.backward + right.backward + (right.firstTime < left.lastTime ? 1 : 0),
    head: left.head,
    headRun: same && left.uniform ? joined : left.headRun,
    tail: right.tail,
    tailRun: same && right.uniform ? joined : right.tailRun,
    uniform,
    stuckInside: inside,
  }
}

/** Records that lie in long runs of equal ones. */
export const stuckRecords = (sequence: Sequence): number =>
  sequence.stuckInside + stuckIn(sequence.headRun) + (sequence.uniform ? 0 : stuckIn(sequence.tailRun))
