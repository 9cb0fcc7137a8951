import type { z } from 'zod'
import type { Words } from '../base/problem/index.ts'

/** How much was used, from the beginning on. */
export interface Usage {
  readonly records: bigint
  readonly tokens: bigint
  readonly calls: bigint
}

/** How a buyer gets at the data: as whole files by their own clients, or record by record. */
export type DeliveryKind = 'files' | 'records'

/** A way of paying. What a buyer agreed to is frozen with the entitlement, so that no later version of a plan changes it. */
export interface Plan<T> {
  readonly version: number
  readonly title: Words
  readonly doc: Words
  /** What the seller fills in: plain JSON, amounts as decimal text. */
  readonly terms: z.ZodType<T>
  readonly example: T
  /** Smallest units due when it is ordered. */
  readonly upfront: (terms: T) => bigint
  /**
   * Smallest units due for all use from the beginning; never falls as use grows. What is charged for one use is the
   * difference, so that nothing is lost or made by rounding however it is cut up.
   */
  readonly due: (used: Usage, terms: T) => bigint
  /** Days until it ends; for ever where undefined. */
  readonly days: (terms: T) => number | undefined
  /** Most that may be used; without end where undefined. */
  readonly quota: (terms: T) => Partial<Usage>
  /** By what tokens are counted, where they are. */
  readonly tokenizer?: (terms: T) => string
  /** The version that was bought, or all that are listed while it lasts. */
  readonly covers: 'bought-version' | 'all-versions'
  readonly delivers: readonly DeliveryKind[]
}

export const definePlan = <T extends { currency: string }>(plan: Plan<T>): Plan<T> => plan

/** A plan with whatever terms. */
export type AnyPlan = Plan<{ currency: string }>
