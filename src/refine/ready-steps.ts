import type { MediaAccess } from './media-access.ts'
import { loadOperator } from './registry.ts'
import type { ReadyStep } from './run-steps.ts'
import type { Segment } from './segments.ts'
import type { TablePlan } from './table-plan.ts'

/** What operators work with besides their records. */
export interface StepMeans {
  /** Hex. */
  readonly pseudonymKey: string
  readonly media: MediaAccess
}

/** Loads the operators of a segment (or of the steps in `only`) with their parameters and what they were fitted to. */
export async function readySteps(
  plan: TablePlan,
  segment: Segment,
  fitted: Readonly<Record<number, unknown>>,
  means: StepMeans,
  only?: readonly number[],
): Promise<ReadyStep[]> {
  const ready: ReadyStep[] = []
  for (let index = segment.from; index < segment.to; index++) {
    const planned = plan.steps[index]
    if (!planned || (only && !only.includes(index))) continue
    const loaded = await loadOperator(planned.use)
    if (!loaded) throw new Error(`refine: no operator ${planned.use}`)
    const context = {
      fitted: fitted[index],
      carry: new Map<string, unknown>(),
      ...means,
      pseudonymKey: Buffer.from(means.pseudonymKey, 'hex'),
    }
    ready.push({ index, use: planned.use, operator: loaded.plugin, parameters: planned.parameters, context })
  }
  return ready
}
