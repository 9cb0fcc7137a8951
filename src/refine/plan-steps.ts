import { fail, type Outcome, succeed } from '../base/problem/index.ts'
import type { StepRecipe } from '../base/recipe/index.ts'
import { operatorUnknown, parametersInvalid } from './problems.ts'
import { loadOperator, operatorIds } from './registry.ts'
import type { PlannedStep } from './table-plan.ts'

/** Checks the steps of a table: operators exist, parameters fit; defaults filled in. @param at name of the table */
export async function planSteps(at: string, steps: readonly StepRecipe[]): Promise<Outcome<PlannedStep[]>> {
  const planned: PlannedStep[] = []
  for (const { use, ...given } of steps) {
    const loaded = await loadOperator(use)
    if (!loaded) return fail(operatorUnknown({ at, found: use, expected: operatorIds().join(', ') }))
    const parameters = loaded.plugin.parameters.safeParse(given)
    if (!parameters.success) {
      const [issue] = parameters.error.issues
      return fail(parametersInvalid({ at: `${at}, ${use}`, field: issue?.path.join('.') ?? '', found: issue?.message ?? '' }))
    }
    planned.push({ use, version: loaded.plugin.version, parameters: parameters.data })
  }
  return succeed(planned)
}
