import { isRealDate } from './check-digits.ts'
import { textBefore } from './context.ts'
import type { NumberGroups } from './number-groups.ts'
import { Gap } from './number-groups.ts'

export const CN_MOBILE = /^1[3-9]\d{9}$/
/** What may follow the calling code 86: a mobile or fixed number, the trunk zero kept or not. */
export const CN_NATIONAL = /^(?:1[3-9]\d{9}|0?(?:10|2\d)[2-9]\d{7}|0?[3-9]\d{2}[2-9]\d{6,7})$/
/** Area code (two digits after 0 only for 010, 02x) and a subscriber number that does not begin with 0 or 1. */
const CN_LANDLINE = /^0(?:(?:10|2\d)[2-9]\d{7}|[3-9]\d{2}[2-9]\d{6,7})$/
const TW_MOBILE = /^09\d{8}$/
const TW_LANDLINE = /^0[2-8]\d{7,8}$/
/** Hong Kong and Macau with their calling code but no plus. */
const HK_MO = /^85[23][2-9]\d{7}$/
/** 400 and, without a leading 1, 800 are service lines of China; x11 are no area codes. */
const NANP = /^(?:1|(?!800))(?!400|[2-9]11)[2-9]\d{2}[2-9]\d{6}$/
const NANP_BRACKETED = /^1?[2-9]\d{2}[2-9]\d{6}$/

/** How the digits of a telephone number are grouped inside a country. The gap after the first group decides. */
interface PhoneForm {
  readonly sizes: readonly number[]
  readonly pattern: RegExp
  /** Gaps with which the form stands for itself. */
  readonly free: readonly number[]
  /** Gaps with which it needs a word such as 电话 before it. */
  readonly worded: readonly number[]
}

const { none, space, hyphen, dot, bracket } = Gap
const form = (pattern: RegExp, free: readonly number[], worded: readonly number[], ...rows: readonly (readonly number[])[]): PhoneForm[] =>
  rows.map((sizes) => ({ sizes, pattern, free, worded }))

const FORMS: readonly PhoneForm[] = [
  ...form(CN_MOBILE, [none, space, hyphen, bracket], [], [11]),
  ...form(/^861[3-9]\d{9}$/, [none, space, hyphen], [], [13]),
  ...form(CN_MOBILE, [space, hyphen], [], [3, 4, 4], [3, 8], [7, 4], [4, 4, 3]),
  ...form(CN_LANDLINE, [hyphen, bracket], [space], [3, 8], [4, 7], [4, 8], [3, 4, 4], [4, 4, 4], [4, 3, 4]),
  ...form(CN_LANDLINE, [], [none, space, hyphen], [11], [12]),
  ...form(NANP_BRACKETED, [bracket], [], [3, 3, 4], [1, 3, 3, 4]),
  ...form(NANP, [hyphen, dot], [space], [3, 3, 4], [1, 3, 3, 4]),
  ...form(HK_MO, [hyphen, bracket], [space], [3, 8], [3, 4, 4]),
  ...form(TW_MOBILE, [hyphen], [space], [4, 6], [4, 3, 3]),
  ...form(TW_MOBILE, [], [none, space], [10]),
  ...form(TW_LANDLINE, [bracket], [hyphen, space], [2, 8], [2, 7], [2, 4, 4], [2, 3, 4]),
  ...form(NANP, [], [none], [10]),
]
const FORMS_BY_FIRST_SIZE = Array.from({ length: 14 }, (_, size) => FORMS.filter(({ sizes }) => sizes[0] === size))

const PHONE_WORD =
  /(?:电话|電話|手机|手機|座机|固话|传真|傳真|热线|号码|號碼|联系|聯[繫絡]|致电|拨打|来电|微信|tel|phone|mobile|cell|call|fax|dial|whatsapp|wechat|contact|ph)[^\d]{0,10}$/i

/** Right before a number: enough for a local one, 电话 88889999, or one of another country, Tel. 04476 216827. */
const PHONE_NAME =
  /(?:电话|電話|手机|手機|座机|固话|传真|傳真|\b(?:tel|telephone|phone|fax|mobile|cell))(?:号码?|號碼?|\s?(?:number|no))?[\s.:是为]{0,3}\(?$/i
const NAMED = /^(?:0[1-9]\d{7,10}|(?!400|800)[2-9]\d{6,7})$/
const MOST_NAMED_GROUPS = 5

export const hasPhoneWord = (groups: NumberGroups, group: number): boolean => PHONE_WORD.test(textBefore(groups.text, groups.start(group)))

/** Groups that a telephone number takes from `group` on, written as inside a country; 0 when none begins there. */
export function domesticPhone(groups: NumberGroups, group: number): number {
  if (isTiedBefore(groups, group)) return 0
  if (groups.size(group) !== 2 || groups.digits(group) !== '86' || groups.gap(group) === none)
    return matchForms(groups, group) || namedNumber(groups, group)
  const rest = matchForms(groups, group + 1) || withoutTrunkZero(groups, group + 1)
  return rest > 0 ? rest + 1 : 0
}

/** The whole row right after the word telephone, unless it is a date. */
function namedNumber(groups: NumberGroups, group: number): number {
  let n = 1
  while (groups.gap(group + n - 1) !== none && n <= MOST_NAMED_GROUPS) n++
  const digits = n <= MOST_NAMED_GROUPS ? groups.digits(group, n) : ''
  return NAMED.test(digits) && !isRealDate(digits) && PHONE_NAME.test(textBefore(groups.text, groups.start(group))) ? n : 0
}

/** After 86: 10-65529988, 755-8888-9999. */
function withoutTrunkZero(groups: NumberGroups, group: number): number {
  if (groups.size(group) > 3 || groups.gap(group) !== hyphen) return 0
  for (const n of [2, 3]) {
    if (groups.size(group + n - 1) === 0 || groups.gap(group + n - 2) !== hyphen) return 0
    if (CN_NATIONAL.test(groups.digits(group, n))) return n
  }
  return 0
}

/** A hyphen before ties the digits to a longer code, unless another whole number stands there. */
function isTiedBefore(groups: NumberGroups, group: number): boolean {
  const before = groups.size(group - 1)
  return groups.gap(group - 1) === hyphen && before !== 11 && before !== 8 && before !== 7
}

function matchForms(groups: NumberGroups, group: number): number {
  for (const candidate of FORMS_BY_FIRST_SIZE[groups.size(group)] ?? []) {
    if (hasForm(groups, group, candidate)) return candidate.sizes.length
  }
  return 0
}

function hasForm(groups: NumberGroups, group: number, { sizes, pattern, free, worded }: PhoneForm): boolean {
  const first = groups.gap(group)
  const isFree = free.includes(first)
  if (!isFree && !worded.includes(first)) return false
  for (let i = 1; i < sizes.length; i++) if (groups.size(group + i) !== sizes[i]) return false
  if (!hasInnerGaps(groups, group, sizes.length) || !pattern.test(groups.digits(group, sizes.length))) return false
  if (sizes.length > 1 && isInLongerRow(groups, group, sizes.length)) return false
  return isFree || hasPhoneWord(groups, group)
}

/** A bracket closes what opened before; any other gap is the same all through: 010-6552-9988, not 138-1234 5678. */
function hasInnerGaps(groups: NumberGroups, group: number, taken: number): boolean {
  const first = groups.gap(group)
  const opens = groups.start(group) - 1
  if (taken > 1 && first === bracket && groups.text[groups.end(group)] === ')' && groups.text[opens] !== '(') return false
  for (let i = 1; i < taken - 1; i++) {
    const gap = groups.gap(group + i)
    if (gap === none || (first !== bracket && gap !== first)) return false
  }
  return true
}

/** Do more groups follow or go before with the same gap, so that this is a row of a table or a longer code? */
function isInLongerRow(groups: NumberGroups, group: number, taken: number): boolean {
  const inner = groups.gap(group)
  if (inner !== space && inner !== hyphen) return false
  const after = group + taken
  if (groups.gap(after - 1) === inner && groups.size(after) > 0 && !beginsPhone(groups, after, inner)) return true
  const before = group - 1
  if (before < 0 || groups.gap(before) !== inner) return false
  const isEndOfPhone =
    groups.size(before) >= 10 || groups.digits(before) === '86' || (before >= 2 && CN_MOBILE.test(groups.digits(before - 2, 3)))
  return !isEndOfPhone
}

/** A list of numbers goes on, or an extension ends this one: 010-65529988-801. */
const beginsPhone = (groups: NumberGroups, group: number, inner: number): boolean =>
  groups.size(group) >= 10 || /^(?:1[3-9]|0[1-9])\d{1,2}$/.test(groups.digits(group)) || (inner === hyphen && groups.gap(group) === none)
