import iconv from 'iconv-lite'
import { z } from 'zod'
import { rewriteTexts, textColumns } from '../../../base/kernels/index.ts'
import { Trait } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const gbk = new TextDecoder('gbk')

/** Bytes 80 to 9F in Windows-1252; Node 20's TextDecoder reads them as Latin-1 (nodejs/node 56542). */
const WINDOWS_80_9F = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const WINDOWS_BYTE: ReadonlyMap<number, number> = new Map(Array.from(WINDOWS_80_9F, (character, i) => [character.charCodeAt(0), 0x80 + i]))
/** A lead byte of UTF-8 that was read as a Latin letter. */
const LEAD = /[\u00c2-\u00f4]/
/** One damaged character alone may be meant, as in É»; it is not after Â or Ã, nor in the remains of “ ” ’ … €. */
const SURE_LEAD = /[\u00c2\u00c3]|â[€‚]/
/** What nobody writes: a repair that brings it out is wrong. É» would make ɻ. Emoji selectors are taken out before. */
const UNWRITTEN =
  /[^\t\n\r -~\u00a0-\u017f\u0370-\u03ff\u0400-\u045f\u2010-\u2044\u20ac\u2116\u2122\u2190-\u21ff\u2460-\u24ff\u2500-\u27bf\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e\uffe5\u{1f300}-\u{1faff}]/u

const isWritten = (text: string): boolean => !UNWRITTEN.test(text.replaceAll('\ufe0f', ''))

/** Bytes of the text in Windows-1252, with the bytes that it leaves free as Latin-1 has them; undefined when it has others. */
function latinBytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const byte = code <= 0xff ? code : WINDOWS_BYTE.get(code)
    if (byte === undefined) return undefined
    bytes[i] = byte
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
  if (!LEAD.test(text)) return undefined
  const bytes = latinBytes(text)
  const repaired = bytes && decodeUtf8(bytes)
  if (repaired === undefined || !isWritten(repaired)) return undefined
  const wide = repaired.match(/[\u0080-\uffff]/g)?.length ?? 0
  return wide >= 2 || SURE_LEAD.test(text) ? repaired : undefined
}

/** What the first two bytes of a Chinese character in UTF-8 are in GBK: 浣, 鍦, 鐨, 銆 … */
const GBK_LEADS: ReadonlySet<string> = new Set(
  [0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xef].flatMap((lead) =>
    Array.from({ length: 0x40 }, (_, i) => gbk.decode(Uint8Array.of(lead, 0x80 + i))),
  ),
)
const FIRST_WIDE = /[\u0080-\uffff]/
/** Fewer characters can be UTF-8 by chance: 联通 is. */
const FEWEST_REPAIRED = 3

/** The text before the damage, if all of it is UTF-8 read as GBK and goes back without loss. */
function fromGbk(text: string): string | undefined {
  const first = FIRST_WIDE.exec(text)?.[0]
  if (first === undefined || !GBK_LEADS.has(first)) return undefined
  const bytes = iconv.encode(text, 'gbk')
  const repaired = decodeUtf8(bytes)
  if (repaired === undefined || gbk.decode(bytes) !== text || !isWritten(repaired)) return undefined
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
  example: {
    parameters: {},
    before: { text: ['ä½\u00a0å¥½', '缁存姢璁板綍', 'cafÃ©', '正常'] },
    after: { text: ['你好', '维护记录', 'café', '正常'] },
  },
  // Text that was damaged twice is mended once a run.
  idempotent: false,
  run: (batch, { columns }) => rewriteTexts(batch, columns, (text) => fromLatin(text) ?? fromGbk(text) ?? text, Trait.WIDE),
})
