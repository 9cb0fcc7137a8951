import { z } from 'zod'
import { rewriteTexts, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

function removeRepeatedLines(text: string, minimumCharacters: number): string {
  if (!text.includes('\n')) return text
  const seen = new Set<string>()
  const lines = text.split('\n')
  const kept = lines.filter((line) => {
    const key = line.trim()
    if (key.length < minimumCharacters) return true
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  return kept.length === lines.length ? text : kept.join('\n')
}

export default defineOperator({
  version: 1,
  title: { zh: '去除重复行', en: 'Remove repeated lines' },
  doc: {
    zh: '同一文本内完全相同的行只留第一处；短于 minimumCharacters 的行（如空行、单位、“是”）不动。',
    en: 'Keeps the first of lines that are the same within one text. Lines shorter than minimumCharacters, such as empty ones or a unit, stay.',
  },
  source: 'C4 (Raffel et al. 2020), three-sentence spans; here whole lines within one text',
  parameters: z.strictObject({ columns: textColumns, minimumCharacters: z.number().int().positive().default(8) }),
  example: {
    parameters: {},
    before: { text: ['设备运行正常，无异常。\n好\n设备运行正常，无异常。\n好'] },
    after: { text: ['设备运行正常，无异常。\n好\n好'] },
  },
  run: (batch, { columns, minimumCharacters }) => rewriteTexts(batch, columns, (text) => removeRepeatedLines(text, minimumCharacters)),
})
