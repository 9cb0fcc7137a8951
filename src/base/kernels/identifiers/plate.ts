import { textBefore } from './context.ts'
import type { Report } from './identifier.ts'

const PROVINCE = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
const PROVINCE_CODES: ReadonlySet<number> = new Set(Array.from(PROVINCE, (character) => character.charCodeAt(0)))
const FIRST_HAN = 0x4e00
const PLATE = new RegExp(`[${PROVINCE}][A-HJ-NP-Z][ ·•‧・.-]?([0-9A-HJ-NP-Z]{4}(?:[0-9A-HJ-NP-Z]{1,2}|[挂学警港澳]))(?![0-9A-Za-z])`, 'y')
/** Five characters, at most two of them letters; the last may name a use. */
const CIVIL = /^(?=.*\d)(?!(?:.*[A-Z]){3}).{5}$/
/** Six characters: the kind of energy first (small cars) or last (large ones). */
const NEW_ENERGY = /^(?:[A-HJK][0-9A-HJ-NP-Z]\d{4}|\d{5}[A-HJK])$/
/** Characters before the first digit: province, letter, sign, two letters. */
const REACH = 6

/** A province's character may end another word: 最新A12345, 阿里云A10086. */
const OTHER_WORD =
  /(?:[最全更创翻崭清重刷][新]|[里讯华度白乌风][云]|[四银平冰百][川]|[安康南丽晚][宁]|[年藏沥靛知][青]|[宝高珍昂][贵]|[南东北燕望][京]|江苏|流苏|紫苏|复苏|[打漆乌变][黑]|[天问][津])$/
const PLATE_WORD = /(?:车牌|牌照|号牌|车号|车辆|驾驶|轿车|货车|汽车|plate|vehicle|car|truck)[^\n]{0,16}$/i

/**
 * Reports the civil licence plate of the mainland of which a digit is at `digit`: province, letter and the five
 * characters of GA 36-2018, or the six of new-energy cars.
 * @returns the end of the plate; 0 for none
 */
export function scanPlate(text: string, digit: number, report: Report): number {
  for (let start = Math.max(0, digit - REACH); start <= digit - 2; start++) {
    const code = text.charCodeAt(start)
    if (code < FIRST_HAN || !PROVINCE_CODES.has(code)) continue
    PLATE.lastIndex = start
    const plate = PLATE.exec(text)
    if (!plate || start + plate[0].length <= digit || !isSerial(plate[1] as string)) continue
    const before = textBefore(text, start + 1)
    if (OTHER_WORD.test(before) && !PLATE_WORD.test(before.slice(0, -1))) continue
    report('plate', start, start + plate[0].length)
    return start + plate[0].length
  }
  return 0
}

const isSerial = (serial: string): boolean => CIVIL.test(serial) || NEW_ENERGY.test(serial)
