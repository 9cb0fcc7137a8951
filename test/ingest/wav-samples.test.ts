import { describe, expect, it } from 'vitest'
import { wavSamples } from '../../src/ingest/wav-samples.ts'

/** A RIFF WAVE with the given `fmt ` numbers and bytes of `data`. */
function wav({ code = 1, channels = 1, bits = 16, rate = 8000 }, data: Uint8Array, before = Buffer.alloc(0)): Buffer {
  const format = Buffer.alloc(code === 0xfffe ? 40 : 16)
  format.writeUInt16LE(code, 0)
  format.writeUInt16LE(channels, 2)
  format.writeUInt32LE(rate, 4)
  format.writeUInt16LE(bits, 14)
  if (code === 0xfffe) format.writeUInt16LE(1, 24)
  const chunk = (name: string, body: Uint8Array): Buffer => {
    const head = Buffer.alloc(8)
    head.write(name, 'latin1')
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
  }
  return chunk(
    'RIFF',
    Buffer.concat([Buffer.from('WAVE'), before, chunk('fmt ', format), chunk('LIST', Buffer.from('odd')), chunk('data', data)]),
  )
}

const bytesOf = (array: Int16Array | Int32Array | Float32Array | Float64Array): Buffer => Buffer.from(array.buffer)

describe('wavSamples', () => {
  it.each<[string, Parameters<typeof wav>[0], Uint8Array, readonly number[]]>([
    ['8 bits, unsigned', { bits: 8 }, Uint8Array.of(0, 128, 192), [-1, 0, 0.5]],
    ['16 bits', { bits: 16 }, bytesOf(Int16Array.of(-32768, 0, 16384)), [-1, 0, 0.5]],
    ['24 bits', { bits: 24 }, Uint8Array.of(0, 0, 0x80, 0, 0, 0, 0, 0, 0x40, 0xff, 0xff, 0xff), [-1, 0, 0.5, -1 / 8388608]],
    ['32 bits', { bits: 32 }, bytesOf(Int32Array.of(-2147483648, 1073741824)), [-1, 0.5]],
    ['floats', { code: 3, bits: 32 }, bytesOf(Float32Array.of(-1, 0.25, Number.NaN)), [-1, 0.25, 0]],
    ['doubles', { code: 3, bits: 64 }, bytesOf(Float64Array.of(0.5, Number.POSITIVE_INFINITY)), [0.5, 0]],
    ['extensible', { code: 0xfffe, bits: 16 }, bytesOf(Int16Array.of(16384)), [0.5]],
    ['two channels, mixed', { channels: 2 }, bytesOf(Int16Array.of(16384, 0, -16384, -16384)), [0.25, -0.5]],
    // ITU-T G.711, tables 1a and 2a: the ends of the scale and the steps beside zero, as 16-bit samples.
    ['A-law', { code: 6, bits: 8 }, Uint8Array.of(0xaa, 0x2a, 0xd5, 0x55), [32256, -32256, 8, -8].map((x) => x / 32768)],
    ['µ-law', { code: 7, bits: 8 }, Uint8Array.of(0x80, 0x00, 0xff, 0x7f), [32124, -32124, 0, 0].map((x) => x / 32768)],
  ])('reads %s', (_name, format, data, samples) => {
    const found = wavSamples(wav(format, data))
    expect(found?.sampleRate).toBe(8000)
    expect(found?.samples.length).toBe(samples.length)
    for (const [i, sample] of samples.entries()) expect(found?.samples[i]).toBeCloseTo(sample, 7)
  })

  it('reads nothing of what it does not know, and takes damage', () => {
    const data = bytesOf(Int16Array.of(1, 2, 3))
    for (const format of [{ code: 2, bits: 4 }, { bits: 12 }, { channels: 0 }, { rate: 0 }, { code: 85 }])
      expect(wavSamples(wav(format, data))).toBeUndefined()
    const whole = wav({}, data)
    for (let end = 0; end <= whole.length; end++) expect(wavSamples(whole.subarray(0, end))?.samples.length ?? 0).toBeLessThanOrEqual(3)
    const lying = Buffer.from(whole)
    lying.writeUInt32LE(0xffffffff, lying.indexOf('data') + 4)
    expect(wavSamples(lying)?.samples.length).toBe(3)
    expect(wavSamples(Buffer.alloc(0))).toBeUndefined()
  })
})
