/**
 * First two digits of administrative divisions (GB/T 2260), the codes of Taiwan, Hong Kong and Macau residents' permits
 * (71, 81, 82, 83) included.
 */
const PROVINCES: ReadonlySet<string> = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
)

/** Does a division code begin with a province that exists? @param digits at least two characters */
export const isProvince = (digits: string): boolean => PROVINCES.has(digits.slice(0, 2))

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const FIRST_YEAR = 1900
const LAST_YEAR = 2049

/** Is YYYYMMDD a day of the calendar between 1900 and 2049? */
export function isRealDate(digits: string): boolean {
  const year = Number(digits.slice(0, 4))
  const month = Number(digits.slice(4, 6))
  const day = Number(digits.slice(6, 8))
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR) || month < 1 || month > 12) return false
  if (month === 2 && day === 29) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (DAYS[month - 1] as number)
}

const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const RESIDENT_CHECKS = '10X98765432'

/**
 * Is it a resident ID of the People's Republic: province, date of birth, check digit?
 * @param number 17 digits and a digit or X   Source: GB 11643-1999, ISO 7064 MOD 11-2.
 */
export function isResidentId(number: string): boolean {
  if (number.length !== 18 || !isProvince(number) || !isRealDate(number.slice(6, 14))) return false
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (number.charCodeAt(i) - 0x30) * (RESIDENT_WEIGHTS[i] as number)
  return RESIDENT_CHECKS[sum % 11] === number[17]?.toUpperCase()
}

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const USCC_FORM = /^[1-9AN-Y][1-9A-Z]\d{6}[0-9A-Z]{9}[0-9A-Z]$/

/**
 * Is it a unified social credit code: registering department, division code, check character?
 * Source: GB 32100-2015; base 31, weights 3^(i−1) mod 31.
 */
export function isUscc(code: string): boolean {
  if (!USCC_FORM.test(code) || !isProvince(code.slice(2, 4))) return false
  let sum = 0
  let weight = 1
  for (let i = 0; i < 17; i++) {
    const value = USCC_ALPHABET.indexOf(code[i] as string)
    if (value < 0) return false
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return USCC_ALPHABET[(31 - (sum % 31)) % 31] === code[17]
}

/** Does the last digit check the others? Source: ISO/IEC 7812-1 annex B (Luhn). */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = digits.length - 1, twice = false; i >= 0; i--, twice = !twice) {
    const digit = digits.charCodeAt(i) - 0x30
    sum += twice ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
  }
  return sum % 10 === 0
}
