import { fail, type Outcome, succeed } from '../problem/index.ts'
import { amountInvalid, currencyUnknown } from './problems.ts'

/** Decimals of each currency (ISO 4217); tokens of a tokenizer are a currency of their own, without any. */
const DECIMALS: Readonly<Record<string, number>> = { CNY: 2, USD: 2, EUR: 2, HKD: 2, JPY: 0 }
const TOKENS = /^TOKEN-[a-z0-9-]{1,40}$/

/** Largest amount: what a bigint column of PostgreSQL holds. */
export const MOST_MINOR = 2n ** 63n - 1n

/** An amount in the smallest unit of its currency (fen, cent, token). */
export interface Money {
  readonly currency: string
  readonly minor: bigint
}

/** Decimals of a currency; undefined for one that there is not. */
export function decimalsOf(currency: string): number | undefined {
  if (TOKENS.test(currency)) return 0
  return Object.hasOwn(DECIMALS, currency) ? DECIMALS[currency] : undefined
}

/** Is the amount one that can be kept? */
export const isKeepable = (minor: bigint): boolean => minor >= -MOST_MINOR && minor <= MOST_MINOR

/** Reads an amount such as `12.30`, exactly: nothing is rounded. */
export function parseMoney(text: string, currency: string): Outcome<Money> {
  const decimals = decimalsOf(currency)
  if (decimals === undefined) return fail(currencyUnknown({ found: currency, expected: [...Object.keys(DECIMALS), 'TOKEN-…'].join(', ') }))
  const { sign, whole, fraction = '' } = /^(?<sign>-?)(?<whole>\d{1,19})(?:\.(?<fraction>\d+))?$/.exec(text)?.groups ?? {}
  const minor = whole === undefined || fraction.length > decimals ? undefined : BigInt(`${sign}${whole}${fraction.padEnd(decimals, '0')}`)
  if (minor === undefined || !isKeepable(minor))
    return fail(amountInvalid({ found: text, expected: decimals === 0 ? '12' : `12.${'3'.padEnd(decimals, '0')}` }))
  return succeed({ currency, minor })
}

/** The amount as people write it, with all decimals of its currency: `-0.05 CNY`. */
export function formatMoney({ currency, minor }: Money): string {
  const decimals = decimalsOf(currency) ?? 0
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0')
  const point = digits.length - decimals
  const amount = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return `${minor < 0n ? '-' : ''}${amount} ${currency}`
}

/**
 * Splits an amount by weights so that the parts sum to it exactly: each gets the whole units of its share, and units that
 * are left go to the largest remainders, of equal ones to the first. Source: Hamilton's method (largest remainder).
 * @param weights none negative, not all 0
 */
export function splitAmount(minor: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((total, weight) => total + weight, 0n)
  if (sum <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('splitAmount: weights must not be negative nor all 0')
  const [sign, size] = minor < 0n ? [-1n, -minor] : [1n, minor]
  const parts = weights.map((weight) => (size * weight) / sum)
  const remainders = weights.map((weight, at) => ({ at, left: (size * weight) % sum }))
  const left = Number(size - parts.reduce((total, part) => total + part, 0n))
  remainders.sort((a, b) => (a.left === b.left ? a.at - b.at : a.left > b.left ? -1 : 1))
  for (const { at } of remainders.slice(0, left)) parts[at] = (parts[at] as bigint) + 1n
  return parts.map((part) => sign * part)
}
