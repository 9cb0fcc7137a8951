import { z } from 'zod'
import { decimalsOf, parseMoney } from '../base/ledger/index.ts'

/** A currency that prices can be in. */
export const currency = z.string().refine((code) => /^[A-Z]{3}$/.test(code) && decimalsOf(code) !== undefined, 'no such currency')

/** An amount as people write it: `12.30`. */
export const amount = z.string().regex(/^\d{1,12}(?:\.\d{1,2})?$/, 'an amount such as 12.30')

/** In the smallest unit of the currency. Throws for what the terms' check lets by: an amount finer than its currency. */
export function minorOf(text: string, code: string): bigint {
  const parsed = parseMoney(text, code)
  if (!parsed.ok) throw new RangeError(parsed.problem.message.en)
  return parsed.value.minor
}

/** Terms with a currency whose amounts are no finer than it. */
export const priced = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject({ currency, ...shape }).superRefine((terms: Record<string, unknown>, context) => {
    const code = String(terms['currency'])
    for (const [name, value] of Object.entries(terms))
      if (/^price/.test(name) && typeof value === 'string' && decimalsOf(code) !== undefined && !parseMoney(value, code).ok)
        context.addIssue({ code: 'custom', path: [name], message: `finer than ${code} is` })
  })
