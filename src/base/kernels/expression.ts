import type { Token } from './expression-tokens.ts'
import { MAX_EXPRESSION, tokenize } from './expression-tokens.ts'

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='
export type Arithmetic = '+' | '-' | '*' | '/' | '%'

/** A condition between the fields of a record, as a tree. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'negative'; readonly of: Expression }
  | { readonly kind: 'arithmetic'; readonly operator: Arithmetic; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'comparison'; readonly operator: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'missing'; readonly of: Expression }
  | { readonly kind: 'in'; readonly of: Expression; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly of: readonly Expression[] }

/** Functions with the least and the most arguments that they take. */
export const FUNCTIONS = {
  abs: [1, 1],
  min: [1, 16],
  max: [1, 16],
  round: [1, 2],
  floor: [1, 1],
  ceil: [1, 1],
  sqrt: [1, 1],
  log: [1, 1],
  length: [1, 1],
  lower: [1, 1],
  contains: [2, 2],
  year: [1, 1],
  month: [1, 1],
  date: [1, 1],
} as const
export type FunctionName = keyof typeof FUNCTIONS

export type ParsedExpression =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly at: number; readonly expected: string }

/** Parentheses, signs and negations inside each other. */
const MAX_DEPTH = 64

class SyntaxFault extends Error {
  readonly at: number
  readonly expected: string
  constructor(at: number, expected: string) {
    super(expected)
    this.at = at
    this.expected = expected
  }
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': '==',
  '==': '==',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

/** Recursive descent over the tokens; a class because it has a place to stand. */
class Parser {
  #next = 0
  #depth = 0
  readonly #tokens: readonly Token[]
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Expression {
    const expression = this.#or()
    if (this.#token().kind !== 'end') this.#fail('and, or, or the end')
    return expression
  }

  #token(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)] as Token
  }
  #fail(expected: string): never {
    throw new SyntaxFault(this.#token().at, expected)
  }
  #is(text: string, ahead = 0): boolean {
    const token = this.#token(ahead)
    return token.text === text && (token.kind === 'symbol' || token.kind === 'word')
  }
  #take(text: string): boolean {
    const found = this.#is(text)
    if (found) this.#next++
    return found
  }
  #need(text: string): void {
    if (!this.#take(text)) this.#fail(text)
  }

  #or(): Expression {
    if (++this.#depth > MAX_DEPTH) this.#fail(`at most ${MAX_DEPTH} levels`)
    let left = this.#and()
    while (this.#take('or') || this.#take('||')) left = { kind: 'or', left, right: this.#and() }
    this.#depth--
    return left
  }
  #and(): Expression {
    let left = this.#not()
    while (this.#take('and') || this.#take('&&')) left = { kind: 'and', left, right: this.#not() }
    return left
  }
  #not(): Expression {
    let negations = 0
    while (this.#take('not') || this.#take('!')) negations++
    let expression = this.#condition()
    if (negations > 0) expression = { kind: 'not', of: expression }
    return negations > 0 && negations % 2 === 0 ? { kind: 'not', of: expression } : expression
  }
  #condition(): Expression {
    const left = this.#sum()
    if (this.#take('is')) {
      const negated = this.#take('not')
      this.#need('missing')
      return negated ? { kind: 'not', of: { kind: 'missing', of: left } } : { kind: 'missing', of: left }
    }
    const isNotIn = this.#is('not') && this.#is('in', 1)
    if (isNotIn) this.#next++
    if (this.#take('in')) {
      this.#need('(')
      const within: Expression = { kind: 'in', of: left, items: this.#list() }
      return isNotIn ? { kind: 'not', of: within } : within
    }
    const operator = this.#token().kind === 'symbol' ? COMPARISONS[this.#token().text] : undefined
    if (operator === undefined) return left
    this.#next++
    return { kind: 'comparison', operator, left, right: this.#sum() }
  }
  #sum(): Expression {
    let left = this.#product()
    for (;;) {
      const operator = this.#is('+') ? '+' : this.#is('-') ? '-' : undefined
      if (!operator) return left
      this.#next++
      left = { kind: 'arithmetic', operator, left, right: this.#product() }
    }
  }
  #product(): Expression {
    let left = this.#signed()
    for (;;) {
      const operator = this.#is('*') ? '*' : this.#is('/') ? '/' : this.#is('%') ? '%' : undefined
      if (!operator) return left
      this.#next++
      left = { kind: 'arithmetic', operator, left, right: this.#signed() }
    }
  }
  #signed(): Expression {
    let isNegative = false
    while (this.#is('-') || this.#is('+')) {
      if (this.#is('-')) isNegative = !isNegative
      this.#next++
    }
    const value = this.#value()
    return isNegative ? { kind: 'negative', of: value } : value
  }
  #value(): Expression {
    const token = this.#token()
    if (token.kind === 'symbol' && token.text === '(') {
      this.#next++
      const inner = this.#or()
      this.#need(')')
      return inner
    }
    if (token.kind === 'symbol' || token.kind === 'end') this.#fail('a field, a number, a text or (')
    this.#next++
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) }
    if (token.kind === 'string') return { kind: 'text', value: token.text }
    return token.kind === 'word' ? this.#word(token) : { kind: 'field', name: token.text }
  }
  #word({ text, at }: Token): Expression {
    if (text === 'true' || text === 'false') return { kind: 'number', value: text === 'true' ? 1 : 0 }
    if (text === 'and' || text === 'or' || text === 'in' || text === 'is') throw new SyntaxFault(at, 'a field, a number, a text or (')
    if (!this.#is('(')) return { kind: 'field', name: text }
    if (!Object.hasOwn(FUNCTIONS, text)) throw new SyntaxFault(at, `one of ${Object.keys(FUNCTIONS).join(', ')}`)
    this.#next++
    const name = text as FunctionName
    const of = this.#list()
    const [least, most] = FUNCTIONS[name]
    if (of.length < least || of.length > most)
      throw new SyntaxFault(at, `${name} with ${least === most ? least : `${least} to ${most}`} values`)
    return { kind: 'call', name, of }
  }
  /** Values up to the closing parenthesis. */
  #list(): Expression[] {
    const items = [this.#or()]
    while (this.#take(',')) items.push(this.#or())
    this.#need(')')
    return items
  }
}

/**
 * Reads a condition between fields: arithmetic, comparisons, `and` `or` `not`, `in (…)`, `is missing`, functions; field
 * names bare or in backticks, texts in single or double quotes (doubled inside). Nothing is ever run as code.
 * @returns the tree, or the place (0-based) and what was expected there
 */
export function parseExpression(text: string): ParsedExpression {
  if (text.length > MAX_EXPRESSION) return { ok: false, at: MAX_EXPRESSION, expected: `at most ${MAX_EXPRESSION} characters` }
  const tokens = tokenize(text)
  if (typeof tokens === 'number') return { ok: false, at: tokens, expected: 'a field, a number, a closed text or an operator' }
  try {
    return { ok: true, expression: new Parser(tokens).whole() }
  } catch (fault) {
    if (fault instanceof SyntaxFault) return { ok: false, at: fault.at, expected: fault.expected }
    throw fault
  }
}

/** Names of the fields in an expression, in order of first appearance. */
export function expressionFields(expression: Expression): string[] {
  switch (expression.kind) {
    case 'number':
    case 'text':
      return []
    case 'field':
      return [expression.name]
    case 'negative':
    case 'not':
    case 'missing':
      return expressionFields(expression.of)
    case 'call':
      return [...new Set(expression.of.flatMap(expressionFields))]
    case 'in':
      return [...new Set([expression.of, ...expression.items].flatMap(expressionFields))]
    default:
      return [...new Set([...expressionFields(expression.left), ...expressionFields(expression.right)])]
  }
}
