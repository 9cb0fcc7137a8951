import type { RecordItem } from '../sub-item.ts'
import { hasMarkup } from './left-over-markup.ts'
import { hasNotice } from './page-notices.ts'

const MAX_NOISE_SHARE = 0.01
const MIN_CONTENT_SHARE = 0.5
/** Traces of text that was decoded with the wrong encoding. */
const MOJIBAKE = /锟斤拷|烫烫烫|屯屯屯|ï»¿|â€™|â€œ|Ã©|Ã¨|ä¸€|çš„/

export const purity: RecordItem = {
  code: '02080106',
  title: { zh: '纯净度', en: 'purity' },
  method: () => ({
    zh: '控制符与损坏字符少于 1%，文字与数字不少于可见字符的一半，没有乱码、残留的 HTML 标签与实体（一两处提及不算）、模型对话标记，也没有网页的版权与转载声明',
    en: 'controls and damaged characters < 1%, letters and digits ≥ half of the visible characters, no mojibake, no left-over HTML tags and entities (a mention or two is none), no marks of model input, no copyright or reprint notice of a page',
  }),
  bind:
    (_batch, _table, { textAt, scanAt }) =>
    (row) => {
      const scan = scanAt(row)
      const { visible, content, noise } = scan
      if (visible === 0) return undefined
      if (noise >= MAX_NOISE_SHARE * visible && noise > 0) return true
      if (content < MIN_CONTENT_SHARE * visible) return true
      const text = textAt(row)
      return hasMarkup(text) || MOJIBAKE.test(text) || hasNotice(text, scan)
    },
}
