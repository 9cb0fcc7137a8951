import { eld } from 'eld/small'
import { z } from 'zod'
import type { TextProfile, TextVerdict } from '../../../base/kernels/index.ts'
import { createProfiler, figure, minimumLength, rejectTexts, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

/** Code units that decide; more of the same text does not change the answer. */
const SAMPLE_UNITS = 500
/** Share of letters that are Han from which a text is Chinese or Japanese, and of Kana among both that make it Japanese. */
const HAN_SHARE = 0.3
const KANA_SHARE = 0.1

/** ISO 639-1 code of the language and how sure that is, 0..1. Han and Kana decide for Chinese and Japanese, n-grams else. */
function languageOf(text: string, profile: TextProfile): { readonly code: string; readonly confidence: number } {
  const cjk = profile.han + profile.kana
  if (profile.letters === 0) return { code: '', confidence: 0 }
  if (cjk >= HAN_SHARE * profile.letters) {
    const isJapanese = profile.kana > KANA_SHARE * cjk
    return { code: isJapanese ? 'ja' : 'zh', confidence: Math.min(1, cjk / profile.letters / HAN_SHARE / 2) }
  }
  const detected = eld.detect(text)
  return { code: detected.language, confidence: detected.getScores()[detected.language] ?? 0 }
}

export default defineOperator({
  version: 1,
  title: { zh: '语种', en: 'Language' },
  doc: {
    zh: '隔离确定不属于 languages 的文本。汉字与假名占比判断中文和日文，其余由 eld 的字母 n 元模型判断；把握低于 minimumConfidence 或短于 minimumLength 的文本保留。',
    en: 'Quarantines texts that are surely in none of languages. The share of Han and Kana decides for Chinese and Japanese, the n-grams of eld for the others. Texts that are less sure than minimumConfidence or shorter than minimumLength stay.',
  },
  source: 'eld 2.1 (Nito-ELD), small model; ISO 639-1',
  parameters: z.strictObject({
    columns: textColumns,
    minimumLength: minimumLength(40),
    languages: z
      .array(z.string().regex(/^[a-z]{2}$/))
      .min(1)
      .default(['zh', 'en']),
    minimumConfidence: z.number().min(0).max(1).default(0.6),
  }),
  example: {
    parameters: { languages: ['zh', 'en'], minimumLength: 10 },
    before: {
      text: ['Le roulement de la pompe est usé et doit être remplacé.', '水泵轴承磨损，需要更换。', 'The bearing of the pump is worn.'],
    },
    after: { text: ['水泵轴承磨损，需要更换。', 'The bearing of the pump is worn.'] },
    quarantined: [0],
  },
  reasons: { 'other-language': { zh: '不属于所需语种', en: 'is in another language than asked for' } },
  run: (batch, { columns, minimumLength: shortest, languages, minimumConfidence }) => {
    const profile = createProfiler()
    return rejectTexts(batch, columns, shortest, (text): TextVerdict | null => {
      const sample = text.length > SAMPLE_UNITS ? text.slice(0, SAMPLE_UNITS) : text
      const { code, confidence } = languageOf(sample, profile(sample))
      if (code === '' || confidence < minimumConfidence || languages.includes(code)) return null
      return { reason: 'other-language', found: `${code} ${figure(confidence)}` }
    })
  },
})
