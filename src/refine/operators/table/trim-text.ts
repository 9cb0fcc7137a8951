import { z } from 'zod'
import { columnsParameter } from '../../../base/kernels/index.ts'
import { mapText } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

/** Blanks of every script, byte order marks and zero-width marks; joiners stay, for they shape letters. */
const isBlank = (code: number): boolean =>
  (code >= 9 && code <= 13) ||
  code === 32 ||
  code === 0x85 ||
  code === 0xa0 ||
  code === 0x1680 ||
  (code >= 0x2000 && code <= 0x200b) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x202f ||
  code === 0x205f ||
  code === 0x2060 ||
  code === 0x3000 ||
  code === 0xfeff

/** The text without blanks at its ends; null when nothing is left. */
function trim(text: string): string | null {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return start === end ? null : text.slice(start, end)
}

export default defineOperator({
  version: 1,
  title: { zh: '去首尾空白', en: 'Trim text' },
  doc: {
    zh: '去掉文本首尾的各种空白与零宽字符；只剩空白的值视为缺失。默认处理全部文本与类别字段。',
    en: 'Takes blanks of any kind and zero-width marks off both ends of texts; a text of nothing else is missing. All text and category fields by default.',
  },
  source: 'Unicode 16, White_Space; U+200B, U+2060, U+FEFF',
  parameters: z.strictObject({ columns: columnsParameter }),
  example: {
    parameters: { columns: ['kind'] },
    before: { kind: [' oak\u3000', '\ufeffelm', ' \t'] },
    after: { kind: ['oak', 'elm', null] },
  },
  run: (batch, { columns }) => {
    const names =
      columns.length > 0 ? columns : batch.fields.filter(({ type }) => type === 'text' || type === 'category').map(({ name }) => name)
    return mapText(batch, names, trim)
  },
})
