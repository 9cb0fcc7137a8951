/** Whole numbers of this many digits and more may lie past 2^53, where a JavaScript number would change them. */
const LONG = 16

/**
 * `JSON.parse` that keeps whole numbers past 2^53 (identifiers of posts, of ledgers) exactly, as strings. Throws SyntaxError. O(length).
 */
export function parseJson(text: string): unknown {
  const exact = quoteLongIntegers(text)
  if (exact === text) return JSON.parse(text)
  try {
    return JSON.parse(exact)
  } catch {
    // The same error, with its place in the text as it is.
    return JSON.parse(text)
  }
}

/**
 * JSON with whole numbers past 2^53 put in quotation marks; any other text as it is, valid or not. A run of 16 digits covers a position that
 * 16 divides, so a text without such numbers costs a look at one character of 16.
 */
function quoteLongIntegers(text: string): string {
  const parts: string[] = []
  let taken = 0
  let string = stringFrom(text, 0)
  for (let at = LONG - 1; at < text.length; at += LONG) {
    if (!isDigit(text.charCodeAt(at))) continue
    const start = startOfInteger(text, at)
    if (start === undefined) continue
    const end = endOfDigits(text, at)
    if (!isLongInteger(text, start, end)) continue
    while (string.end <= start) string = stringFrom(text, string.end)
    if (string.start < start) continue
    parts.push(text.slice(taken, start), '"', text.slice(start, end), '"')
    taken = end
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(taken)
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** Where the number begins that has a digit at `at`; undefined for fractions, words, and numbers that were seen 16 characters before. */
function startOfInteger(text: string, at: number): number | undefined {
  let start = at
  while (start > 0 && start > at - LONG && isDigit(text.charCodeAt(start - 1))) start--
  if (start === at - LONG) return undefined
  if (text[start - 1] === '-') start--
  return start === 0 || ':,[ \t\r\n'.includes(text[start - 1] as string) ? start : undefined
}

function endOfDigits(text: string, at: number): number {
  let end = at + 1
  while (end < text.length && isDigit(text.charCodeAt(end))) end++
  return end
}

/** Is [start, end) by itself and by what follows it a value that a JavaScript number cannot hold? */
function isLongInteger(text: string, start: number, end: number): boolean {
  if (end - start < LONG) return false
  let next = end
  while (next < text.length && ' \t\r\n'.includes(text[next] as string)) next++
  if (next < text.length && !',]}'.includes(text[next] as string)) return false
  const token = text.slice(start, end)
  return !Number.isSafeInteger(Number(token)) && !/^-?0/.test(token)
}

/** The next string that opens at or after a place outside of strings; an empty one past the end where none does. */
function stringFrom(text: string, from: number): { readonly start: number; readonly end: number } {
  const start = text.indexOf('"', from)
  return start < 0 ? { start: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY } : { start, end: endOfString(text, start) }
}

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
