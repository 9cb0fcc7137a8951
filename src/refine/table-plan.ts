import type { Words } from '../base/problem/index.ts'
import type { Demand, JoinRecipe, Modality, ReshapeRecipe, StepRecipe } from '../base/recipe/index.ts'
import type { Field } from '../base/record/index.ts'
import { assumptionsOf, type CoercionDecisions } from './unify/index.ts'

/** Which raw records feed a table: a part of a source. */
export interface TableSource {
  /** Key of the source. */
  readonly key: string
  readonly part: string
}

/** A step with its parameters checked and defaults filled in. */
export interface PlannedStep {
  readonly use: string
  readonly version: number
  readonly parameters: unknown
}

/** How one table of the release is made: what it reads, how values are typed, which operators run. Plain JSON. */
export interface TablePlan {
  readonly name: string
  readonly title: Words
  readonly modality: Modality
  readonly sources: readonly TableSource[]
  readonly fields: readonly Field[]
  /** Raw column of each field, where it is not the field's own name. */
  readonly mapping: Readonly<Record<string, string>>
  readonly decisions: CoercionDecisions
  /** Column that takes what is wrong with each record, where data are graded as they came. */
  readonly faults?: string | undefined
  readonly steps: readonly PlannedStep[]
  /** Fields as read, where reshaping or joining has changed them since. */
  readonly readFields?: readonly Field[] | undefined
  /** Does the recipe name the steps? Otherwise they follow from the fields, with those of the pack. */
  readonly ownSteps: boolean
  readonly packSteps: readonly StepRecipe[]
  readonly reshape: readonly ReshapeRecipe[]
  readonly join: readonly JoinRecipe[]
  readonly auxiliary: boolean
  readonly task: Demand['task'] | undefined
}

/** What was assumed in reading a table, where its values left a choice: decimal marks, order of day and month, time zones. */
export const planAssumptions = ({ fields, readFields, decisions }: TablePlan): Words[] =>
  (readFields ?? fields).flatMap((field) => assumptionsOf(field, (Object.hasOwn(decisions, field.name) && decisions[field.name]) || {}))
