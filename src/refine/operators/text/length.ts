import { z } from 'zod'
import type { TextVerdict } from '../../../base/kernels/index.ts'
import { createProfiler, limit, rejectTexts, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

/** Code points. */
function charactersOf(text: string): number {
  let pairs = 0
  for (let i = 1; i < text.length; i++)
    if ((text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) pairs++
  return text.length - pairs
}

function outside(value: number, least: number | null, most: number | null): TextVerdict | null {
  if (least !== null && value < least) return { reason: 'too-short', found: String(value) }
  return most !== null && value > most ? { reason: 'too-long', found: String(value) } : null
}

export default defineOperator({
  version: 1,
  title: { zh: '长度', en: 'Length' },
  doc: {
    zh: '隔离过短或过长的文本。characters 按 Unicode 码点计，tokens 中拼音文字一词、汉字与假名一字各计一个。默认只隔离空文本与超过一百万字符者，标题、答案等短文本不受影响。',
    en: 'Quarantines texts that are too short or too long. Characters are code points; a token is a word of an alphabet or one Han or Kana character. By default only empty texts and those over a million characters leave: titles and answers are short.',
  },
  source: 'Gopher: Rae et al. 2021, A1.1 (50 to 100,000 words for web pages); defaults widened for tables',
  parameters: z.strictObject({
    columns: textColumns,
    minimumCharacters: limit(1),
    maximumCharacters: limit(1_000_000),
    minimumTokens: limit(null),
    maximumTokens: limit(null),
  }),
  example: {
    parameters: { minimumTokens: 3 },
    before: { text: ['见附件', '无', 'pump ok'] },
    after: { text: ['见附件'] },
    quarantined: [1, 2],
  },
  reasons: {
    'too-short': { zh: '文本过短', en: 'the text is too short' },
    'too-long': { zh: '文本过长', en: 'the text is too long' },
  },
  run: (batch, { columns, ...limits }) => {
    const profile = createProfiler()
    const countsTokens = limits.minimumTokens !== null || limits.maximumTokens !== null
    return rejectTexts(batch, columns, 0, (text) => {
      const { minimumCharacters, maximumCharacters } = limits
      const byCharacters = outside(charactersOf(text), minimumCharacters, maximumCharacters)
      if (byCharacters || !countsTokens) return byCharacters
      return outside(profile(text).tokens, limits.minimumTokens, limits.maximumTokens)
    })
  },
})
