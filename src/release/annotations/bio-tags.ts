import type { LabelledSpan } from '../../base/kernels/index.ts'

/** A token: a Han, Kana or Hangul character, a run of letters and digits of other scripts, or one other visible character. */
const TOKEN =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}])[\p{L}\p{N}\p{M}])+|[^\s\p{Cc}\p{Cf}\p{Z}]/gu

/** A token with its tag: `B-<label>` first in a span, `I-<label>` further in it, `O` outside. */
export type TaggedToken = readonly [token: string, tag: string]

/** Tokens of a text that no span covers or one span covers whole. */
const tokensOf = (text: string): string[] => text.match(TOKEN) ?? []

/**
 * Tokens of a text with BIO tags (IOB2). A token that reaches over the edge of a span is cut there, so that every span can
 * be told from the tags. @param spans in UTF-16 code units, by place, none overlapping
 */
export function bioTags(text: string, spans: readonly LabelledSpan[]): TaggedToken[] {
  const tagged: TaggedToken[] = []
  let at = 0
  for (const { start, end, label } of spans) {
    for (const token of tokensOf(text.slice(at, start))) tagged.push([token, 'O'])
    for (const [i, token] of tokensOf(text.slice(start, end)).entries()) tagged.push([token, `${i === 0 ? 'B' : 'I'}-${tagName(label)}`])
    at = end
  }
  for (const token of tokensOf(text.slice(at))) tagged.push([token, 'O'])
  return tagged
}

/** A label as a tag may hold it: columns are split at white space. */
const tagName = (label: string): string => label.trim().replace(/\s+/g, '_') || 'ENTITY'
