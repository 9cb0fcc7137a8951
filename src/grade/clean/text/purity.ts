import type { RecordItem } from '../sub-item.ts'

const MAX_NOISE_SHARE = 0.02
const MIN_CONTENT_SHARE = 0.5
/** Traces of text that was decoded with the wrong encoding. */
const MOJIBAKE = /锟斤拷|烫烫烫|屯屯屯|ï»¿|â€™|â€œ|Ã©|Ã¨|ä¸€|çš„/
const TAG = /<\/?(?:div|span|p|br|a|td|tr|th|table|tbody|script|style|img|li|ul|font|iframe)\b[^<>]{0,200}>/i
/** Tags from which a text counts as left-over markup rather than as a mention of it. */
const MAX_TAGS = 2

function hasMarkup(text: string): boolean {
  let from = text.indexOf('<')
  for (let found = 0; from >= 0; from = text.indexOf('<', from + 1)) {
    if (TAG.test(text.slice(from, from + 220)) && ++found > MAX_TAGS) return true
  }
  return false
}

export const purity: RecordItem = {
  code: '02080106',
  title: { zh: '纯净度', en: 'purity' },
  method: () => ({
    zh: '控制符与损坏字符不超过 2%，文字与数字不少于可见字符的一半，没有乱码，残留的 HTML 标签不超过 2 个',
    en: 'controls and damaged characters ≤ 2%, letters and digits ≥ half of the visible characters, no mojibake, at most 2 left-over HTML tags',
  }),
  bind:
    (_batch, _table, { textAt, scanAt }) =>
    (row) => {
      const { visible, content, noise } = scanAt(row)
      if (visible === 0) return undefined
      if (noise > MAX_NOISE_SHARE * visible || content < MIN_CONTENT_SHARE * visible) return true
      const text = textAt(row)
      return hasMarkup(text) || MOJIBAKE.test(text)
    },
}
