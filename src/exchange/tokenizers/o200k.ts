import { defineTokenizer } from '../tokenizer.ts'

export default defineTokenizer({
  version: 1,
  title: { zh: 'o200k', en: 'o200k' },
  doc: { zh: 'OpenAI GPT-4o 及之后模型的词表 o200k_base。', en: 'Vocabulary o200k_base of GPT-4o and later models of OpenAI.' },
  source: 'gpt-tokenizer 4.0.0, o200k_base',
  load: async () => {
    const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
    // Special tokens written in a text are text: nobody is charged for a control code.
    return (text) => countTokens(text, { allowedSpecial: new Set(), disallowedSpecial: new Set() })
  },
})
