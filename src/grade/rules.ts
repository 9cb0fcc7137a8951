import type { Outcome } from '../base/problem/index.ts'
import { fail, succeed } from '../base/problem/index.ts'
import type { Dimension } from './indicator.ts'
import { weightInvalid, weightUnknown } from './problems.ts'

/** How indicators become a verdict. */
export interface GradeRules {
  /** Weight of an indicator inside its dimension; 1 where none is given. */
  readonly weights: Readonly<Record<string, number>>
  /** Score that each dimension must reach. */
  readonly threshold: number
  /** Share of a dimension's indicators that must be measured: what nobody looked at cannot pass. */
  readonly leastMeasuredShare: number
}

export const DIMENSIONS: readonly Dimension[] = ['documentation', 'quality', 'application']

/**
 * Equal weights, 90 in each dimension, at least half of its indicators measured. The threshold is that of
 * TC609-5-2025-04 as implementers quote it; it fixes no weights. The last rule is ours.
 */
export const DEFAULT_RULES: GradeRules = { weights: {}, threshold: 90, leastMeasuredShare: 0.5 }

/** The default rules with other weights. @param at where they were given, for messages  @param codes of all indicators */
export function rulesWithWeights(weights: Readonly<Record<string, number>>, codes: readonly string[], at: string): Outcome<GradeRules> {
  for (const [code, weight] of Object.entries(weights)) {
    if (!codes.includes(code)) return fail(weightUnknown({ at, found: code }))
    if (!(weight > 0 && Number.isFinite(weight))) return fail(weightInvalid({ at, found: weight, expected: '> 0' }))
  }
  return succeed({ ...DEFAULT_RULES, weights })
}
