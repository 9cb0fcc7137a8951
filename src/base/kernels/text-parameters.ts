import { z } from 'zod'
import type { IdentifierKind } from './identifiers.ts'
import { IDENTIFIER_ACTIONS, IDENTIFIER_TAGS } from './identifiers.ts'

/** Columns that a text operator reads. */
export const textColumns = z.array(z.string().min(1)).min(1).default(['text'])

/** UTF-16 code units under which a filter does not judge: titles, answers and cells are honest and short. */
export const minimumLength = (units: number): z.ZodDefault<z.ZodNumber> => z.number().int().nonnegative().default(units)

/** A limit of a filter; null switches the rule off. */
export const limit = (value: number | null): z.ZodDefault<z.ZodNullable<z.ZodNumber>> => z.number().nonnegative().nullable().default(value)

export const identifierAction = z.enum(IDENTIFIER_ACTIONS).default('mask')

/** Parameters of an operator that replaces one kind of identifier. */
export const identifierParameters = (kind: IdentifierKind) =>
  z.strictObject({ columns: textColumns, action: identifierAction, mask: z.string().default(`<${IDENTIFIER_TAGS[kind]}>`) })
