import type { JsonKind, Shape } from '../record/index.ts'

/** Where a value departs from its shape, and the rule that it breaks. */
export interface ShapeFault {
  /** Path as in `[0].media_type`; empty for the value itself. List items have no number, so that equal faults are told together. */
  readonly at: string
  readonly rule: keyof Shape
}

function kindsOf(value: unknown): readonly JsonKind[] {
  if (value === null) return ['null']
  if (Array.isArray(value)) return ['array']
  if (typeof value === 'number') return Number.isInteger(value) ? ['number', 'integer'] : ['number']
  if (typeof value === 'string' || typeof value === 'boolean') return [typeof value as 'string' | 'boolean']
  return ['object']
}

/**
 * The first departure of a JSON value from a shape; undefined where it fits. O(size of the value · alternatives); as deep
 * as the shape, however deep the value.
 * @param value as JSON.parse gives it
 */
export function shapeFault(value: unknown, shape: Shape, at = ''): ShapeFault | undefined {
  const { type, enum: allowed } = shape
  const types = type === undefined ? undefined : [type].flat()
  if (types && !kindsOf(value).some((kind) => types.includes(kind))) return { at, rule: 'type' }
  if (allowed && !allowed.some((one) => one === value)) return { at, rule: 'enum' }
  if (shape.anyOf && !shape.anyOf.some((one) => shapeFault(value, one, at) === undefined)) return { at, rule: 'anyOf' }
  if (typeof value === 'string') return value.trim().length < (shape.minLength ?? 0) ? { at, rule: 'minLength' } : undefined
  if (Array.isArray(value)) return listFault(value, shape, at)
  return typeof value === 'object' && value !== null ? memberFault(value, shape, at) : undefined
}

function listFault(list: readonly unknown[], { minItems, items }: Shape, at: string): ShapeFault | undefined {
  if (list.length < (minItems ?? 0)) return { at, rule: 'minItems' }
  for (const item of items ? list : []) {
    const fault = shapeFault(item, items as Shape, `${at}[]`)
    if (fault) return fault
  }
  return undefined
}

function memberFault(value: object, { required, properties }: Shape, at: string): ShapeFault | undefined {
  const path = (name: string): string => (at === '' ? name : `${at}.${name}`)
  const absent = required?.find((name) => !Object.hasOwn(value, name))
  if (absent !== undefined) return { at: path(absent), rule: 'required' }
  for (const [name, inner] of Object.entries(properties ?? {})) {
    const fault = Object.hasOwn(value, name) ? shapeFault(value[name as keyof typeof value], inner, path(name)) : undefined
    if (fault) return fault
  }
  return undefined
}
