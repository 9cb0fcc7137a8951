import { passesLuhn } from './check-digits.ts'
import { isAlphanumeric, isInUrl, isItemNumber, isLatin, textAfter, textBefore } from './context.ts'
import type { Report } from './identifier.ts'
import type { NumberGroups } from './number-groups.ts'
import { Gap } from './number-groups.ts'

const CARD_WORD =
  /(?:卡号|银行|账号|帐号|账户|帐户|储蓄|借记|信用卡|银联|卡片|收款|转账|汇款|card|visa|master|amex|unionpay|diners|jcb|account|acct|iban)[^\d]{0,12}$/i
const CARD_WORD_AFTER = /^[^\d]{0,6}(?:卡|账户|card|account)/i

/** Issuers and the lengths of their cards. Source: ISO/IEC 7812 issuer ranges as the schemes publish them. */
const ISSUERS: readonly { readonly prefix: RegExp; readonly sizes: readonly number[] }[] = [
  { prefix: /^62|^81/, sizes: [16, 17, 18, 19] },
  { prefix: /^(?:9558|6858|4\d|5[1-5])/, sizes: [19] },
  { prefix: /^(?:60|68|69|95|90|98)/, sizes: [16, 18, 19] },
  { prefix: /^4/, sizes: [13, 16] },
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, sizes: [16] },
  { prefix: /^3[47]/, sizes: [15] },
  { prefix: /^(?:30[0-5]|3[689])/, sizes: [14] },
  { prefix: /^35(?:2[89]|[3-8])/, sizes: [16] },
  { prefix: /^(?:6011|64[4-9]|65)/, sizes: [16, 19] },
]

/** Sizes and prefixes of which chance makes too many: they need a word such as 卡号 beside them. */
const SELDOM_ALONE = /^(?!62|4\d{15}$|5[1-5]\d{14}$)|^62\d{15,16}$/

const ROWS = [
  [4, 4, 4, 4, 3],
  [4, 4, 4, 4, 2],
  [4, 4, 4, 4, 1],
  [4, 4, 4, 4],
  [4, 6, 5],
  [4, 6, 4],
  [6, 13],
  [6, 10],
  [8, 8],
]

/**
 * Reports the payment card number that begins at a group: 13 to 19 digits of a known issuer with a right Luhn digit,
 * in one piece or in the groups in which cards are embossed.
 * @returns how many groups it takes; 0 for none
 */
export function scanBankCard(groups: NumberGroups, group: number, report: Report): number {
  const solid = groups.size(group) >= 13
  const taken = solid ? 1 : embossedGroups(groups, group)
  if (taken === 0) return 0
  const number = groups.digits(group, taken)
  const start = groups.start(group)
  const end = groups.end(group + taken - 1)
  if (!isCardNumber(number) || isGuarded(groups, group, taken)) return 0
  const named = CARD_WORD.test(textBefore(groups.text, start)) || CARD_WORD_AFTER.test(textAfter(groups.text, end, 12))
  if (solid && !named && SELDOM_ALONE.test(number)) return 0
  report('bank-card', start, end)
  return taken
}

function isCardNumber(number: string): boolean {
  if (number.length > 19 || !ISSUERS.some(({ prefix, sizes }) => sizes.includes(number.length) && prefix.test(number))) return false
  return passesLuhn(number) && /(\d)(?!\1*$)/.test(number)
}

function embossedGroups(groups: NumberGroups, group: number): number {
  const gap = groups.gap(group)
  if (gap !== Gap.space && gap !== Gap.hyphen) return 0
  for (const sizes of ROWS) if (groups.isRow(group, sizes)) return isBound(groups, group, sizes.length) ? 0 : sizes.length
  return 0
}

/** Is the row a piece of a longer row of digits with the same gaps? */
function isBound(groups: NumberGroups, group: number, taken: number): boolean {
  const inner = groups.gap(group)
  const isSame = (at: number): boolean => at >= 0 && groups.gap(at) === inner
  return (isSame(group - 1) && groups.size(group - 1) === 4) || (isSame(group + taken - 1) && groups.size(group + taken) === 4)
}

function isGuarded(groups: NumberGroups, group: number, taken: number): boolean {
  const { text } = groups
  const start = groups.start(group)
  const end = groups.end(group + taken - 1)
  if (isAlphanumeric(text.charCodeAt(end)) || isLatin(text.charCodeAt(start - 1)) || text[end] === '_') return true
  if (groups.gap(group - 1) === Gap.dot || groups.gap(group + taken - 1) === Gap.dot) return true
  if (taken === 1 && groups.gap(group - 1) === Gap.hyphen) return true
  return isItemNumber(text, start) || isInUrl(text, start)
}
