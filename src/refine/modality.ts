import type { Modality } from '../base/recipe/index.ts'
import type { Field } from '../base/record/index.ts'

/** What kind of data a table holds, from its fields: images, recordings, a time series, texts, or rows. */
export function modalityOf(fields: readonly Field[], declared: Modality | 'auto'): Modality {
  if (declared !== 'auto') return declared
  if (fields.some((field) => field.role === 'image')) return 'image'
  const time = fields.find((field) => field.role === 'time')
  const others = fields.filter((field) => field !== time)
  const measured = others.filter((field) => field.type === 'number' || field.type === 'integer').length
  if (time && measured > 0 && measured * 2 >= others.length) return 'series'
  return fields.some((field) => field.role === 'text') ? 'text' : 'table'
}
