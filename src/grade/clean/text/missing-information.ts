import { isStandIn } from '../../stand-ins.ts'
import type { RecordItem } from '../sub-item.ts'

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
    (_batch, _table, { textAt, scanAt, isMediaAt }) =>
    (row) => {
      const text = textAt(row)
      if (scanAt(row).visible === 0) return isMediaAt(row) ? undefined : true
      if (isStandIn(text)) return true
      return text.includes('{') && UNFILLED.test(text)
    },
}
