import type { Field } from '../../base/record/index.ts'
import { compareCodeUnits } from '../../base/record/index.ts'
import { classField } from '../annotations/annotated-fields.ts'
import type { ExportTable } from '../export-form.ts'
import { readTable } from './export-tables.ts'
import { plainText } from './plain-value.ts'

/** Classes of a table: the field that names them, and each class's number. */
export interface ClassNames {
  readonly field: Field
  readonly names: readonly string[]
  readonly numberOf: ReadonlyMap<string, number>
}

/** More different labels than this are no classes. */
export const MAX_CLASSES = 10_000

/** Reads through a table to find its classes; undefined where it has no class label, or more than MAX_CLASSES. */
export async function classNames(table: ExportTable): Promise<ClassNames | undefined> {
  const field = classField(table)
  if (!field) return undefined
  const found = new Set<string>()
  for await (const { batch } of readTable(table)) {
    const column = batch.columns.get(field.name)
    for (let row = 0; row < batch.ids.length; row++) {
      const label = plainText(field, column, row)
      if (label !== null && label !== '') found.add(label)
    }
    if (found.size > MAX_CLASSES) return undefined
  }
  return { field, ...inOrder(declaredCodes(table, field), found) }
}

/** Codes that the field may take, in the order in which they are declared. */
export const declaredCodes = (table: ExportTable, field: Field): readonly string[] =>
  field.codes ?? table.codes.get(field.codeList ?? '') ?? []

/** Classes as declared, then what else was found: numbers by value, then texts by code units. */
export function inOrder(declared: readonly string[], found: ReadonlySet<string>): Pick<ClassNames, 'names' | 'numberOf'> {
  const known = new Set(declared)
  const others = [...found].filter((name) => !known.has(name)).sort(byValue)
  const names = [...known, ...others]
  return { names, numberOf: new Map(names.map((name, number) => [name, number])) }
}

function byValue(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)]
  if (x !== y && !Number.isNaN(x) && !Number.isNaN(y)) return x - y
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1
  return compareCodeUnits(a, b)
}
