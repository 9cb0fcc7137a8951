import type { RecordItem } from '../sub-item.ts'

const OPEN_ENDS: ReadonlySet<string> = new Set([...'：:，,、（(【[{《〈“‘「『'])
/** Marks that a page leaves where it cut the text. */
const CUT_MARKS = ['[...]', '[…]', '[truncated]', 'read more', '展开全文', '阅读全文', '查看全文', '未完待续']
const LONGEST_MARK = 12
/** A longer text that trails off in dots was cut, as snippets are; a shorter one may be a manner of speaking. */
const MANNER_UNITS = 120
/** A list that was begun and trails off is cut, however short the text. */
const OPEN_LIST = /(?:还有|包括|例如|比如|譬如|以及|分别[为是]|such as|including|for example)\s?(?:\.{3,}|…+)$/i
const TRAILS_OFF = /(?:\.{3}|…)["”’')）\]】]?$/

export const completeness: RecordItem = {
  code: '02080104',
  title: { zh: '文本完整性', en: 'text completeness' },
  method: () => ({
    zh: `结尾不是冒号、逗号、左括号或“展开全文”之类的截断标记，超过 ${MANNER_UNITS} 个字符的文本及未完的列举不以省略号结尾`,
    en: `does not end in a colon, a comma, an opening bracket or a mark of cutting such as [truncated]; neither a text of more than ${MANNER_UNITS} characters nor a list that was begun trails off in an ellipsis`,
  }),
  bind:
    (_batch, _table, { textAt }) =>
    (row) => {
      const text = textAt(row)
      const end = text.slice(-4 * LONGEST_MARK).trimEnd()
      if (end === '') return undefined
      const tail = end.slice(-LONGEST_MARK).toLowerCase()
      if (TRAILS_OFF.test(tail) && (text.length > MANNER_UNITS || OPEN_LIST.test(end))) return true
      return OPEN_ENDS.has(end.slice(-1)) || CUT_MARKS.some((mark) => tail.endsWith(mark))
    },
}
