import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Book,
  endHold,
  isEnded,
  isHold,
  mirrored,
  openBook,
  type Posting,
  placeHold,
  splitAmount,
  type Transaction,
} from '../../../src/base/ledger/index.ts'

const at = '2026-11-25T00:00:00.000Z'
const ACCOUNTS = ['world', 'buyer', 'seller', 'platform', 'annotator']
/** Only the world outside may owe. */
const floorOf = (account: string): bigint | undefined => (account === 'world' ? undefined : 0n)

/** What may be asked of a book, sound and unsound. */
type Wish =
  | {
      readonly do: 'move'
      readonly from: number
      readonly to: number
      readonly minor: bigint
      readonly currency: string
      readonly off: bigint
    }
  | { readonly do: 'share'; readonly from: number; readonly minor: bigint; readonly weights: readonly bigint[] }
  | { readonly do: 'reverse'; readonly which: number }
  | { readonly do: 'repeat'; readonly which: number; readonly changed: boolean }
  | { readonly do: 'hold'; readonly minor: bigint; readonly taken: bigint }

const account = fc.nat({ max: ACCOUNTS.length - 1 })
const minor = fc.bigInt({ min: -20n, max: 500n })
const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({
    do: fc.constant('move' as const),
    from: account,
    to: account,
    minor,
    currency: fc.constantFrom('CNY', 'TOKEN-o200k', 'XXX'),
    off: fc.constantFrom(0n, 0n, 0n, 0n, 1n),
  }),
  fc.record({
    do: fc.constant('share' as const),
    from: account,
    minor,
    weights: fc.array(fc.bigInt({ min: 1n, max: 99n }), { minLength: 2, maxLength: 3 }),
  }),
  fc.record({ do: fc.constant('reverse' as const), which: fc.nat({ max: 20 }) }),
  fc.record({ do: fc.constant('repeat' as const), which: fc.nat({ max: 20 }), changed: fc.boolean() }),
  fc.record({ do: fc.constant('hold' as const), minor, taken: minor }),
)

function askFor(book: Book, one: Wish, n: number): void {
  const entry = { id: `t${n}`, key: `k${n}`, at }
  const past = book.transactions()
  const name = (i: number): string => ACCOUNTS[i] as string
  switch (one.do) {
    case 'move':
      book.post({
        ...entry,
        kind: 'move',
        postings: [
          { account: name(one.from), currency: one.currency, minor: -one.minor },
          { account: name(one.to), currency: one.currency, minor: one.minor + one.off },
        ],
      })
      return
    case 'share': {
      const parts = splitAmount(one.minor, one.weights)
      const gains = parts.map((part, i): Posting => ({ account: name(i + 2), currency: 'CNY', minor: part }))
      book.post({ ...entry, kind: 'share', postings: [{ account: name(one.from), currency: 'CNY', minor: -one.minor }, ...gains] })
      return
    }
    case 'reverse': {
      const original = past[one.which % Math.max(1, past.length)]
      if (original) book.post({ ...entry, kind: 'reversal', postings: mirrored(original.postings), reverses: original.id })
      return
    }
    case 'repeat': {
      const original = past[one.which % Math.max(1, past.length)]
      if (!original) return
      const again: Transaction = one.changed
        ? { ...original, kind: `${original.kind}!` }
        : { ...original, id: 'other', at: '2030-01-01T00:00:00.000Z' }
      const answer = book.post(again)
      expect(answer.ok ? answer.value : answer.problem.code).toEqual(one.changed ? 'ledger/key-conflict' : original)
      return
    }
    case 'hold':
      placeHold(book, `h${n}`, { account: 'buyer', currency: 'CNY', minor: one.minor }, entry)
      endHold(
        book,
        `h${n}`,
        { account: 'buyer', currency: 'CNY', taken: one.taken === 0n ? [] : [{ account: 'seller', currency: 'CNY', minor: one.taken }] },
        { id: `e${n}`, key: `ke${n}`, at },
      )
  }
}

describe('a book', () => {
  it('keeps its laws whatever is asked of it', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 60 }), (wishes) => {
        const book = openBook(floorOf)
        for (const [n, one] of wishes.entries()) {
          askFor(book, one, n)
          // No account under its floor at any time, and nothing made from nothing.
          const sums = new Map<string, bigint>()
          for (const { account: name, currency, minor: held } of book.balances()) {
            if (floorOf(name) !== undefined) expect(held).toBeGreaterThanOrEqual(0n)
            sums.set(currency, (sums.get(currency) ?? 0n) + held)
          }
          expect([...sums.values()].every((sum) => sum === 0n)).toBe(true)
        }
        // Replaying the log gives the balances.
        const again = openBook(floorOf)
        for (const transaction of book.transactions()) expect(again.post(transaction).ok).toBe(true)
        expect(again.balances()).toEqual(book.balances())
        // By hand, from the postings alone.
        const byHand = new Map<string, bigint>()
        for (const { postings } of book.transactions())
          for (const posting of postings)
            byHand.set(
              `${posting.account} ${posting.currency}`,
              (byHand.get(`${posting.account} ${posting.currency}`) ?? 0n) + posting.minor,
            )
        for (const [place, sum] of byHand) {
          const [name = '', currency = ''] = place.split(' ')
          expect(book.balance(name, currency)).toBe(sum)
        }
        const reversals = book.transactions().flatMap(({ reverses }) => reverses ?? [])
        expect(new Set(reversals).size).toBe(reversals.length)
      }),
      { numRuns: 200 },
    )
  })

  const move = (id: string, from: string, to: string, amount: bigint, rest: Partial<Transaction> = {}): Transaction => ({
    id,
    key: id,
    kind: 'move',
    at,
    postings: [
      { account: from, currency: 'CNY', minor: -amount },
      { account: to, currency: 'CNY', minor: amount },
    ],
    ...rest,
  })
  const code = (answer: ReturnType<Book['post']>): string => (answer.ok ? 'ok' : answer.problem.code)

  it('says why it refuses, and is then as before', () => {
    const book = openBook(floorOf)
    expect(code(book.post(move('a', 'world', 'buyer', 100n)))).toBe('ok')
    const before = book.balances()
    expect(code(book.post(move('b', 'buyer', 'seller', 101n)))).toBe('ledger/below-floor')
    expect(
      code(
        book.post({
          ...move('c', 'buyer', 'seller', 1n),
          postings: [
            { account: 'buyer', currency: 'CNY', minor: -1n },
            { account: 'seller', currency: 'USD', minor: 1n },
          ],
        }),
      ),
    ).toBe('ledger/unbalanced')
    expect(code(book.post(move('d', 'world', 'buyer', 2n ** 63n)))).toBe('ledger/posting-invalid')
    expect(code(book.post(move('e', 'world', 'buyer', 2n ** 63n - 1n)))).toBe('ledger/posting-invalid')
    expect(code(book.post(move('f', 'buyer', 'seller', 0n)))).toBe('ledger/posting-invalid')
    expect(code(book.post({ ...move('g', 'x', 'y', 1n), postings: [] }))).toBe('ledger/posting-invalid')
    expect(code(book.post(move('h', 'world', 'buyer', 100n, { reverses: 'a' })))).toBe('ledger/reversal-invalid')
    expect(code(book.post(move('i', 'buyer', 'world', 99n, { reverses: 'a' })))).toBe('ledger/reversal-invalid')
    expect(code(book.post(move('a', 'world', 'buyer', 7n, { key: 'new' })))).toBe('ledger/posting-invalid')
    expect(book.balances()).toEqual(before)
    expect(code(book.post(move('j', 'buyer', 'world', 100n, { reverses: 'a' })))).toBe('ok')
    expect(code(book.post(move('k', 'buyer', 'world', 100n, { reverses: 'a' })))).toBe('ledger/reversal-invalid')
    expect(code(book.post(move('l', 'world', 'buyer', 100n, { reverses: 'j' })))).toBe('ledger/reversal-invalid')
  })

  it('sets amounts aside, gives back what is not taken, and ends a hold once', () => {
    const book = openBook((name) => (name === 'world' ? undefined : 0n))
    expect(isHold('hold:x') && !isHold('buyer')).toBe(true)
    book.post(move('in', 'world', 'buyer', 100n))
    expect(placeHold(book, 'o1', { account: 'buyer', currency: 'CNY', minor: 80n }, { id: 'h', key: 'h', at }).ok).toBe(true)
    expect(code(book.post(move('spend', 'buyer', 'seller', 30n)))).toBe('ledger/below-floor')
    const taken = [{ account: 'seller', currency: 'CNY', minor: 50n }]
    const end = (key: string, what = taken) => endHold(book, 'o1', { account: 'buyer', currency: 'CNY', taken: what }, { id: key, key, at })
    expect(end('more', [{ account: 'seller', currency: 'CNY', minor: 81n }]).ok).toBe(false)
    expect(end('other', [{ account: 'seller', currency: 'USD', minor: 1n }]).ok).toBe(false)
    const done = end('end')
    expect(done.ok).toBe(true)
    expect(end('end')).toEqual(done)
    expect(end('again').ok).toBe(false)
    expect([book.balance('buyer', 'CNY'), book.balance('seller', 'CNY'), isEnded(book, 'o1', 'CNY')]).toEqual([50n, 50n, true])
  })
})
