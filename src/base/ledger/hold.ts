import { fail, type Outcome } from '../problem/index.ts'
import type { Book, Posting, Transaction } from './book.ts'
import { postingInvalid } from './problems.ts'

/** What is known of a transaction before its postings are. */
export type Entry = Pick<Transaction, 'id' | 'key' | 'at'>

/** Account that an amount waits on between order and delivery; its floor is 0. */
export const holdAccount = (hold: string): string => `hold:${hold}`

/** Is it the account of a hold? By this a book's floors know it. */
export const isHold = (account: string): boolean => account.startsWith('hold:')

/** Sets an amount aside. */
export const placeHold = (book: Book, hold: string, { account, currency, minor }: Posting, entry: Entry): Outcome<Transaction> =>
  minor <= 0n
    ? fail(postingInvalid({ at: entry.id, found: `a hold of ${minor}` }))
    : book.post({
        ...entry,
        kind: 'hold',
        postings: [
          { account, currency, minor: -minor },
          { account: holdAccount(hold), currency, minor },
        ],
      })

/**
 * Ends a hold, once: `taken` goes to others, what is left goes back to `account`. Taking more than is held is refused by
 * the floor, ending it again because nothing is left.
 */
export function endHold(
  book: Book,
  hold: string,
  { account, currency, taken }: { account: string; currency: string; taken: readonly Posting[] },
  entry: Entry,
): Outcome<Transaction> {
  const known = book.transactions().find(({ key }) => key === entry.key)
  if (known) return book.post(known)
  const held = book.balance(holdAccount(hold), currency)
  if (held <= 0n) return fail(postingInvalid({ at: entry.id, found: `${hold} holds nothing` }))
  if (taken.some((posting) => posting.minor <= 0n || posting.currency !== currency))
    return fail(postingInvalid({ at: entry.id, found: 'what is taken must be above 0 and of the currency that is held' }))
  const left = held - taken.reduce((sum, { minor }) => sum + minor, 0n)
  const rest: Posting[] = left === 0n ? [] : [{ account, currency, minor: left }]
  if (left < 0n) return fail(postingInvalid({ at: entry.id, found: `${-left} more than ${hold} holds` }))
  return book.post({
    ...entry,
    kind: 'end-hold',
    postings: [{ account: holdAccount(hold), currency, minor: -held }, ...taken, ...rest],
  })
}

/** Is nothing left to be done with it? */
export const isEnded = (book: Book, hold: string, currency: string): boolean => book.balance(holdAccount(hold), currency) === 0n
