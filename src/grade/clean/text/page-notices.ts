import { createWordSearch } from '../../../base/kernels/index.ts'

/** What every Chinese notice holds; their first characters are rare, so that looking for them costs little. */
const HAN_SIGNALS = ['版权所有', '未经授权', '未经许可', '未经允许', '未经同意', '转载', '仅供学习']
/** What Latin notices hold: copyright, rights reserved, a sign. */
const LATIN_SIGNAL = /yright|ights res|©|YRIGHT|IGHTS RES|ights Res|\([cC]\) ?[12]/
/** Notices as a page writes them; an owner of rights (版权所有人, 版权所有者), a law about them or a copyright law is none. */
const NOTICE =
  /版权所有(?![人者权的])|未经.{0,12}(?:不得|禁止|严禁|请勿).{0,4}(?:转载|复制|使用|传播)|(?:禁止|严禁|请勿|不得)(?:擅自|随意)?转载|转载[请须需](?:注明|联系|保留|标明|附上)|仅供学习(?:交流|参考|使用|之用|研究)|all rights reserved|copyright\s{0,2}(?:©|\(c\)|\d{4})|(?:©|\(c\))\s{0,2}(?:19|20)\d\d/i
/** Units at the begin and end of a text in which a notice stands. */
const EDGE = 400
const MOST = 20
/** Code units around a signal in which the notice lies. */
const BEFORE = 20
const AFTER = 40

const signals = createWordSearch(HAN_SIGNALS)

function notes(part: string): boolean {
  if (LATIN_SIGNAL.test(part)) return NOTICE.test(part)
  return signals.find(part, MOST).some(({ at }) => NOTICE.test(part.slice(Math.max(0, at - BEFORE), at + AFTER)))
}

/** Does a page's notice of copyright or reprint stand at an edge of a text? */
export const hasNotice = (text: string): boolean =>
  text.length <= 2 * EDGE ? notes(text) : notes(text.slice(0, EDGE)) || notes(text.slice(-EDGE))
