import { z } from 'zod'
import { CHARACTER_CLASS, CharacterClass, rewriteTexts, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

const QUOTES: ReadonlyMap<string, string> = new Map([
  ...[...'“”„‟«»'].map((quote) => [quote, '"'] as const),
  ...[...'‘’‚‛′'].map((quote) => [quote, "'"] as const),
])
const DASHES: ReadonlyMap<string, string> = new Map([...'‐‑‒–—―−'].map((dash) => [dash, '-'] as const))
const ELLIPSES: ReadonlyMap<string, string> = new Map([['…', '...']])
const FOLDABLE = /[“”„‟«»‘’‚‛′‐‑‒–—―−…]/
const EACH = new RegExp(FOLDABLE.source, 'g')

/** Is the code unit Han, Kana or CJK punctuation? Beside them these signs are Chinese, not typographic. */
function isChinese(code: number): boolean {
  const kind = CHARACTER_CLASS[code]
  return (
    kind === CharacterClass.han || kind === CharacterClass.kana || (code >= 0x3001 && code <= 0x303f) || (code >= 0xff01 && code <= 0xff65)
  )
}

/** The nearest code unit that is no foldable sign, on one side; …… and —— are two signs. */
function neighbour(text: string, at: number, step: 1 | -1): number {
  let i = at + step
  if (text[i] === text[at]) i += step
  return text.charCodeAt(i)
}

function foldPunctuation(text: string, folds: ReadonlyMap<string, string>): string {
  if (!FOLDABLE.test(text)) return text
  return text.replace(EACH, (sign, at: number) => {
    const folded = folds.get(sign)
    if (folded === undefined || isChinese(neighbour(text, at, -1)) || isChinese(neighbour(text, at, 1))) return sign
    return folded
  })
}

export default defineOperator({
  version: 1,
  title: { zh: '统一西文标点', en: 'Fold punctuation' },
  doc: {
    zh: '把弯引号、各种连接号与省略号统一为 ASCII 形式；紧邻汉字的“”‘’——……属于中文标点，保持原样。',
    en: 'Turns curly quotes, dashes and ellipses into ASCII. Beside Han characters the same signs are Chinese punctuation and stay.',
  },
  source: 'as in ftfy (uncurl_quotes) and C4',
  parameters: z.strictObject({
    columns: textColumns,
    quotes: z.boolean().default(true),
    dashes: z.boolean().default(true),
    ellipses: z.boolean().default(true),
  }),
  example: {
    parameters: {},
    before: { text: ['“It’s 5–6 mm…”', '他说：“好。”——完'] },
    after: { text: ['"It\'s 5-6 mm..."', '他说：“好。”——完'] },
  },
  run: (batch, { columns, quotes, dashes, ellipses }) => {
    const folds = new Map([...(quotes ? QUOTES : []), ...(dashes ? DASHES : []), ...(ellipses ? ELLIPSES : [])])
    return rewriteTexts(batch, columns, (text) => foldPunctuation(text, folds))
  },
})
