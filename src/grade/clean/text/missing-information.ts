import type { RecordItem } from '../sub-item.ts'

/** Values that stand where a text should be, in lower case. */
const STAND_INS: ReadonlySet<string> = new Set([
  ...[
    'n/a',
    'na',
    'null',
    'none',
    'nil',
    'undefined',
    'nan',
    'unknown',
    'tbd',
    '-',
    '--',
    '—',
    '/',
    '.',
    '?',
    '[removed]',
    '[deleted]',
    '[image]',
  ],
  ...[
    '无',
    '暂无',
    '略',
    '空',
    '未知',
    '不详',
    '待补充',
    '待定',
    '同上',
    '无内容',
    '暂无内容',
    '[图片]',
    '系统默认好评',
    '此用户没有填写评价',
    '该用户没有填写评论',
  ],
])
const LONGEST_STAND_IN = 20
/** A variable of a template that nobody filled in. */
const UNFILLED = /\{\{[^{}]{1,80}\}\}|\$\{[^{}]{1,80}\}/

export const missingInformation: RecordItem = {
  code: '02080105',
  title: { zh: '信息缺失', en: 'missing information' },
  method: () => ({
    zh: '正文非空，不是“无、N/A、[图片]”之类的占位值，也没有未填的模板变量',
    en: 'the text is there, is no stand-in such as N/A or [image], and has no unfilled template variable',
  }),
  bind:
    (_batch, _table, { textAt, scanAt }) =>
    (row) => {
      const text = textAt(row)
      if (scanAt(row).visible === 0) return true
      if (text.length <= LONGEST_STAND_IN && STAND_INS.has(text.trim().toLowerCase())) return true
      return text.includes('{') && UNFILLED.test(text)
    },
}
