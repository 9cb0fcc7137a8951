/** Code units before and after a candidate in which a telling word may stand. */
const WINDOW = 24

/** A mask such as `<PHONE>` or `<PHONE:9f3a>`, perhaps cut by the window: it counts as the number that it stands for. */
const MASK_BEFORE = /(?:<|^)[A-Z-]*(?::?[0-9a-f]*)>/g
const MASK_AFTER = /<[A-Z][A-Z-]*(?::[0-9a-f]*)?(?:>|$)/g

export function textBefore(text: string, at: number, window = WINDOW): string {
  const before = text.slice(Math.max(0, at - window), at)
  return before.includes('>') ? before.replace(MASK_BEFORE, '0') : before
}

export function textAfter(text: string, at: number, window = WINDOW): string {
  const after = text.slice(at, at + window)
  return after.includes('<') ? after.replace(MASK_AFTER, '0') : after
}

const isAsciiLetterCode = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
const isDigitCode = (code: number): boolean => code >= 0x30 && code <= 0x39

/** Is the code unit an ASCII letter or underscore? NaN (past the text) is not. */
export const isLatin = (code: number): boolean => isAsciiLetterCode(code) || code === 0x5f
export const isAlphanumeric = (code: number): boolean => isAsciiLetterCode(code) || isDigitCode(code)

/** A word right before a number which says that it counts goods or papers, not people. */
const ITEM_NUMBER =
  /(?:单号|订单|编号|流水|运单|快递|物流|条形?码|序列号|货号|批号|工单|发票|学号|工号|图号|料号|型号|版本|案号|文号|\b(?:isbn|issn|sn|s\/n|imei|iccid|sku|upc|ean|gtin|asin|doi|pmid|order|tracking|invoice|serial|barcode|model|part|ref|reference|trace|batch|lot|ticket|case|item|product|version|build|timestamp))(?:号码?|代码)?[\s.]*(?:no|number|id|code)?[\s.:#=为是-]*$/i

export const isItemNumber = (text: string, at: number): boolean => ITEM_NUMBER.test(textBefore(text, at))

const URL_BYTES = 160
const URL_PART = /[/=_&?#%-]/
const URL_NUMBER = /(?:https?:\/\/|www\.)[^\s"'<>]*$/i
const URL_PHONE = /(?:phone|mobile|tel)\w{0,8}[=/]$/i

/** Does the number stand inside an address of the web, where it names a page? */
export function isInUrl(text: string, at: number): boolean {
  if (!URL_PART.test(text[at - 1] ?? '')) return false
  const before = textBefore(text, at, URL_BYTES)
  return URL_NUMBER.test(before) && !URL_PHONE.test(before)
}
