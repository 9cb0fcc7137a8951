import type { Modality, StepRecipe } from '../base/recipe/index.ts'
import type { Field } from '../base/record/index.ts'

/**
 * Steps of a table whose recipe names none: clean texts, mask identifiers of persons, judge running text by rules that
 * hold for industrial text too, drop what carries nothing. Gentle: nothing leaves on a soft suspicion.
 */
export function defaultSteps(modality: Modality, fields: readonly Field[]): StepRecipe[] {
  const texts = fields
    .filter((field) => field.type === 'text' || (field.type === 'category' && field.codes === undefined && field.codeList === undefined))
    .map((field) => field.name)
  const bodies = fields.filter((field) => field.type === 'text' && field.role === 'text').map((field) => field.name)
  // A bare number that names a record looks like a telephone number: such columns are not masked.
  const named = new Set(fields.filter((field) => field.role === 'identifier' || field.key).map((field) => field.name))
  const masked = texts.filter((name) => !named.has(name))
  const checks: Readonly<Record<Modality, readonly StepRecipe[]>> = {
    text: judging(bodies),
    table: rowChecks(fields),
    series: rowChecks(fields),
    image: imageSteps(fields),
    audio: [],
  }
  return [...cleaning(texts, bodies, masked), ...checks[modality]]
}

/** A value outside of its field's range is no value; a row without any is no record; a key names one record. */
function rowChecks(fields: readonly Field[]): StepRecipe[] {
  const steps: StepRecipe[] = []
  if (fields.some((field) => field.range !== undefined)) steps.push({ use: 'table/range', action: 'missing' })
  steps.push({ use: 'table/missing-share' }, { use: 'table/type-check' })
  if (fields.some((field) => field.key)) steps.push({ use: 'table/unique-key' })
  return steps
}

function cleaning(texts: readonly string[], bodies: readonly string[], masked: readonly string[]): StepRecipe[] {
  if (texts.length === 0) return []
  const ofBodies: StepRecipe[] =
    bodies.length === 0
      ? []
      : [
          { use: 'text/fix-encoding-damage', columns: bodies },
          { use: 'text/strip-html', columns: bodies },
        ]
  return [
    { use: 'text/normalize-unicode', columns: texts },
    { use: 'text/strip-control', columns: texts },
    ...ofBodies,
    { use: 'text/collapse-whitespace', columns: texts },
    ...(masked.length === 0 ? [] : [{ use: 'text/mask-identifiers', columns: masked }]),
  ]
}

const judging = (bodies: readonly string[]): StepRecipe[] =>
  bodies.length === 0
    ? []
    : [
        {
          use: 'text/quality',
          columns: bodies,
          maximumSymbolShare: 0.8,
          maximumHashesPerToken: null,
          ngramStrictness: 0.4,
          maximumRepeatedLineShare: 0.5,
          maximumRepeatedLineCharacterShare: 0.4,
        },
      ]

const IMAGE_CHECKS: readonly StepRecipe[] = ['size', 'aspect', 'blur', 'exposure', 'entropy', 'contrast'].map((name) => ({
  use: `image/${name}`,
}))

/** Decimals of a position that tell the district and not the house: about 1.1 km. */
const POSITION_DECIMALS = 2

/** Checks, then nothing that tells of persons: text burned into medical images, metadata inside of the files, exact positions. */
function imageSteps(fields: readonly Field[]): StepRecipe[] {
  const has = (name: string): boolean => fields.some((field) => field.name === name)
  return [
    ...(has('burned_in') ? [{ use: 'image/burned-in' }] : []),
    ...IMAGE_CHECKS,
    { use: 'image/strip-metadata' },
    ...(has('gps_latitude') ? [{ use: 'image/gps-strip', decimals: POSITION_DECIMALS }] : []),
  ]
}
