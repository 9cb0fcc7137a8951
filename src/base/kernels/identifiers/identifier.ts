/**
 * Kinds of identifiers, in the order in which they win where two lie over each other.
 * `phone` holds mobile and fixed numbers of all countries; `passport` holds travel permits too.
 */
export const IDENTIFIER_KINDS = ['secret', 'email', 'resident-id', 'uscc', 'bank-card', 'phone', 'passport', 'plate', 'ip'] as const

export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number]

/** One identifier of a person, a company or an account: UTF-16 offsets [start, end) in the text as given. */
export interface Identifier {
  readonly kind: IdentifierKind
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Takes what a scanner found, with offsets in the folded text. */
export type Report = (kind: IdentifierKind, start: number, end: number) => void

export interface IdentifierOptions {
  /** Also finds resident IDs of the old form with 15 digits, which have no check digit. */
  readonly oldResidentId?: boolean
}
