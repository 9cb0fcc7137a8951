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
  const read = fields.filter((field) => field.role === 'text')
  const bodies = read.filter((field) => field.type === 'text').map((field) => field.name)
  // Chats and instructions: markup and white space in them may well be what was asked for, as in code.
  const spoken = read.filter((field) => field.type === 'json').map((field) => field.name)
  // A bare number that names a record looks like a telephone number: such columns are not masked.
  const named = new Set(fields.filter((field) => field.role === 'identifier' || field.key).map((field) => field.name))
  // Measurements that became JSON, such as windows of a series, hold no persons.
  const nested = fields.filter((field) => field.type === 'json' && field.unit === undefined).map((field) => field.name)
  const masked = [...texts, ...nested].filter((name) => !named.has(name))
  const checks: Readonly<Record<Modality, readonly StepRecipe[]>> = {
    text: judging([...bodies, ...spoken]),
    table: rowChecks(fields),
    series: rowChecks(fields),
    image: imageSteps(fields),
    audio: [],
  }
  return [...cleaning(texts, bodies, spoken, masked), ...checks[modality]]
}

/** A value outside of its field's range is no value; a row without any is no record; a key names one record. */
function rowChecks(fields: readonly Field[]): StepRecipe[] {
  const steps: StepRecipe[] = []
  if (fields.some((field) => field.range !== undefined)) steps.push({ use: 'table/range', action: 'missing' })
  steps.push({ use: 'table/missing-share' }, { use: 'table/type-check' })
  if (fields.some((field) => field.key)) steps.push({ use: 'table/unique-key' })
  return steps
}

function cleaning(texts: readonly string[], bodies: readonly string[], spoken: readonly string[], masked: readonly string[]): StepRecipe[] {
  const over = (use: string, columns: readonly string[]): StepRecipe[] => (columns.length === 0 ? [] : [{ use, columns }])
  return [
    ...over('text/normalize-unicode', [...texts, ...spoken]),
    ...over('text/strip-control', [...texts, ...spoken]),
    ...over('text/fix-encoding-damage', [...bodies, ...spoken]),
    ...over('text/strip-html', bodies),
    ...over('text/collapse-whitespace', texts),
    ...over('text/mask-identifiers', masked),
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
