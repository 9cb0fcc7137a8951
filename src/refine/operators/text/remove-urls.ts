import { z } from 'zod'
import { rewriteTexts, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

/** An address ends at the first space, quote, angle bracket or character outside ASCII: 见https://a.cn/b。下文 */
const ADDRESS = /(?:https?:\/\/|ftp:\/\/|\bwww\.)[!#-&(-;=?-~]+/gi
const GATE = /:\/\/|www\./i
/** `[text](address)` of Markdown leaves its text. */
const MARKDOWN = /!?\[([^[\]\n]{0,300})\]\((?:https?|ftp):\/\/[^\s()]{1,2000}\)/gi
/** Punctuation after an address belongs to the sentence. */
const TRAILING = /[.,:;!?)\]}]+$/

function removeUrls(text: string, replacement: string): string {
  if (!GATE.test(text)) return text
  // Twice: a badge is a picture inside a link.
  const plain = text.replace(MARKDOWN, '$1').replace(MARKDOWN, '$1')
  return plain.replace(ADDRESS, (address) => replacement + (TRAILING.exec(address.slice(-16))?.[0] ?? ''))
}

export default defineOperator({
  version: 1,
  title: { zh: '去除网址', en: 'Remove URLs' },
  doc: {
    zh: '删去 http、https、ftp 与 www 开头的网址，或替换为 replacement；Markdown 链接保留文字。紧跟网址的汉字和句末标点不受影响。',
    en: 'Deletes addresses that begin with http, https, ftp or www, or puts replacement in their place; links of Markdown keep their text. Han characters and punctuation right after an address stay.',
  },
  source: 'RFC 3986; as clean_links_mapper of Data-Juicer, with the end mended for Chinese',
  parameters: z.strictObject({ columns: textColumns, replacement: z.string().default('') }),
  example: {
    parameters: {},
    before: { text: ['详见https://example.com/a?b=1。下文', '[规范](https://a.cn/b)'] },
    after: { text: ['详见。下文', '规范'] },
  },
  run: (batch, { columns, replacement }) => rewriteTexts(batch, columns, (text) => removeUrls(text, replacement)),
})
