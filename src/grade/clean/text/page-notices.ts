import { createWordSearch } from '../../../base/kernels/index.ts'
import type { TextScan } from '../text-scan.ts'

/** What every Chinese notice holds. */
const HAN_SIGNALS = ['版权所有', '未经授权', '未经许可', '未经允许', '未经同意', '转载', '仅供学习']
/** What Latin notices hold: copyright, rights reserved, a sign. */
const LATIN_SIGNAL = /yright|ights [Rr]es|©|YRIGHT|IGHTS RES|\([cC]\) ?[12]/
/** Notices as a page writes them; an owner of rights (版权所有人, 版权所有者), a law about them or a copyright law is none. */
const NOTICE =
  /版权所有(?![人者权的])|未经.{0,12}(?:不得|禁止|严禁|请勿).{0,4}(?:转载|复制|使用|传播)|(?:禁止|严禁|请勿|不得)(?:擅自|随意)?转载|转载[请须需](?:注明|联系|保留|标明|附上)|仅供学习(?:交流|参考|使用|之用|研究)|all rights reserved|copyright\s{0,2}(?:©|\(c\)|\d{4})|(?:©|\(c\))\s{0,2}(?:19|20)\d\d/i
/** Units at the begin and end of a text in which a notice stands; a Latin one is a line. */
const EDGE = 400
const LINE = 120
const MOST = 20
/** Code units around a signal in which the notice lies. */
const BEFORE = 20
const AFTER = 40

const signals = createWordSearch(HAN_SIGNALS)

const atEdges = (text: string, units: number, test: (part: string) => boolean): boolean =>
  text.length <= 2 * units ? test(text) : test(text.slice(0, units)) || test(text.slice(-units))

const isLatinNotice = (part: string): boolean => LATIN_SIGNAL.test(part) && NOTICE.test(part)
const isHanNotice = (part: string): boolean =>
  signals.find(part, MOST).some(({ at }) => NOTICE.test(part.slice(Math.max(0, at - BEFORE), at + AFTER)))

/** Does a page's notice of copyright or reprint stand at an edge of a text? @param scan counts over that text */
export const hasNotice = (text: string, scan: TextScan): boolean =>
  (scan.signals > 0 && atEdges(text, EDGE, isHanNotice)) || atEdges(text, LINE, isLatinNotice)
