/** Reasons of the quality rules, in words. */
export const QUALITY_REASONS = {
  'too-many-symbols': { zh: '标点与符号所占比例过高', en: 'too large a share of punctuation and symbols' },
  'too-many-hashes': { zh: '“#”或省略号过多', en: 'too many hashes or ellipses' },
  'too-many-digits': { zh: '数字所占比例过高', en: 'too large a share of digits' },
  'too-few-letters': { zh: '文字所占比例过低', en: 'too small a share of letters' },
  'too-few-words': { zh: '含文字的词所占比例过低', en: 'too small a share of words that hold a letter' },
  'words-too-short': { zh: '平均词长过短', en: 'words are too short on average' },
  'words-too-long': { zh: '平均词长过长', en: 'words are too long on average' },
  'too-many-bullets': { zh: '以项目符号开头的行过多', en: 'too many lines begin with a bullet' },
  'too-many-ellipses': { zh: '以省略号结尾的行过多', en: 'too many lines end in an ellipsis' },
  'too-few-sentences': { zh: '以句末标点结尾的行过少', en: 'too few lines end as a sentence does' },
  'repeated-lines': { zh: '重复行过多', en: 'too many repeated lines' },
  'repeated-ngrams': { zh: '重复的词串过多', en: 'too many repeated n-grams' },
  'frequent-ngram': { zh: '某一词串出现过于频繁', en: 'one n-gram is too frequent' },
  'too-few-stop-words': { zh: '常用虚词过少，不像自然语言', en: 'too few words of grammar for natural language' },
} as const

export type QualityReason = keyof typeof QUALITY_REASONS

/** The named reasons, for an operator that gives only those. */
export const qualityReasons = (
  ...names: readonly QualityReason[]
): Readonly<Record<string, { readonly zh: string; readonly en: string }>> =>
  Object.fromEntries(names.map((name) => [name, QUALITY_REASONS[name]]))
