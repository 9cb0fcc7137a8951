/** Reports a present value that is not of its field's type. */
export type Fault = (row: number, code: CoercionCode, found: unknown) => void

/** Codes of the problems that coercion can find in a value. */
export type CoercionCode =
  | 'refine/not-a-number'
  | 'refine/not-an-integer'
  | 'refine/not-a-boolean'
  | 'refine/not-a-date'
  | 'refine/not-json'
  | 'refine/not-media'
  | 'refine/code-unknown'
  | 'refine/required-missing'
  | 'refine/type-inexact'
  | 'refine/key-absent'
