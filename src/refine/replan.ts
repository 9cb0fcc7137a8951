import { type Outcome, succeed } from '../base/problem/index.ts'
import type { Field } from '../base/record/index.ts'
import { defaultSteps } from './default-steps.ts'
import { planSteps } from './plan-steps.ts'
import type { TablePlan } from './table-plan.ts'

/** The plan of a table whose fields have changed by reshaping or joining: default steps are for the fields as they are now. */
export async function replan(plan: TablePlan, fields: readonly Field[]): Promise<Outcome<TablePlan>> {
  const steps = plan.ownSteps
    ? succeed(plan.steps)
    : await planSteps(plan.name, [...defaultSteps(plan.modality, fields), ...plan.packSteps])
  return steps.ok ? succeed({ ...plan, fields, readFields: plan.fields, steps: steps.value }) : steps
}
