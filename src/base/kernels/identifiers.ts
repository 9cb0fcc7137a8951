/**
 * identifiers: what names a person, a company or an account in running text.
 * In `identifiers/`:
 *   find-identifiers.ts      findIdentifiers: one pass, all kinds
 *   replace-identifiers.ts   mask, keyed pseudonym, drop
 *   identifier.ts            kinds and what is found
 *   fold-text.ts             full width, invisible characters …, with the way back
 *   number-groups.ts         digits as people group them
 *   check-digits.ts          mod 11-2, base 31, Luhn, calendar
 *   context.ts               words beside a number that decide
 *   phone.ts calling-codes.ts resident-id.ts uscc.ts bank-card.ts passport.ts plate.ts email.ts ip-address.ts secret.ts
 */
export { findIdentifiers } from './identifiers/find-identifiers.ts'
export * from './identifiers/identifier.ts'
export * from './identifiers/replace-identifiers.ts'
