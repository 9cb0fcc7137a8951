/** Where a record is from and what became of it. One a record that came in. */
export interface Departure {
  readonly id: string
  readonly fate: 'merged' | 'quarantined'
  /** 1-based number in the raw file, as `placeKind` counts. */
  readonly place: number
  readonly part: string
  /** `read`, `unify`, `join`, the operator's id, or `duplicates/exact` … */
  readonly step: string
  /** Problem code, or the operator's reason. */
  readonly reason: string
  readonly field?: string | undefined
  readonly found?: string | undefined
  /** The record that stands for it. */
  readonly into?: string | undefined
}

/** Operators whose bit fits one number of the trail. */
export const TRAIL_BITS = 48

/** Numbers a record that its trail takes. */
export const trailStride = (nSteps: number): number => Math.max(1, Math.ceil(nSteps / TRAIL_BITS))

/** Sets the bit of step `step` for the record at `row`. */
export function markChanged(trail: Float64Array, stride: number, row: number, step: number): void {
  const at = row * stride + Math.floor(step / TRAIL_BITS)
  const bit = 2 ** (step % TRAIL_BITS)
  const before = trail[at] as number
  if (Math.floor(before / bit) % 2 === 0) trail[at] = before + bit
}

/** Numbers of the steps that changed the record at `row`. */
export function changedSteps(trail: Float64Array, stride: number, row: number): number[] {
  const steps: number[] = []
  for (let word = 0; word < stride; word++) {
    let bits = trail[row * stride + word] as number
    for (let bit = 0; bits > 0; bit++) {
      if (bits % 2 === 1) steps.push(word * TRAIL_BITS + bit)
      bits = Math.floor(bits / 2)
    }
  }
  return steps
}
