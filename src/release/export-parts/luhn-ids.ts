import { createHash } from 'node:crypto'

/** Numbers that eight digits can tell apart: most records that share an industry and a moment. */
const NUMBERS = 100_000_000

/**
 * Ids as industry code + UTC time (14 digits) + number (8 digits) + check digit, one a record. The number follows from
 * the record's own id; where two would share one, the later takes the next that is free, so the ids depend on the order.
 * @param timeMs the data set's last change   Throws past NUMBERS ids. 12.5 MB.
 * Source: form of an implementer of TC609-5-2025-02, with a random number there; ISO/IEC 7812-1 (Luhn).
 */
export function luhnIds(industry: string, timeMs: number): (id: string) => string {
  const taken = new Uint8Array(NUMBERS / 8)
  const time = new Date(timeMs).toISOString().replace(/\D/g, '').slice(0, 14)
  let given = 0
  return (id) => {
    if (given++ >= NUMBERS) throw new RangeError(`luhnIds: more than ${NUMBERS} records of one moment`)
    let number = createHash('sha256').update(id, 'utf8').digest().readUIntBE(0, 6) % NUMBERS
    while (((taken[number >> 3] as number) >> (number & 7)) & 1) number = (number + 1) % NUMBERS
    taken[number >> 3] = (taken[number >> 3] as number) | (1 << (number & 7))
    const body = `${industry}${time}${String(number).padStart(8, '0')}`
    return body + luhnDigit(body)
  }
}

/** Check digit of a code; letters count as two digits, A = 10 … Z = 35 (as in ISO 6166). */
export function luhnDigit(code: string): string {
  const digits = [...code].map((character) => Number.parseInt(character, 36)).join('')
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const weighted = i % 2 === 0 ? 2 * digit : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return String((10 - (sum % 10)) % 10)
}
