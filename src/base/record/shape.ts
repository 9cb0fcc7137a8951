/** Kinds of JSON values. An `integer` is a number without a fraction. */
export const JSON_KINDS = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'] as const
export type JsonKind = (typeof JSON_KINDS)[number]

/** What a JSON value must look like: the part of JSON Schema (2020-12) that data sets need. What is not said is free. */
export interface Shape {
  readonly type?: JsonKind | readonly JsonKind[] | undefined
  readonly enum?: readonly (string | number | boolean | null)[] | undefined
  /** Characters of a string, blanks at its ends not counted. */
  readonly minLength?: number | undefined
  readonly minItems?: number | undefined
  readonly items?: Shape | undefined
  readonly required?: readonly string[] | undefined
  readonly properties?: Readonly<Record<string, Shape>> | undefined
  readonly anyOf?: readonly Shape[] | undefined
}
