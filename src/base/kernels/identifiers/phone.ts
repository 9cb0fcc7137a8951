import { callingCode } from './calling-codes.ts'
import { isInUrl, isItemNumber, isLatin, textAfter, textBefore } from './context.ts'
import type { Report } from './identifier.ts'
import type { NumberGroups } from './number-groups.ts'
import { Gap } from './number-groups.ts'

const PLUS = 0x2b
const AT = 0x40
const OPEN = 0x28
const POINT = 0x2e

const CN_MOBILE = /^1[3-9]\d{9}$/
/** Area code (two digits after 0 only for 010, 02x) and a subscriber number that does not begin with 0 or 1. */
const CN_LANDLINE = /^(?:0(?:10|2\d)[2-9]\d{7}|0[3-9]\d{2}[2-9]\d{6,7})$/
const CN_NATIONAL = /^(?:1[3-9]\d{9}|0?(?:10|2\d)[2-9]\d{7}|0?[3-9]\d{2}[2-9]\d{6,7})$/
const TW_MOBILE = /^09\d{8}$/
const NANP = /^(?!400|800|[2-9]11)[2-9]\d{2}[2-9]\d{6}$/
const NANP_BRACKETED = /^[2-9]\d{2}[2-9]\d{6}$/

const PHONE_WORD =
  /(?:电话|手机|座机|固话|传真|热线|号码|联系|致电|拨打|来电|微信|tel|phone|mobile|cell|call|fax|dial|whatsapp|wechat|contact|ph)[^\d]{0,10}$/i
/** Letters that may touch a number: `Tel13812345678`. */
const PHONE_LABEL = /(?:^|[^A-Za-z])(?:tel|phone|mobile|mob|cell|ph|fax|t|m|wx|vx|whatsapp|wechat)$/i
/** Right after a number: an amount, not a telephone. */
const AMOUNT_UNIT = /^\s?(?:[元万亿吨件次票股台辆米克升]|个(?!人)|%|美元|欧元|人民币|rmb|usd|cny|kg|bytes?\b)/i
const MOBILE_ROWS = [
  [3, 4, 4],
  [3, 8],
  [7, 4],
]
/** A row of digits may hold this many groups of one number: `+86 (0) 755 - 8888 - 9999`. */
const MOST_GROUPS = 6
const MOST_DIGITS = 15

/**
 * Reports the telephone number that begins at a group, if one does.
 * @returns how many groups it takes; 0 for none
 */
export function scanPhone(groups: NumberGroups, group: number, report: Report): number {
  const taken = international(groups, group) || domestic(groups, group)
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
  if (isLatin(after) || after === AT) return true
  if (isLatin(before) && !PHONE_LABEL.test(textBefore(text, start, 12))) return true
  if (groups.gap(group - 1) === Gap.dot || groups.gap(group + taken - 1) === Gap.dot) return true
  if (before === POINT && groups.start(group) === start && /\d\.$/.test(textBefore(text, start, 2))) return true
  if (AMOUNT_UNIT.test(textAfter(text, end, 6))) return true
  return isItemNumber(text, start) || isInUrl(text, start)
}

/** `+` or `00`, a calling code and a national number of its length: ITU-T E.164. */
function international(groups: NumberGroups, group: number): number {
  const { text } = groups
  const before = text.charCodeAt(groups.start(group) - 1)
  const plus = before === PLUS
  if (plus) {
    const sign = groups.start(group) - 1
    if (/[\dA-Za-z)]$/.test(textBefore(text, sign, 1))) return 0
  }
  const first = groups.digits(group)
  if (!plus && !first.startsWith('00')) return 0
  let size = 0
  let best = 0
  for (let n = 1; n <= MOST_GROUPS && groups.size(group + n - 1) > 0; n++) {
    size += groups.size(group + n - 1)
    if (size > MOST_DIGITS + (plus ? 0 : 2)) break
    const digits = groups.digits(group, n).slice(plus ? 0 : 2)
    if (isInternational(digits, n > 1)) best = n
    if (groups.gap(group + n - 1) === Gap.none || groups.gap(group + n - 1) === Gap.dot) break
  }
  return best
}

/** @param grouped gaps show that it is a number to dial; without them a shorter one is an amount */
function isInternational(digits: string, grouped: boolean): boolean {
  const calling = callingCode(digits)
  if (!calling) return false
  const national = digits.slice(calling.code.length)
  if (calling.code === '86') return CN_NATIONAL.test(national)
  if (calling.code === '1') return NANP_BRACKETED.test(national)
  // Many write the trunk zero: +44 (0) 20 7946 0958.
  const size = national.startsWith('0') && grouped ? national.length - 1 : national.length
  return size >= calling.lengths[0] && size <= calling.lengths[1] && digits.length >= (grouped ? 9 : 10)
}

/** Numbers as they are written inside one country. */
function domestic(groups: NumberGroups, group: number): number {
  if (groups.size(group) === 2 && groups.digits(group) === '86' && groups.gap(group) !== Gap.none) {
    const rest = mobile(groups, group + 1) || landline(groups, group + 1)
    return rest > 0 ? rest + 1 : 0
  }
  if (isTiedBefore(groups, group)) return 0
  return mobile(groups, group) || landline(groups, group) || northAmerican(groups, group) || neighbours(groups, group)
}

/** A hyphen before ties the digits to a longer code, unless another whole number stands there. */
function isTiedBefore(groups: NumberGroups, group: number): boolean {
  const before = groups.size(group - 1)
  return groups.gap(group - 1) === Gap.hyphen && before !== 11 && before !== 8 && before !== 7
}

/** 13812345678, 8613812345678, 138-1234-5678, 138 1234 5678, 138 12345678, 1381234 5678. */
function mobile(groups: NumberGroups, group: number): number {
  const size = groups.size(group)
  if (size === 11) return CN_MOBILE.test(groups.digits(group)) ? 1 : 0
  if (size === 13) return /^861[3-9]\d{9}$/.test(groups.digits(group)) ? 1 : 0
  if ((size !== 3 && size !== 7) || groups.gap(group) === Gap.dot) return 0
  for (const sizes of MOBILE_ROWS) {
    if (!groups.isRow(group, sizes)) continue
    if (CN_MOBILE.test(groups.digits(group, sizes.length)) && !isInLongerRow(groups, group, sizes.length)) return sizes.length
  }
  return 0
}

/** Do more groups of digits follow or go before with the same gap, so that this is a row of a table or a longer code? */
function isInLongerRow(groups: NumberGroups, group: number, taken: number): boolean {
  const inner = groups.gap(group)
  const isNeighbour = (size: number, digits: string): boolean => size > 0 && size !== 11 && !(size === 3 && /^1[3-9]/.test(digits))
  const after = group + taken
  if (groups.gap(after - 1) === inner && isNeighbour(groups.size(after), groups.digits(after, groups.size(after) > 0 ? 1 : 0))) return true
  const before = group - 1
  if (groups.gap(before) !== inner || before < 0) return false
  const isEndOfMobile = before >= 2 && CN_MOBILE.test(groups.digits(before - 2, 3))
  return groups.size(before) !== 11 && groups.digits(before) !== '86' && !isEndOfMobile
}

/** 010-65529988, (0755) 8888 9999, 0571 8765 4321; without a gap only after a word that says telephone. */
function landline(groups: NumberGroups, group: number): number {
  const size = groups.size(group)
  if (size < 3 || size > 12 || groups.text[groups.start(group)] !== '0') return 0
  if (size >= 11) return CN_LANDLINE.test(groups.digits(group)) && hasPhoneWord(groups, group) ? 1 : 0
  if (size > 4) return 0
  const gap = groups.gap(group)
  if (gap === Gap.none || gap === Gap.dot) return 0
  for (const n of [2, 3]) {
    const number = groups.size(group + 1) + (n === 3 ? groups.size(group + 2) : 0)
    if (number < 7 || number > 8 || (n === 3 && groups.size(group + 2) !== 4)) continue
    if (!CN_LANDLINE.test(groups.digits(group, n))) continue
    if (gap === Gap.space && groups.size(group - 1) > 0 && !hasPhoneWord(groups, group)) return 0
    return n
  }
  return 0
}

/** (415) 555-2671, 415-555-2671, 415.555.2671, 1-415-555-2671; with spaces only after a word that says telephone. */
function northAmerican(groups: NumberGroups, group: number): number {
  const lead = groups.size(group) === 1 && groups.digits(group) === '1' ? 1 : 0
  const area = group + lead
  if (groups.size(area) !== 3 || groups.size(area + 1) !== 3 || groups.size(area + 2) !== 4) return 0
  if (area + 2 >= groups.count) return 0
  const digits = groups.digits(area, 3)
  const gap = groups.gap(area)
  const bracketed = gap === Gap.bracket && groups.text.charCodeAt(groups.start(area) - 1) === OPEN
  if (bracketed) return NANP_BRACKETED.test(digits) && groups.gap(area + 1) !== Gap.none ? lead + 3 : 0
  if (groups.gap(area + 1) !== gap || !NANP.test(digits) || gap === Gap.bracket) return 0
  if (isTied(groups, group - 1, gap) || isTied(groups, area + 2, gap)) return 0
  if (gap === Gap.space) return hasPhoneWord(groups, group) ? lead + 3 : 0
  return lead + 3
}

/** Does the gap after a group tie it to the next with the same sign? */
const isTied = (groups: NumberGroups, group: number, gap: number): boolean => group >= 0 && groups.gap(group) === gap && gap !== Gap.space

/** Hong Kong and Macau with their code but no plus, Taiwan mobile numbers. */
function neighbours(groups: NumberGroups, group: number): number {
  const size = groups.size(group)
  const first = groups.digits(group)
  if (size === 3 && (first === '852' || first === '853')) {
    const gap = groups.gap(group)
    const number = groups.size(group + 1) === 8 ? 1 : groups.size(group + 1) === 4 && groups.size(group + 2) === 4 ? 2 : 0
    if (number === 0 || gap === Gap.dot || !/^[2-9]/.test(groups.digits(group + 1))) return 0
    return gap !== Gap.space || hasPhoneWord(groups, group) ? number + 1 : 0
  }
  if (size === 10) return TW_MOBILE.test(first) && hasPhoneWord(groups, group) ? 1 : 0
  if (size !== 4 || !first.startsWith('09') || groups.gap(group) !== Gap.hyphen) return 0
  if (groups.size(group + 1) === 6 && TW_MOBILE.test(groups.digits(group, 2))) return 2
  return groups.isRow(group, [4, 3, 3]) && TW_MOBILE.test(groups.digits(group, 3)) ? 3 : 0
}

const hasPhoneWord = (groups: NumberGroups, group: number): boolean => PHONE_WORD.test(textBefore(groups.text, groups.start(group)))

/** A telephone number as one string for all its spellings: digits with the calling code where it is known. */
export function canonicalPhone(written: string): string {
  const digits = written.replace(/\D/g, '')
  const international = written.includes('+') || digits.startsWith('00')
  if (!international) return CN_MOBILE.test(digits) ? `86${digits}` : digits
  return digits.replace(/^00/, '')
}
