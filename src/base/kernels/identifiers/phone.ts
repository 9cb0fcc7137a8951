import { callingCode } from './calling-codes.ts'
import { isInUrl, isItemNumber, isLatin, textAfter, textBefore } from './context.ts'
import type { Report } from './identifier.ts'
import type { NumberGroups } from './number-groups.ts'
import { Gap } from './number-groups.ts'
import { CN_MOBILE, CN_NATIONAL, domesticPhone, hasPhoneWord } from './phone-forms.ts'

const PLUS = 0x2b
const AT = 0x40
const OPEN = 0x28
const POINT = 0x2e

const NANP_NATIONAL = /^[2-9]\d{2}[2-9]\d{6}$/

/** Letters that may touch a number: `Tel13812345678`. */
const PHONE_LABEL = /(?:^|[^A-Za-z])(?:tel|phone|mobile|mob|cell|ph|fax|t|m|wx|vx|whatsapp|wechat)$/i
/** Right after a number: an amount, not a telephone. */
const AMOUNT_UNIT = /^\s?(?:[元万亿吨件次票股台辆米克升]|个(?!人)|%|美元|欧元|人民币|rmb|usd|cny|kg|bytes?\b)/i
/** 415-555-2671x22, 415-555-2671ext. 22 */
const EXTENSION = /^(?:x\d|ext)/i
/** 15516000000 in a balance sheet. */
const ROUND_AMOUNT = /^\d{6}0{5}$/
/** A row of digits may hold this many groups of one number: `+86 (0) 755 - 8888 - 9999`. */
const MOST_GROUPS = 6
const MOST_DIGITS = 15

/**
 * Reports the telephone number that begins at a group, if one does.
 * @returns how many groups it takes; 0 for none
 */
export function scanPhone(groups: NumberGroups, group: number, report: Report): number {
  const taken = international(groups, group) || domesticPhone(groups, group)
  if (taken === 0) return 0
  const start = numberStart(groups, group, taken)
  if (isRefused(groups, group, taken, start)) return 0
  report('phone', start, groups.end(group + taken - 1))
  return taken
}

/** Where the number begins for a reader: a plus sign belongs to it, and a bracket that closes inside it. */
function numberStart(groups: NumberGroups, group: number, taken: number): number {
  const { text } = groups
  let start = groups.start(group)
  if (text.charCodeAt(start - 1) === PLUS) start--
  const closesInside = taken > 1 && text.slice(groups.end(group), groups.start(group + 1)).includes(')')
  return closesInside && text.charCodeAt(start - 1) === OPEN ? start - 1 : start
}

function isRefused(groups: NumberGroups, group: number, taken: number, start: number): boolean {
  const { text } = groups
  const end = groups.end(group + taken - 1)
  const before = text.charCodeAt(start - 1)
  const after = text.charCodeAt(end)
  if ((isLatin(after) && !EXTENSION.test(textAfter(text, end, 5))) || after === AT) return true
  if (isLatin(before) && !PHONE_LABEL.test(textBefore(text, start, 12))) return true
  if (groups.gap(group - 1) === Gap.dot || groups.gap(group + taken - 1) === Gap.dot) return true
  if (before === POINT && groups.start(group) === start && /\d\.$/.test(textBefore(text, start, 2))) return true
  if (taken === 1 && ROUND_AMOUNT.test(groups.digits(group)) && !hasPhoneWord(groups, group)) return true
  if (AMOUNT_UNIT.test(textAfter(text, end, 6))) return true
  return isItemNumber(text, start) || isInUrl(text, start)
}

/** Digits before the calling code: none after a plus sign that begins a number, two where 00 stands for it; -1 for neither. */
function dialPrefix(groups: NumberGroups, group: number): number {
  const sign = groups.start(group) - 1
  if (groups.text.charCodeAt(sign) === PLUS) return /[\dA-Za-z)]$/.test(textBefore(groups.text, sign, 1)) ? -1 : 0
  return groups.text.startsWith('00', sign + 1) && groups.size(group) >= 3 ? 2 : -1
}

/** `+` or `00`, a calling code and a national number of its length: ITU-T E.164. */
function international(groups: NumberGroups, group: number): number {
  const prefix = dialPrefix(groups, group)
  if (prefix < 0) return 0
  let size = 0
  let taken = 0
  for (let n = 1; n <= MOST_GROUPS; n++) {
    const last = group + n - 1
    size += groups.size(last)
    if (size > MOST_DIGITS + prefix) break
    const digits = groups.digits(group, n).slice(prefix)
    // Many codes begin with 00; alone they are numbers only for China or after a word that says so.
    const isDoubtful = prefix > 0 && n === 1 && !/^8(?:6|52|53)/.test(digits) && !hasPhoneWord(groups, group)
    if (!isDoubtful && isInternational(digits, n > 1)) taken = n
    if (groups.gap(last) === Gap.none || groups.gap(last) === Gap.dot) break
  }
  return taken
}

/** @param grouped gaps show that it is a number to dial; without them a shorter one is an amount */
function isInternational(digits: string, grouped: boolean): boolean {
  const calling = callingCode(digits)
  if (!calling) return false
  const national = digits.slice(calling.code.length)
  if (calling.code === '86') return CN_NATIONAL.test(national)
  if (calling.code === '1') return NANP_NATIONAL.test(national)
  // Many write the trunk zero: +44 (0) 20 7946 0958.
  const size = national.startsWith('0') && grouped ? national.length - 1 : national.length
  return size >= calling.lengths[0] && size <= calling.lengths[1] && digits.length >= (grouped ? 9 : 10)
}

/** A telephone number as one string for all its spellings: digits with the calling code where it is known. */
export function canonicalPhone(written: string): string {
  const digits = written.replace(/\D/g, '')
  const international = written.includes('+') || digits.startsWith('00')
  if (!international) return CN_MOBILE.test(digits) ? `86${digits}` : digits
  return digits.replace(/^00/, '')
}
