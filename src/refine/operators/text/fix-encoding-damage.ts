import iconv from 'iconv-lite'
import { z } from 'zod'
import { textColumns } from '../../../base/kernels/index.ts'
import { mapText } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

/** UTF-8 that was read as Windows-1252 shows a lead byte C2–F4 and then bytes 80–BF in their Windows form. */
const LATIN_DAMAGE = /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]/
/** Everything that Windows-1252 or Latin-1 can hold. */
const LATIN_ONLY =
  /^[\u0000-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]*$/u
/** Characters that people write: what a repair may bring out. É» would make ɻ, which nobody wrote. */
const WRITTEN =
  /^[\t\n\r\u0020-\u007e\u00a0-\u017f\u0370-\u03ff\u0400-\u045f\u2010-\u2044\u20ac\u2116\u2122\u2190-\u21ff\u2460-\u24ff\u2500-\u27bf\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e\uffe5\u{1f300}-\u{1faff}\ufe0f]*$/u
const BEYOND_LATIN_1 = /[^\u0000-\u00ff]/
const ACCENTED = /[\u00a0-\u00ff]/g

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const gbk = new TextDecoder('gbk')

/** Bytes of the text in Windows-1252, with the five bytes that it leaves free as Latin-1 has them. */
function latinBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    bytes[i] = code <= 0xff ? code : (iconv.encode(text[i] as string, 'win1252')[0] as number)
  }
  return bytes
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

/** The text before the damage, if all of it is UTF-8 read as Windows-1252 and nothing speaks against it. */
function fromLatin(text: string): string | undefined {
  if (!LATIN_DAMAGE.test(text) || !LATIN_ONLY.test(text)) return undefined
  const repaired = decodeUtf8(latinBytes(text))
  if (repaired === undefined || !WRITTEN.test(repaired)) return undefined
  // One pair of Latin letters alone may be meant: a repair needs a lead Â or Ã, a character of three bytes, or two pairs.
  const isSure = BEYOND_LATIN_1.test(repaired) ? repaired.length <= text.length - 2 : /[\u00c2\u00c3]/.test(text)
  return isSure && (repaired.match(ACCENTED)?.length ?? 0) <= repaired.length ? repaired : undefined
}

/** What the first two bytes of a Chinese character in UTF-8 are in GBK: 浣, 鍦, 鐨, 銆 … */
const GBK_LEADS: ReadonlySet<string> = new Set(
  [0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xef].flatMap((lead) =>
    Array.from({ length: 0x40 }, (_, i) => gbk.decode(Uint8Array.of(lead, 0x80 + i))),
  ),
)
const FIRST_WIDE = /[^\u0000-\u007f]/
/** Fewer characters can be UTF-8 by chance: 联通 is. */
const FEWEST_REPAIRED = 3

/** The text before the damage, if all of it is UTF-8 read as GBK and goes back without loss. */
function fromGbk(text: string): string | undefined {
  const first = FIRST_WIDE.exec(text)?.[0]
  if (first === undefined || !GBK_LEADS.has(first)) return undefined
  const bytes = iconv.encode(text, 'gbk')
  const repaired = decodeUtf8(bytes)
  if (repaired === undefined || gbk.decode(bytes) !== text || !WRITTEN.test(repaired)) return undefined
  const han = repaired.match(/[\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e]/g)?.length ?? 0
  return han >= FEWEST_REPAIRED ? repaired : undefined
}

export default defineOperator({
  version: 1,
  title: { zh: '修复乱码', en: 'Mend encoding damage' },
  doc: {
    zh: '修复被当作 Latin-1/Windows-1252 或 GBK 读取的 UTF-8（如“ä½ å¥½”“浣犲ソ”）。只有整段文本能无损还原且结果是常用字符时才修改，“锟斤拷”一类已丢失信息的不动。',
    en: 'Mends UTF-8 that was read as Latin-1, Windows-1252 or GBK. Only where the whole text goes back without loss and gives characters that people write; damage that lost bytes is left.',
  },
  source: 'the method of ftfy (Speer 2019), restricted to repairs that can be proved by encoding back',
  parameters: z.strictObject({ columns: textColumns }),
  example: { parameters: {}, before: { text: ['ä½\u00a0å¥½', '缁存姢璁板綍', 'cafÃ©', '正常'] }, after: { text: ['你好', '维护记录', 'café', '正常'] } },
  // Text that was damaged twice is mended once a run.
  idempotent: false,
  run: (batch, { columns }) => mapText(batch, columns, (text) => fromLatin(text) ?? fromGbk(text) ?? text),
})
