import { z } from 'zod'
import { rewriteTexts, textColumns } from '../../../base/kernels/index.ts'
import { Trait } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

const BLOCKS =
  'address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre section summary table tbody tfoot thead title tr ul'
const CELLS = 'td th'
const INLINE =
  'a abbr audio b big button canvas cite code col colgroup del dfn em font i iframe img input ins kbd label link mark meta object param picture q rp rt ruby s samp select small source span strike strong sub sup svg path textarea time tt u var video wbr noscript'
/** Elements whose content is no text. */
const SILENT = 'script style template'

/** What an element leaves where its tag stood. */
const LEAVES: ReadonlyMap<string, string> = new Map([
  ...BLOCKS.split(' ').map((name) => [name, '\n'] as const),
  ...CELLS.split(' ').map((name) => [name, ' '] as const),
  ...INLINE.split(' ').map((name) => [name, ''] as const),
  ...SILENT.split(' ').map((name) => [name, ''] as const),
])
const IS_SILENT: ReadonlySet<string> = new Set(SILENT.split(' '))
const TAG_NAME = /<\/?([a-z][a-z0-9]*)(?=[\s/>])/iy
/** A tag longer than this is a stray `<`. */
const LONGEST_TAG = 8192

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]{1,7}));/gi
const NAMES =
  'amp & lt < gt > quot " apos \' nbsp \u00a0 copy © reg ® trade ™ hellip … mdash — ndash – lsquo ‘ rsquo ’ ldquo “ rdquo ” laquo « raquo » middot · bull • times × divide ÷ plusmn ± deg ° micro µ para ¶ sect § cent ¢ pound £ yen ¥ euro € sup1 ¹ sup2 ² sup3 ³ frac12 ½ frac14 ¼ frac34 ¾ le ≤ ge ≥ ne ≠ asymp ≈ infin ∞ larr ← uarr ↑ rarr → darr ↓ eacute é egrave è agrave à aacute á uuml ü ouml ö auml ä szlig ß ccedil ç ntilde ñ iexcl ¡ iquest ¿ ensp \u2002 emsp \u2003 thinsp \u2009 zwnj \u200c zwj \u200d shy \u00ad alpha α beta β gamma γ delta δ mu μ omega ω Omega Ω sigma σ pi π'
const NAMED: ReadonlyMap<string, string> = new Map(
  Array.from(NAMES.matchAll(/(\S+) (\S|[\u00a0\u2002\u2003\u2009])(?: |$)/g), ([, name, sign]) => [name as string, sign as string]),
)

function decodeEntity(whole: string, decimal: string | undefined, hexadecimal: string | undefined, name: string | undefined): string {
  if (name !== undefined) return NAMED.get(name) ?? NAMED.get(name.toLowerCase()) ?? whole
  const point = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
  const isScalar = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point < 0xe000)
  return isScalar ? String.fromCodePoint(point) : whole
}

/** End of the tag that begins at `at`, past its `>`; quotes may hold one. 0 when it does not close. */
function tagEnd(text: string, at: number): number {
  let quote = ''
  const last = Math.min(text.length, at + LONGEST_TAG)
  for (let i = at; i < last; i++) {
    const character = text[i] as string
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '>') return i + 1
    else if (character === '<' && i > at) return 0
    else if ((character === '"' || character === "'") && text[i - 1] === '=') quote = character
  }
  return 0
}

/** `a<b and c>d` compares: a name of one letter with attributes but no `=` among them is no tag. */
const isComparison = (text: string, at: number, end: number, name: string): boolean =>
  name.length === 1 && end - at > 4 + name.length && text[at + 1] !== '/' && !text.slice(at, end).includes('=')

/** Reads a text once; what does not close is remembered, so that it is not looked for again. */
class MarkupReader {
  tags = 0
  private readonly text: string
  private readonly unclosed = new Set<string>()

  constructor(text: string) {
    this.text = text
  }

  /** The text without its markup, entities still in it. */
  read(): string {
    const pieces: string[] = []
    let from = 0
    for (let at = this.text.indexOf('<'); at >= 0; at = this.text.indexOf('<', Math.max(at + 1, from))) {
      const [end, leaves] = this.markupAt(at)
      if (end === 0) continue
      pieces.push(this.text.slice(from, at), leaves)
      from = end
      this.tags++
    }
    pieces.push(this.text.slice(from))
    return pieces.join('')
  }

  /** End of the markup at `at` and what it leaves; 0 where a `<` is only that. */
  private markupAt(at: number): readonly [number, string] {
    const { text } = this
    if (text.startsWith('<!--', at)) return [this.past('-->', at + 4), '']
    if (text.startsWith('<!DOCTYPE', at) || text.startsWith('<!doctype', at)) return [tagEnd(text, at), '']
    TAG_NAME.lastIndex = at
    const name = TAG_NAME.exec(text)?.[1]?.toLowerCase() ?? ''
    const leaves = LEAVES.get(name)
    if (leaves === undefined) return [0, '']
    const end = tagEnd(text, at)
    if (isComparison(text, at, end, name)) return [0, '']
    if (end === 0 || text[at + 1] === '/' || !IS_SILENT.has(name)) return [end, leaves]
    const closing = this.past(`</${name}`, end) || this.past(`</${name.toUpperCase()}`, end)
    return [closing === 0 ? end : tagEnd(text, closing - name.length - 2) || closing, leaves]
  }

  /** Where `mark` ends after `from`; 0 when there is none. */
  private past(mark: string, from: number): number {
    if (this.unclosed.has(mark)) return 0
    const at = this.text.indexOf(mark, from)
    if (at < 0) this.unclosed.add(mark)
    return at < 0 ? 0 : at + mark.length
  }
}

function stripHtml(text: string): string {
  const mayHoldTags = text.includes('<')
  if (!mayHoldTags && !text.includes('&')) return text
  const reader = new MarkupReader(text)
  const plain = (mayHoldTags ? reader.read() : text).replace(ENTITY, decodeEntity)
  return reader.tags === 0 ? plain : plain.replace(/\n{3,}/g, '\n\n').trim()
}

export default defineOperator({
  version: 1,
  title: { zh: '去除 HTML 标记', en: 'Strip HTML' },
  doc: {
    zh: '删去 HTML 标签、注释、脚本与样式，块级元素换行，并还原字符实体。只认识 HTML 元素：“a < b”“<用户>”“<T>”保持原样。',
    en: 'Deletes HTML tags, comments, scripts and styles; blocks become lines; entities become characters. Only elements of HTML count: a < b, <user> and <T> stay.',
  },
  source: 'WHATWG HTML Living Standard, elements and named character references (the frequent ones)',
  parameters: z.strictObject({ columns: textColumns }),
  example: {
    parameters: {},
    before: { text: ['<p>温度 &lt; 40&nbsp;℃</p><p>见<a href="x">附录</a></p>', 'if a < b and c > d'] },
    after: { text: ['温度 < 40\u00a0℃\n\n见附录', 'if a < b and c > d'] },
  },
  // &amp;lt; is text that shows &lt; and would be decoded again.
  idempotent: false,
  run: (batch, { columns }) => rewriteTexts(batch, columns, stripHtml, Trait.MARKUP),
})
