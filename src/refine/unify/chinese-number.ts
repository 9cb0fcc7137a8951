/** Han digits, also the forms of banknotes (壹贰叁). */
const DIGITS: ReadonlyMap<string, number> = new Map(
  [...'零一二三四五六七八九']
    .map((digit, value) => [digit, value] as const)
    .concat(
      [...'零壹贰叁肆伍陆柒捌玖'].map((digit, value) => [digit, value] as const),
      [
        ['〇', 0],
        ['○', 0],
        ['两', 2],
        ['贰', 2],
        ['貳', 2],
        ['參', 3],
        ['陸', 6],
        ['兩', 2],
      ] as const,
    ),
)
const SMALL_UNITS: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
  ['千', 1000],
  ['仟', 1000],
])
const LARGE_UNITS: ReadonlyMap<string, number> = new Map([
  ['万', 1e4],
  ['萬', 1e4],
  ['亿', 1e8],
  ['億', 1e8],
])

/** Longest numeral that is read: 玖仟玖佰… to 10^16 takes 31 characters. */
const MAX_LENGTH = 48

const HAN_NUMERAL = /[零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸兩]/

/** Does the text hold a Han digit or a unit such as 万? */
export const hasHanNumeral = (text: string): boolean => HAN_NUMERAL.test(text)

/** 二〇二四 → 2024: digits that stand side by side without units. NaN when there are units or other characters. */
function readPositional(text: string): number {
  let digits = ''
  for (const character of text) {
    const digit = DIGITS.get(character)
    if (digit !== undefined) digits += digit
    else if (character === '点' || character === '點') digits += '.'
    else return Number.NaN
  }
  return /^\d+(?:\.\d+)?$/.test(digits) ? Number(digits) : Number.NaN
}

/** Sums of a numeral read from left to right. */
interface Sums {
  /** Value of everything before the current group of 万 or 亿. */
  total: number
  /** 千 百 十 of the current group. */
  group: number
  /** Digit or number that waits for its unit. */
  open: number | undefined
  /** Unit read last, and the one that no later unit of the group may reach. */
  lastUnit: number
  smallUnit: number
  zeroBefore: boolean
}

/** Reads 十 百 千; false when it may not stand here (百千). */
function takeSmallUnit(sums: Sums, unit: number): boolean {
  const leadingTen = unit === 10 && sums.group === 0
  if (unit >= sums.smallUnit || (sums.open === undefined && !leadingTen)) return false
  sums.group += (sums.open ?? 1) * unit
  sums.smallUnit = unit
  return true
}

/** Reads 万 or 亿; false when nothing stands before it. */
function takeLargeUnit(sums: Sums, unit: number): boolean {
  const group = sums.group + (sums.open ?? 0)
  if (group === 0 && (unit < 1e8 || sums.total === 0)) return false
  if (unit < 1e8) sums.total += group * unit
  else sums.total = (sums.total + group) * unit
  sums.group = 0
  sums.smallUnit = Number.POSITIVE_INFINITY
  return true
}

/** Reads one unit; false when the character is none or may not stand here. */
function takeUnit(sums: Sums, character: string): boolean {
  const small = SMALL_UNITS.get(character)
  const unit = small ?? LARGE_UNITS.get(character)
  if (unit === undefined || !(small === undefined ? takeLargeUnit(sums, unit) : takeSmallUnit(sums, unit))) return false
  sums.lastUnit = unit
  sums.open = undefined
  sums.zeroBefore = false
  return true
}

/** Reads one digit or Arabic number; false when one already waits for its unit. */
function takeDigit(sums: Sums, digit: number): boolean {
  if (sums.open !== undefined && sums.open !== 0) return false
  sums.open = digit
  sums.zeroBefore ||= digit === 0
  return true
}

const ARABIC = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?|^\d+(?:\.\d+)?/

/**
 * Chinese numerals, also mixed with Arabic digits: 三百二十, 3.5万, 1亿2千万, 壹仟贰佰, 二〇二四, 三点五, 负五.
 * 一百二 is 120 and 三万五 is 35,000, as they are spoken. @returns NaN when the text is no numeral
 */
export function parseChineseNumber(text: string): number {
  if (text.length === 0 || text.length > MAX_LENGTH) return Number.NaN
  if (text[0] === '负' || text[0] === '負') return -parseChineseNumber(text.slice(1))
  const positional = readPositional(text)
  return Number.isNaN(positional) ? readWithUnits(text) : positional
}

function readWithUnits(text: string): number {
  const sums: Sums = { total: 0, group: 0, open: undefined, lastUnit: 0, smallUnit: Number.POSITIVE_INFINITY, zeroBefore: false }
  let spoken = false
  for (let i = 0; i < text.length; ) {
    const character = text[i] as string
    const arabic = ARABIC.exec(text.slice(i))?.[0]
    const digit = arabic === undefined ? DIGITS.get(character) : Number(arabic.replaceAll(',', ''))
    if (!(digit === undefined ? takeUnit(sums, character) : takeDigit(sums, digit))) return Number.NaN
    if (digit !== undefined) spoken = arabic === undefined
    i += arabic?.length ?? 1
  }
  return finish(sums, spoken)
}

/** The value; a last digit right after 百 千 万 亿 counts the next smaller unit. */
function finish(sums: Sums, spoken: boolean): number {
  const open = sums.open ?? 0
  if (open === 0 || sums.zeroBefore || sums.lastUnit < 100) return sums.total + sums.group + open
  if (!spoken) return Number.NaN // 1亿2: two, or two tens of millions?
  return sums.total + sums.group + open * (sums.lastUnit / 10)
}
