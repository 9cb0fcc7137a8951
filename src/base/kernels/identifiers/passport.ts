import { isRealDate } from './check-digits.ts'
import { isInUrl, isItemNumber, textBefore } from './context.ts'
import type { Report } from './identifier.ts'

/** Ordinary passports since 2012: E and 8 digits, or E, a letter and 7 digits. */
const ORDINARY = /^E(?:\d{8}|[A-HJ-NP-Z]\d{7})$/
/** Older, diplomatic, service, Hong Kong and Macau passports, permits; the same form as many part numbers. */
const CHINESE = /^(?:[EGDSPKHMWCT]\d{8}|(?:[DSP]E|MA|[KHC][A-Z]|E[A-Z])\d{7}|[HM]\d{10}|1[45]\d{7})$/
/** Passports of other countries: six to nine characters, mostly digits (ICAO Doc 9303: up to nine). */
const FOREIGN = /^(?=[A-Z0-9]{6,9}$)[A-Z]{0,2}\d{6,9}$/

const NEAR_WORD = /(?:护照|通行证|回乡证|台胞证|旅行证|签证|passport|travel (?:document|permit)|visa)[^\n]{0,20}$/i
const RIGHT_AFTER_WORD =
  /(?:护照|通行证|回乡证|台胞证|旅行证|passport|travel (?:document|permit))\s?(?:本|证)?(?:号码?|编号|证号|number|no\.?|#)?[\s:为是#(]{0,3}(?:is )?$/i
const PART_OF_CODE = /[-_/.#]/

/**
 * Reports a run of letters and digits that is a passport or travel permit. An ordinary Chinese passport stands for
 * itself unless it looks like a date or a part number; all others need a word such as 护照 before them.
 */
export function scanPassport(text: string, start: number, end: number, report: Report): void {
  const size = end - start
  if (size < 6 || size > 11) return
  const number = text.slice(start, end)
  const isChinese = CHINESE.test(number)
  if (!isChinese && !FOREIGN.test(number)) return
  const before = textBefore(text, start, 40)
  if (RIGHT_AFTER_WORD.test(before)) report('passport', start, end)
  else if (isChinese && !isItemNumber(text, start) && (NEAR_WORD.test(before) || standsAlone(text, start, end, number))) {
    report('passport', start, end)
  }
}

/** Is it an ordinary passport that nothing makes a part number, a date or a piece of an address? */
const standsAlone = (text: string, start: number, end: number, number: string): boolean =>
  ORDINARY.test(number) &&
  !/^E0{3}/.test(number) &&
  !isRealDate(number.slice(1)) &&
  !PART_OF_CODE.test(text[start - 1] ?? '') &&
  !PART_OF_CODE.test(codeAfter(text, end)) &&
  !isInUrl(text, start)

/** The sign after a number where a letter or digit follows it; a full stop at the end of a sentence is none. */
const codeAfter = (text: string, end: number): string => (/[A-Za-z0-9]/.test(text[end + 1] ?? '') ? (text[end] ?? '') : '')
