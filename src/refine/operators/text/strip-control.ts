import { z } from 'zod'
import { CHARACTER_CLASS, CharacterClass, textColumns } from '../../../base/kernels/index.ts'
import { mapText } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

const Fate = { keep: 0, remove: 1, newline: 2, joiner: 3, mark: 4, surrogate: 5 } as const

/** What becomes of each code unit. C1 and C0 controls, bidirectional overrides, invisible signs, non-characters go. */
function fateTable(): Uint8Array {
  const table = new Uint8Array(0x10000)
  const set = (fate: number, ...ranges: readonly (readonly [number, number])[]): void => {
    for (const [from, to] of ranges) table.fill(fate, from, to + 1)
  }
  set(Fate.remove, [0x00, 0x08], [0x0e, 0x1f], [0x7f, 0x84], [0x86, 0x9f], [0xad, 0xad], [0x200b, 0x200b], [0x202a, 0x202e])
  set(Fate.remove, [0x2060, 0x2064], [0x2066, 0x206f], [0xfeff, 0xfeff], [0xfff9, 0xfffc], [0xfffe, 0xffff], [0xfdd0, 0xfdef])
  set(Fate.newline, [0x0b, 0x0c], [0x85, 0x85])
  set(Fate.joiner, [0x200c, 0x200d])
  set(Fate.mark, [0x200e, 0x200f], [0x061c, 0x061c])
  set(Fate.surrogate, [0xd800, 0xdfff])
  return table
}

const FATE = fateTable()
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]/
const BLACK_FLAG_LOW = 0xdff4
const TAG_HIGH = 0xdb40

const isHigh = (code: number): boolean => code >= 0xd800 && code < 0xdc00
const isLow = (code: number): boolean => code >= 0xdc00 && code < 0xe000

/** Joiners shape Arabic and Indic words and build emoji: 👩‍🔬, می‌خواهم. Between other characters they hide. */
function joins(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  if (isLow(before)) return isHigh(text.charCodeAt(at - 2)) && text.charCodeAt(at - 2) !== TAG_HIGH
  if (before === 0xfe0f || (before >= 0x2190 && before < 0x2c00)) return true
  return before >= 0x0600 && before < 0x2000 && CHARACTER_CLASS[before] === CharacterClass.letter
}

/** Tag characters spell regions after a black flag; anywhere else they are text that nobody sees. */
function isFlagTag(text: string, at: number, flagEnd: number): boolean {
  return at === flagEnd || (text.charCodeAt(at - 1) === BLACK_FLAG_LOW && text.charCodeAt(at - 2) === 0xd83c)
}

function firstSuspect(text: string): number {
  for (let i = 0; i < text.length; i++) if (FATE[text.charCodeAt(i)] !== Fate.keep) return i
  return -1
}

/** Code units that the pair or half at `at` leaves: 2, or 0 for a lone half and a hidden tag. */
function keptOfPair(text: string, at: number, flagEnd: number): number {
  const high = text.charCodeAt(at)
  const low = text.charCodeAt(at + 1)
  if (!isHigh(high) || !isLow(low)) return 0
  const isTag = high === TAG_HIGH && low < 0xdc80
  return isTag && !isFlagTag(text, at, flagEnd) ? 0 : 2
}

function stripControl(text: string): string {
  const first = firstSuspect(text)
  if (first < 0) return text
  const keepsMarks = RIGHT_TO_LEFT.test(text)
  const pieces: string[] = []
  let from = 0
  let flagEnd = -1
  const cut = (at: number, length: number, put: string): void => {
    pieces.push(text.slice(from, at), put)
    from = at + length
  }
  for (let i = first; i < text.length; i++) {
    const fate = FATE[text.charCodeAt(i)]
    if (fate === Fate.keep || (fate === Fate.joiner && joins(text, i)) || (fate === Fate.mark && keepsMarks)) continue
    if (fate !== Fate.surrogate) {
      cut(i, 1, fate === Fate.newline ? '\n' : '')
      continue
    }
    const isPair = isHigh(text.charCodeAt(i)) && isLow(text.charCodeAt(i + 1))
    if (keptOfPair(text, i, flagEnd) === 0) cut(i, isPair ? 2 : 1, '')
    else if (text.charCodeAt(i) === TAG_HIGH) flagEnd = i + 2
    if (isPair) i++
  }
  if (from === 0) return text
  pieces.push(text.slice(from))
  return pieces.join('')
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
  run: (batch, { columns }) => mapText(batch, columns, stripControl),
})
