/** Reads a rule of the cross-field language by its grammar and gives the field names in it; throws where it is no rule. */
export function fieldNamesOf(rule: string): string[] {
  const tokens = tokensOf(rule)
  const names: string[] = []
  let at = 0
  const peek = (): string => tokens[at] ?? ''
  const take = (expected: string): void => {
    if (tokens[at++] !== expected) throw new Error(`${rule}: expected ${expected} before token ${at}`)
  }
  const isWord = (word: string): boolean => peek() === word

  const disjunction = (): void => {
    conjunction()
    while (isWord('or')) {
      at++
      conjunction()
    }
  }
  const conjunction = (): void => {
    negation()
    while (isWord('and')) {
      at++
      negation()
    }
  }
  const negation = (): void => {
    while (isWord('not')) at++
    comparison()
  }
  const comparison = (): void => {
    sum()
    if (COMPARISONS.has(peek())) {
      at++
      sum()
    } else if (isWord('is')) {
      at++
      take('missing')
    }
  }
  const sum = (): void => {
    product()
    while (peek() === '+' || peek() === '-') {
      at++
      product()
    }
  }
  const product = (): void => {
    atom()
    while (peek() === '*' || peek() === '/') {
      at++
      atom()
    }
  }
  const atom = (): void => {
    const token = tokens[at++] ?? ''
    if (token === '-') atom()
    else if (token === '(') {
      disjunction()
      take(')')
    } else if (FUNCTIONS.has(token) && peek() === '(') {
      at++
      disjunction()
      while (peek() === ',') {
        at++
        disjunction()
      }
      take(')')
    } else if (/^[`\p{L}_]/u.test(token) && !KEYWORDS.has(token)) names.push(token.replaceAll('`', ''))
    else if (!/^["\d]/.test(token)) throw new Error(`${rule}: unexpected ${token || 'end'}`)
  }

  disjunction()
  if (at !== tokens.length) throw new Error(`${rule}: unexpected ${peek()}`)
  return names
}

const COMPARISONS = new Set(['<=', '>=', '<', '>', '==', '!='])
const FUNCTIONS = new Set(['abs', 'min', 'max', 'length'])
const KEYWORDS = new Set(['and', 'or', 'not', 'is', 'missing'])
const TOKEN = /\s*(?:(<=|>=|==|!=|[<>()+\-*/,])|("[^"]*")|(`[^`]+`)|(\d+(?:\.\d+)?)|([\p{L}_][\p{L}\p{N}_]*))/uy

function tokensOf(rule: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < rule.trimEnd().length) {
    const from = TOKEN.lastIndex
    const found = TOKEN.exec(rule)
    if (!found) throw new Error(`${rule}: cannot read at ${from}`)
    tokens.push(found[0].trim())
  }
  return tokens
}
