import { z } from 'zod'
import { rewriteTexts, textColumns } from '../../../base/kernels/index.ts'
import { ANY_TRAIT, Trait } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

const Kind = { other: 0, folded: 1, space: 2, lineEnd: 3 } as const

/** Tabs, carriage returns, no-break and typographic spaces never stay as they are; spaces and line ends may. */
const KIND = new Uint8Array(0x10000)
for (const character of '\t\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff') {
  KIND[character.charCodeAt(0)] = Kind.folded
}
KIND[' '.charCodeAt(0)] = Kind.space
KIND['\n'.charCodeAt(0)] = Kind.lineEnd

/** States of the check: after a visible character, after a space, after one line end, two … */
const VISIBLE = 0
const SPACE = 1
const ONE_LINE_END = 2
const BROKEN = -1

function afterWhiteSpace(state: number, kind: number, blankLines: number): number {
  if (kind === Kind.space) return state === VISIBLE ? SPACE : BROKEN
  if (kind !== Kind.lineEnd || state === SPACE) return BROKEN
  if (state === VISIBLE) return ONE_LINE_END
  return state - ONE_LINE_END < blankLines ? state + 1 : BROKEN
}

/** Is the text already as this operator leaves it? One look at each code unit. */
function isCollapsed(text: string, blankLines: number): boolean {
  let state = SPACE
  for (let i = 0; i < text.length; i++) {
    const kind = KIND[text.charCodeAt(i)] as number
    state = kind === Kind.other ? VISIBLE : afterWhiteSpace(state, kind, blankLines)
    if (state === BROKEN) return false
  }
  return state === VISIBLE && text.length > 0
}

/** Long runs of white space are read once: each pattern takes a whole run. */
function collapse(text: string, blankLines: number): string | null {
  if (isCollapsed(text, blankLines)) return text
  const collapsed = text
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, (run) => run.slice(0, blankLines + 1))
    .trim()
  return collapsed === '' ? null : collapsed
}

export default defineOperator({
  version: 1,
  title: { zh: '合并空白', en: 'Collapse white space' },
  doc: {
    zh: '连续空白合并为一个空格，行首行尾空白去除，换行统一为 LF，空行最多保留 maximumBlankLines 行；只有空白的文本变为缺失。',
    en: 'Runs of white space become one space, lines are trimmed, line ends become LF, and at most maximumBlankLines empty lines stay together. A text of nothing but white space becomes missing.',
  },
  source: 'Unicode White_Space; as in C4 (Raffel et al. 2020) and datatrove',
  parameters: z.strictObject({ columns: textColumns, maximumBlankLines: z.number().int().nonnegative().max(10).default(1) }),
  example: {
    parameters: {},
    before: { text: ['  额定电压\u3000\u3000220 V \r\n\r\n\r\n\r\n50 Hz\t', ' \u3000'] },
    after: { text: ['额定电压 220 V\n\n50 Hz', null] },
  },
  run: (batch, { columns, maximumBlankLines }) =>
    rewriteTexts(
      batch,
      columns,
      (text) => collapse(text, maximumBlankLines),
      maximumBlankLines === 1 ? Trait.SPACING | Trait.ODD : ANY_TRAIT,
    ),
})
