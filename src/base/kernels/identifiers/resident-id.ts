import { isProvince, isRealDate, isResidentId } from './check-digits.ts'
import { isAlphanumeric, textBefore } from './context.ts'
import type { IdentifierOptions, Report } from './identifier.ts'
import type { NumberGroups } from './number-groups.ts'
import { Gap } from './number-groups.ts'

/** Sizes of the groups in which forms print it, the check character counted where it is a digit. */
const ROWS = [
  [6, 8, 4],
  [6, 4, 4, 4],
]
const ROWS_BEFORE_X = [
  [6, 8, 3],
  [6, 4, 4, 3],
]
const OLD_ID_WORD = /(?:身份证|证件|identity|\bid\b)[^\d]{0,12}$/i

const isX = (character: string | undefined): boolean => character === 'X' || character === 'x'

/**
 * Reports the resident ID that begins at a group: province, date of birth and check digit right.
 * @returns how many groups it takes; 0 for none   Source: GB 11643-1999.
 */
export function scanResidentId(groups: NumberGroups, group: number, report: Report, options: IdentifierOptions): number {
  const size = groups.size(group)
  if (size === 15 && options.oldResidentId) return oldForm(groups, group, report)
  if (size === 18) return check(groups, group, 1, false, report)
  if (size === 17) return check(groups, group, 1, true, report)
  if (size !== 6 || groups.gap(group) === Gap.dot) return 0
  for (const sizes of ROWS) if (groups.isRow(group, sizes)) return check(groups, group, sizes.length, false, report)
  for (const sizes of ROWS_BEFORE_X) if (groups.isRow(group, sizes)) return check(groups, group, sizes.length, true, report)
  return 0
}

function check(groups: NumberGroups, group: number, taken: number, endsInX: boolean, report: Report): number {
  const { text } = groups
  const end = groups.end(group + taken - 1) + (endsInX ? 1 : 0)
  if (endsInX && !isX(text[end - 1])) return 0
  if (isAlphanumeric(text.charCodeAt(end))) return 0
  if (!isResidentId(groups.digits(group, taken) + (endsInX ? 'X' : ''))) return 0
  report('resident-id', groups.start(group), end)
  return taken
}

/** 15 digits with a date in the 20th century; nothing checks it but the word before it. */
function oldForm(groups: NumberGroups, group: number, report: Report): number {
  const digits = groups.digits(group)
  const start = groups.start(group)
  if (!isProvince(digits) || !isRealDate(`19${digits.slice(6, 12)}`) || !OLD_ID_WORD.test(textBefore(groups.text, start))) return 0
  report('resident-id', start, groups.end(group))
  return 1
}
