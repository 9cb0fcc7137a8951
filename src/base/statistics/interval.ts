/** A confidence interval of an estimate. */
export interface ConfidenceInterval {
  readonly low: number
  readonly high: number
}
