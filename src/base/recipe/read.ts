import { parseDocument } from 'yaml'
import type { Outcome } from '../problem/index.ts'
import { defineProblem, fail, succeed } from '../problem/index.ts'
import type { Recipe } from './recipe.ts'
import { recipeSchema } from './recipe.ts'

export const recipeNotYaml = defineProblem<{ at: string; found: string }>('recipe/not-yaml', {
  zh: (p) => `${p.at}：不是合法的 YAML：${p.found}`,
  en: (p) => `${p.at}: not valid YAML: ${p.found}`,
  advice: {
    zh: '修正该行；`highgrade init <文件夹>` 可生成一份可用的配方。',
    en: 'Mend that line; `highgrade init <folder>` writes a recipe that works.',
  },
})

export const recipeInvalid = defineProblem<{ at: string; field: string; found: string }>('recipe/invalid', {
  zh: (p) => `${p.at}：字段 ${p.field}：${p.found}`,
  en: (p) => `${p.at}: field ${p.field}: ${p.found}`,
  advice: { zh: '按 docs/recipe.md 修正该字段。', en: 'Mend that field as docs/recipe.md describes.' },
})

/** Reads a recipe. @param at name of the file, for messages */
export function readRecipe(text: string, at: string): Outcome<Recipe> {
  const document = parseDocument(text)
  const broken = document.errors[0]
  if (broken) return fail(recipeNotYaml({ at, found: broken.message.split('\n')[0] ?? '' }))
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    return fail(recipeNotYaml({ at, found: String(error) }))
  }
  const parsed = recipeSchema.safeParse(value)
  if (parsed.success) return succeed(parsed.data)
  const issue = parsed.error.issues[0]
  return fail(recipeInvalid({ at, field: issue?.path.join('.') || '(top)', found: issue?.message ?? 'invalid' }))
}
