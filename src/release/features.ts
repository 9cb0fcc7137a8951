import type { Field } from '../base/record/index.ts'

/** Hugging Face feature of a field: images and recordings are declared, so that `datasets` decodes them. */
export function featureOf(field: Field): unknown {
  if (field.type !== 'media') return undefined
  return field.role === 'image' || /image|picture|photo|图/i.test(field.name) ? { _type: 'Image' } : { _type: 'Audio' }
}
