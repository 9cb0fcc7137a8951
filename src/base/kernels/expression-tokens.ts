/** A word of an expression with its place, 0-based. */
export interface Token {
  readonly kind: 'number' | 'string' | 'name' | 'word' | 'symbol' | 'end'
  readonly text: string
  readonly at: number
}

/** Longest expression that is read. */
export const MAX_EXPRESSION = 10_000

const NUMBER = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|^\.\d+/
const WORD = /^[\p{L}_][\p{L}\p{M}\p{N}_]*/u
const SYMBOL = /^(?:==|!=|<>|<=|>=|&&|\|\||[=<>!+\-*/%(),])/

/** End of a quoted piece that begins at `at`; the quote itself is doubled inside. −1 when it does not end. */
function quotedEnd(text: string, at: number): number {
  const quote = text[at] as string
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] !== quote) continue
    if (text[i + 1] !== quote) return i + 1
    i++
  }
  return -1
}

/** Longest bare word; longer names stand in backticks. */
const MAX_WORD = 200

/** The token that begins at `at`, with its end; undefined when none does. */
function tokenAt(text: string, at: number): { readonly token: Token; readonly end: number } | undefined {
  const first = text[at] as string
  if (first === '"' || first === "'" || first === '`') {
    const end = quotedEnd(text, at)
    const inside = text.slice(at + 1, end - 1).replaceAll(first + first, first)
    return end < 0 ? undefined : { token: { kind: first === '`' ? 'name' : 'string', text: inside, at }, end }
  }
  const rest = text.slice(at, at + MAX_WORD)
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['word', WORD],
    ['symbol', SYMBOL],
  ] as const) {
    const found = pattern.exec(rest)?.[0]
    if (found !== undefined) return { token: { kind, text: found, at }, end: at + found.length }
  }
  return undefined
}

/** Words of an expression, the last of kind `end`; or the place of a character that belongs to none. */
export function tokenize(text: string): readonly Token[] | number {
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at] as string)) {
      at++
      continue
    }
    const next = tokenAt(text, at)
    if (!next) return at
    tokens.push(next.token)
    at = next.end
  }
  tokens.push({ kind: 'end', text: '', at: text.length })
  return tokens
}
