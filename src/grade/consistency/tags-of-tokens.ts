import { taggedTokensOf } from '../../base/kernels/index.ts'
import type { Relation } from './relation.ts'
import { jsonAt } from './relation.ts'

export const tagsOfTokens: Relation = {
  key: 'tags-of-tokens',
  title: { zh: '每个词元都有且只有一个标记', en: 'each token has its tag' },
  bind: (batch, table) => {
    const fields = taggedTokensOf(table.fields)
    if (!fields) return undefined
    const [tokens, tags] = [batch.columns.get(fields.tokens.name), batch.columns.get(fields.tags.name)]
    return (row) => {
      const [words, marks] = [jsonAt(tokens, row), jsonAt(tags, row)]
      return Array.isArray(words) && Array.isArray(marks) ? words.length !== marks.length : undefined
    }
  },
}
