import type { Utf8Text } from '../record/index.ts'

export type { Utf8Text } from '../record/index.ts'

/** The text as UTF-8. A lone surrogate becomes U+FFFD. */
export function utf8Of(text: string | Utf8Text): Utf8Text {
  if (typeof text !== 'string') return text
  const bytes = Buffer.from(text, 'utf8')
  return { bytes, start: 0, end: bytes.length }
}

/** The text as a string. */
export const stringOf = ({ bytes, start, end }: Utf8Text): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')

/** The code point whose UTF-8 begins at `at`, which is beyond ASCII, and where the next one begins. The bytes are well-formed. */
export function codePointAt(bytes: Uint8Array, at: number): { readonly point: number; readonly next: number } {
  const lead = bytes[at] as number
  const second = (bytes[at + 1] as number) & 0x3f
  if (lead < 0xe0) return { point: ((lead & 0x1f) << 6) | second, next: at + 2 }
  const third = (bytes[at + 2] as number) & 0x3f
  if (lead < 0xf0) return { point: ((lead & 0x0f) << 12) | (second << 6) | third, next: at + 3 }
  return { point: ((lead & 0x07) << 18) | (second << 12) | (third << 6) | ((bytes[at + 3] as number) & 0x3f), next: at + 4 }
}
