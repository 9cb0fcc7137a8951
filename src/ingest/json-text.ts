/** Whole numbers of this many digits and more may lie past 2^53, where a JavaScript number would change them. */
const LONG_INTEGER = /\d{16}/
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g

/**
 * `JSON.parse` that keeps whole numbers past 2^53 (identifiers of posts, of ledgers) exactly, as strings. Throws SyntaxError. O(length).
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return LONG_INTEGER.test(text) ? JSON.parse(quoteLongIntegers(text)) : value
}

/** Valid JSON with whole numbers past 2^53 put in quotation marks. */
function quoteLongIntegers(text: string): string {
  const parts: string[] = []
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('"', at)
    const end = open < 0 ? text.length : open
    parts.push(text.slice(at, end).replace(NUMBER, quotedIfLong))
    at = open < 0 ? end : endOfString(text, open)
    parts.push(text.slice(end, at))
  }
  return parts.join('')
}

const quotedIfLong = (token: string): string =>
  token.length < 16 || /[.eE]/.test(token) || Number.isSafeInteger(Number(token)) ? token : `"${token}"`

/** Index past the quotation mark that closes the string opened at `open`. */
function endOfString(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1
    while (text[before] === '\\') before--
    if ((at - before) % 2 === 1) return at + 1
  }
  return text.length
}

/** Character at which V8 found the text not to be JSON; undefined where it does not say. */
export function faultPosition(error: unknown): number | undefined {
  const found = error instanceof SyntaxError ? /position (\d+)/.exec(error.message)?.[1] : undefined
  return found === undefined ? undefined : Number(found)
}
