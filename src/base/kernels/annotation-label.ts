/** Members under which annotation tools keep what a box or span is. */
const LABEL_NAMES = [
  'label',
  'category',
  'class',
  'category_name',
  'class_name',
  'name',
  'type',
  'tag',
  'entity',
  'entity_group',
  'labels',
  'category_id',
  'class_id',
]

/** Members of a JSON object, none of them inherited. */
export const membersOf = (value: object): ReadonlyMap<string, unknown> => new Map(Object.entries(value))

/** What an annotation says that its object is; undefined where it says nothing. */
export function labelOf(members: ReadonlyMap<string, unknown>): string | undefined {
  for (const name of LABEL_NAMES) {
    const found = members.get(name)
    const value: unknown = Array.isArray(found) ? found[0] : found
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  }
  return undefined
}

/** Labels that stand beside a list of boxes, one a box; undefined where there are none. */
export function labelsBeside(members: ReadonlyMap<string, unknown>, count: number): string[] | undefined {
  for (const name of LABEL_NAMES) {
    const found = members.get(name)
    if (Array.isArray(found) && found.length === count) return found.map(String)
  }
  return undefined
}

/** Is it a list of finite numbers? */
export const areNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isFinite(item))
