import type { Field } from '../../base/record/index.ts'
import type { ExportTable } from '../export-form.ts'
import { featureOf } from '../features.ts'

type Described = Pick<ExportTable, 'fields' | 'target'>

/** The field that says what a record is: of role `label`, else the one that the recipe's task predicts. */
export const labelField = ({ fields, target }: Described): Field | undefined =>
  fields.find((field) => field.role === 'label') ?? fields.find((field) => field.name === target)

const CLASS_TYPES: ReadonlySet<string> = new Set(['category', 'text', 'boolean', 'integer'])

/** The label field where it names a class. */
export function classField(table: Described): Field | undefined {
  const label = labelField(table)
  return label && CLASS_TYPES.has(label.type) ? label : undefined
}

const mediaField = (table: Described, feature: 'Image' | 'Audio'): Field | undefined =>
  table.fields.find((field) => field.type === 'media' && (featureOf(field) as { readonly _type?: string })._type === feature)

export const imageField = (table: Described): Field | undefined => mediaField(table, 'Image')
export const audioField = (table: Described): Field | undefined => mediaField(table, 'Audio')

/** Texts of a record: fields of role `text`, else of type `text` that no other role claims. */
export function textFields({ fields }: Described): Field[] {
  const named = fields.filter((field) => field.role === 'text' && (field.type === 'text' || field.type === 'category'))
  return named.length > 0 ? named : fields.filter((field) => field.type === 'text' && field.role === undefined)
}
