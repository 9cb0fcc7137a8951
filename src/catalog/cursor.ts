import { fail, type Outcome, succeed } from '../base/problem/index.ts'
import { cursorInvalid } from './problems.ts'

/** Where the next page begins, as clients pass it on. */
export const cursorOf = (last: string): string => Buffer.from(last, 'utf8').toString('base64url')

/** @param cursor as `cursorOf` gave it; undefined for the first page */
export function readCursor(cursor: string | undefined): Outcome<string | undefined> {
  if (cursor === undefined) return succeed(undefined)
  const last = Buffer.from(cursor, 'base64url').toString('utf8')
  return cursorOf(last) === cursor && last !== '' ? succeed(last) : fail(cursorInvalid({ found: cursor }))
}
