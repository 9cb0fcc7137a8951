import { type Outcome, succeed } from '../base/problem/index.ts'
import { canonicalJson } from '../base/record/index.ts'
import type { RefineOptions } from './refine-options.ts'
import type { RefineResult } from './refine-unit.ts'
import type { TablePlan } from './table-plan.ts'
import { joinUnshown, type UnshownValues, unshownOf } from './unshown-values.ts'

/** Readings of one table after which its plan stands as it is: each but the last has shown something new. */
const MAX_READINGS = 4

/** All of a plan that its records depend on: not how many values tell a decimal mark, only which it is. */
const howRead = ({ decisions, ...plan }: TablePlan): string => {
  const decided = Object.entries(decisions).map(([name, { decimal, dates, naiveTimes: _, ...decision }]) => [
    name,
    { ...decision, decimal: decimal?.decimal, order: dates?.order },
  ])
  return canonicalJson({ ...plan, decisions: Object.fromEntries(decided) })
}

/** A plan that the values agree with, and what was read by it. */
export interface Settled {
  readonly plan: TablePlan
  readonly results: readonly RefineResult[]
}

/**
 * Reads a table; where values show that a type, an order of day and month or a decimal mark told from the sample is wrong, plans it again
 * and reads it again. What is decided depends on all units together, so it is the same for any number of threads.
 */
export async function settlePlan(
  first: TablePlan,
  read: (plan: TablePlan) => Promise<RefineResult[]>,
  revise: RefineOptions['revise'],
): Promise<Outcome<Settled>> {
  let plan = first
  let unshown: UnshownValues = {}
  for (let reading = 1; ; reading++) {
    const results = await read(plan)
    const found = await unshownOf(plan, results)
    if (reading === MAX_READINGS || Object.keys(found).length === 0) return succeed({ plan, results })
    unshown = joinUnshown(unshown, found)
    const revised = await revise(plan.name, unshown)
    if (!revised.ok) return revised
    if (howRead(revised.value) === howRead(plan)) return succeed({ plan, results })
    plan = revised.value
  }
}
