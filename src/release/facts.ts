import type { Recipe } from '../base/recipe/index.ts'
import { codeListsOf, type LoadedPack, type TablePlan } from '../refine/index.ts'
import type { SerialFacts } from './write-shard.ts'

/** What the indicators need to know of a table, as plain JSON. */
export function serialFacts(plan: TablePlan, recipe: Recipe, pack: LoadedPack | undefined): SerialFacts {
  const named = new Set(plan.fields.flatMap((field) => field.codeList ?? []))
  const lists = codeListsOf(pack)
  const codeLists = Object.fromEntries([...named].map((name) => [name, lists[name]?.map((code) => code.code) ?? []]))
  const demand = plan.task ? { ...recipe.demand, task: plan.task } : (recipe.demand ?? {})
  const { name, modality, faults } = plan
  return {
    name,
    modality,
    fields: plan.fields.filter((field) => field.name !== faults),
    codeLists,
    demand,
    ...(faults === undefined ? {} : { faults }),
  }
}
