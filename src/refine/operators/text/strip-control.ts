import { z } from 'zod'
import { CHARACTER_CLASS, CharacterClass, rewriteTexts, textColumns } from '../../../base/kernels/index.ts'
import { Trait } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

/**
 * Signs that nobody sees: controls, soft hyphens, zero-width characters, bidirectional marks and overrides, byte order
 * marks, non-characters, tag characters, halves of pairs. A flag that is spelt with tags is one piece.
 */
const UNSEEN =
  /\u{1F3F4}[\u{E0020}-\u{E007E}]+\u{E007F}|[\u{E0000}-\u{E007F}]|[\p{Cc}\p{Cs}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff]/gu

/** Code units that make a text worth a look with `UNSEEN`; tabs and line ends are none, surrogates may be. */
function suspectTable(): Uint8Array {
  const table = new Uint8Array(0x10000)
  for (let code = 0; code < 0x10000; code++) {
    const isSurrogate = code >= 0xd800 && code < 0xe000
    if (isSurrogate || String.fromCharCode(code).search(UNSEEN) >= 0) table[code] = 1
  }
  for (const kept of '\t\n\r') table[kept.charCodeAt(0)] = 0
  return table
}

const SUSPECT = suspectTable()
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]/
const TAG_HIGH = 0xdb40

function isSuspect(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (SUSPECT[text.charCodeAt(i)] === 1) return true
  return false
}

/** Joiners shape Arabic and Indic words and build emoji: 👩‍🔬, می‌خواهم. Between other characters they hide. */
function joins(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  const high = text.charCodeAt(at - 2)
  if (before >= 0xdc00 && before < 0xe000) return high >= 0xd800 && high < 0xdc00 && high !== TAG_HIGH
  if (before === 0xfe0f || (before >= 0x2190 && before < 0x2c00)) return true
  return before >= 0x0600 && before < 0x2000 && CHARACTER_CLASS[before] === CharacterClass.letter
}

function stripControl(text: string): string {
  if (!isSuspect(text)) return text
  const keepsMarks = RIGHT_TO_LEFT.test(text)
  return text.replace(UNSEEN, (sign, at: number) => {
    switch (sign) {
      case '\t':
      case '\n':
      case '\r':
        return sign
      case '\v':
      case '\f':
      case '\u0085':
        return '\n'
      case '\u200c':
      case '\u200d':
        return joins(text, at) ? sign : ''
      case '\u200e':
      case '\u200f':
      case '\u061c':
        return keepsMarks ? sign : ''
      default:
        return sign.length > 2 ? sign : ''
    }
  })
}

export default defineOperator({
  version: 1,
  title: { zh: '去除控制字符', en: 'Strip control characters' },
  doc: {
    zh: '去除控制字符、零宽字符、BOM、软连字符、双向覆盖符、隐藏标签字符与孤立代理项；表情和阿拉伯、印度系文字所需的连接符保留，换页符变为换行。',
    en: 'Removes controls, zero-width characters, byte order marks, soft hyphens, bidirectional overrides, hidden tag characters and lone surrogates. Joiners that emoji, Arabic and Indic scripts need stay; a form feed becomes a line end.',
  },
  source: 'Unicode 16 section 23; UTR #36 (bidirectional and invisible text)',
  parameters: z.strictObject({ columns: textColumns }),
  example: {
    parameters: {},
    before: { text: ['\ufeff合\u200b同\u00ad编号\u0007', '👩\u200d🔬 ok'] },
    after: { text: ['合同编号', '👩\u200d🔬 ok'] },
  },
  run: (batch, { columns }) => rewriteTexts(batch, columns, stripControl, Trait.CONTROL | Trait.ODD),
})
