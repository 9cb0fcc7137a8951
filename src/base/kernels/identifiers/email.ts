import { isAlphanumeric } from './context.ts'
import type { Report } from './identifier.ts'

/** RFC 5321 4.5.3.1: octets of a local part, of a domain. */
const MOST_LOCAL = 64
const MOST_DOMAIN = 255

const LOCAL_SIGNS: ReadonlySet<number> = new Set([..."._%+-'"].map((sign) => sign.charCodeAt(0)))
const POINT = 0x2e
const HYPHEN = 0x2d
const AT = 0x40

const LETTER = /\p{L}/u
/** Words that lead to an address and are no part of it: 邮箱张三@例子.公司. */
const LEAD = /^.*(?:邮箱|邮件|信箱|邮址|地址|联系|发到|发至|发给|是|为|至)/u
/** Top-level domains in other scripts that a name may end in without a space after it. */
const IDN_TOP = [
  '中国',
  '中國',
  '公司',
  '网络',
  '中文网',
  '网址',
  '在线',
  '商城',
  '集团',
  '网店',
  '政务',
  '公益',
  '我爱你',
  '香港',
  '台湾',
  '广东',
  '手机',
  'рф',
  '한국',
  'みんな',
]
/** What follows an @ in names of files and icons: logo@2x.png. */
const FILE_ENDINGS: ReadonlySet<string> = new Set(
  'png jpg jpeg gif webp svg bmp ico css js mjs json html htm txt xml yml yaml tgz gz dll'.split(' '),
)
const TOP = /^(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})$/i

/** Reports the e-mail address whose @ is at `at`; internationalised ones too. Source: RFC 5322 dot-atom, RFC 6531. */
export function scanEmail(text: string, at: number, report: Report): void {
  const start = localStart(text, at)
  if (start === at || text.charCodeAt(start - 1) === AT) return
  const end = domainEnd(text, at + 1)
  if (end === 0 || text.charCodeAt(end) === AT) return
  // `git@github.com:owner/repository` names a server, not a person.
  if (text.slice(start, at) === 'git' && text[end] === ':') return
  report('email', start, end)
}

function localStart(text: string, at: number): number {
  let start = at
  while (start > 0 && at - start < MOST_LOCAL) {
    const code = text.charCodeAt(start - 1)
    if (!isAlphanumeric(code) && !LOCAL_SIGNS.has(code)) break
    start--
  }
  while (start < at && LOCAL_SIGNS.has(text.charCodeAt(start)) && text[start] !== '_') start++
  if (start < at) return start
  return text.charCodeAt(at - 1) > 0x7f ? nativeLocalStart(text, at) : at
}

/** Start of a local part in another script, without the words that lead to it. */
function nativeLocalStart(text: string, at: number): number {
  let start = at
  while (start > 0 && at - start < MOST_LOCAL && LETTER.test(text[start - 1] as string) && text.charCodeAt(start - 1) > 0x7f) start--
  return start + (LEAD.exec(text.slice(start, at))?.[0].length ?? 0)
}

/** End of the longest domain from `from` on whose last label may be a top-level domain; 0 for none. */
function domainEnd(text: string, from: number): number {
  let end = 0
  let numeric = 0
  let last = ''
  for (let at = from; at - from < MOST_DOMAIN; ) {
    const labelEnd = text.charCodeAt(at) > 0x7f ? nativeLabelEnd(text, at) : asciiLabelEnd(text, at)
    if (labelEnd === at) break
    const isFirst = at === from
    last = text.slice(at, labelEnd)
    if (/^\d+$/.test(last)) numeric++
    const top = isFirst ? 0 : topLevelLength(last)
    if (top > 0) end = at + top
    if (text.charCodeAt(labelEnd) !== POINT) break
    at = labelEnd + 1
  }
  // `package@4.17.21.beta` is a version, `logo@2x.png` a file.
  return numeric > 1 || FILE_ENDINGS.has(last.toLowerCase()) ? 0 : end
}

function asciiLabelEnd(text: string, from: number): number {
  let end = from
  while (isAlphanumeric(text.charCodeAt(end)) || (text.charCodeAt(end) === HYPHEN && end > from)) end++
  return end
}

function nativeLabelEnd(text: string, from: number): number {
  let end = from
  while (end - from < MOST_LOCAL && text.charCodeAt(end) > 0x7f && LETTER.test(text[end] as string)) end++
  return end
}

/** How much of a label is a top-level domain; 0 for none. */
function topLevelLength(label: string): number {
  if (TOP.test(label)) return label.length
  return IDN_TOP.find((top) => label.startsWith(top))?.length ?? 0
}
