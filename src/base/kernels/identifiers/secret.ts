import { isAlphanumeric, textBefore } from './context.ts'
import type { Report } from './identifier.ts'

/** Keys that tell what they are by how they begin. Each alternative has a literal head and one class after it. */
const PREFIXED = new RegExp(
  [
    '(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}(?![0-9A-Za-z])', // Amazon
    'LTAI[0-9A-Za-z]{12,24}(?![0-9A-Za-z])', // Alibaba Cloud
    'AKID[0-9A-Za-z]{32}(?![0-9A-Za-z])', // Tencent Cloud
    'gh[pousr]_[0-9A-Za-z]{36,255}', // GitHub
    'github_pat_[0-9A-Za-z_]{22,255}',
    'glpat-[0-9A-Za-z_-]{20,64}', // GitLab
    'xox[abeoprs]-[0-9A-Za-z-]{10,255}', // Slack
    'sk-(?:ant-|proj-|or-|svcacct-)?[0-9A-Za-z_-]{20,255}', // OpenAI, Anthropic, DeepSeek, Moonshot
    'AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])', // Google
    '[spr]k_(?:live|test)_[0-9A-Za-z]{16,255}', // Stripe
    'npm_[0-9A-Za-z]{36}(?![0-9A-Za-z])',
    'pypi-[0-9A-Za-z_-]{50,255}',
    'hf_[0-9A-Za-z]{30,40}(?![0-9A-Za-z])', // Hugging Face
    'SG\\.[0-9A-Za-z_-]{16,32}\\.[0-9A-Za-z_-]{30,64}', // SendGrid
    'eyJ[0-9A-Za-z_-]{8,1024}\\.eyJ[0-9A-Za-z_-]{8,8192}\\.[0-9A-Za-z_-]{16,1024}', // JSON Web Token, RFC 7519
  ]
    .map((form) => `(?:${form})`)
    .join('|'),
  'y',
)

const SECRET_WORD =
  /(?:api[_-]?key|app[_-]?key|app[_-]?secret|access[_-]?key(?:[_-]?(?:id|secret))?|secret(?:[_-]?(?:key|id|access[_-]?key))?|(?:access|auth|refresh|bearer)?[_-]?token|bearer|passw(?:or)?d|pwd|private[_-]?key|密码|口令|密钥|秘钥|令牌)["'”]?\s{0,2}(?:[:=]>?|是|为|\s)\s{0,2}["'“]?$/i
const SECRET_WINDOW = 40
const SHORTEST_SECRET = 8
const LONGEST_SECRET = 8192
/** Bits a character below which a value is a word or a pattern, not a key. */
const LEAST_ENTROPY = 2.5

const OPENING = '-----BEGIN '
const CLOSING = '-----END '
const PRIVATE_KEY = /^-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/
const LONGEST_KEY_BLOCK = 32_768

const isSecretUnit = (code: number): boolean => isAlphanumeric(code) || code === 0x5f || code === 0x2d || code === 0x2e
const isValueUnit = (code: number): boolean =>
  code > 0x20 && code < 0x7f && code !== 0x22 && code !== 0x27 && code !== 0x2c && code !== 0x3b && code !== 0x3c && code !== 0x3e

/**
 * Reports the key or password in which the code unit at `digit` lies.
 * @param from where an earlier run ended; nothing before it is looked at again
 * @returns where the run of key characters ends
 */
export function scanSecret(text: string, digit: number, from: number, report: Report): number {
  let start = digit
  while (start > from && isSecretUnit(text.charCodeAt(start - 1))) start--
  let end = digit + 1
  while (isSecretUnit(text.charCodeAt(end))) end++
  if (end - start < SHORTEST_SECRET) return end
  if (!scanPrefixed(text, start, end, report)) scanNamed(text, start, end, report)
  return end
}

/** Tries each place of a run at which a key may begin: after a sign that cannot be inside a word. */
function scanPrefixed(text: string, from: number, end: number, report: Report): boolean {
  for (let start = from; start < end; start++) {
    if (start > from && isAlphanumeric(text.charCodeAt(start - 1))) continue
    PREFIXED.lastIndex = start
    const key = PREFIXED.exec(text)?.[0]
    if (!key || entropy(key) < LEAST_ENTROPY) continue
    report('secret', start, start + key.replace(/[.-]+$/, '').length)
    return true
  }
  return false
}

/** A value after a word such as password or 密钥, with letters and digits mixed. */
function scanNamed(text: string, from: number, end: number, report: Report): void {
  const start = valueStart(text, from)
  if (!SECRET_WORD.test(textBefore(text, start, SECRET_WINDOW))) return
  let to = end
  while (to - start < LONGEST_SECRET && isValueUnit(text.charCodeAt(to))) to++
  while (to > start && /[.)\]}]/.test(text[to - 1] as string)) to--
  const value = text.slice(start, to)
  if (value.length < SHORTEST_SECRET || !/[A-Za-z]/.test(value) || !/\d/.test(value) || entropy(value) < LEAST_ENTROPY) return
  if (/^[$<{%]|^process\.|^https?:|\(/.test(value)) return
  report('secret', start, to)
}

/** A value may begin with signs that keys do not have: `P@ss-w0rd1`. */
function valueStart(text: string, from: number): number {
  let start = from
  while (start > 0 && from - start < SECRET_WINDOW && isValueUnit(text.charCodeAt(start - 1)) && !/[:=]/.test(text[start - 1] as string))
    start--
  return start
}

/** Reports a private key block in PEM or PGP armour from its opening line on. @returns its end, or 0 for none */
export function scanKeyBlock(text: string, at: number, report: Report): number {
  if (!text.startsWith(OPENING, at) || !PRIVATE_KEY.test(text.slice(at, at + 80))) return 0
  const block = text.slice(at, at + LONGEST_KEY_BLOCK)
  const closing = block.indexOf(CLOSING)
  if (closing < 0) return 0
  const after = /-----/.exec(block.slice(closing + CLOSING.length, closing + 80))
  const end = at + closing + CLOSING.length + (after ? after.index + 5 : 0)
  report('secret', at, end)
  return end
}

/** Reports `user:password` of an address `scheme://user:password@host`. @returns whether there is one before the @ */
export function scanUrlCredentials(text: string, at: number, report: Report): boolean {
  const login = /:\/\/([^\s/@:]{1,64}:[^\s/@]{1,128})$/.exec(textBefore(text, at, 200))?.[1]
  if (!login) return false
  report('secret', at - login.length, at)
  return true
}

/** Shannon entropy of the characters, bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}
