import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecordFormat } from '../../../src/ingest/format.ts'
import flac from '../../../src/ingest/formats/flac.ts'
import mp3 from '../../../src/ingest/formats/mp3.ts'
import wav from '../../../src/ingest/formats/wav.ts'
import { readBytes, sniffBytes } from '../reading.ts'

const FORMATS: Readonly<Record<string, RecordFormat>> = { wav, mp3, flac }

const chunk = (id: string, data: Uint8Array): Buffer => {
  const head = Buffer.alloc(8)
  head.write(id, 'latin1')
  head.writeUInt32LE(data.length, 4)
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
}

/** A RIFF WAVE of PCM silence, written by the specification. */
function wavBytes({ sampleRate = 16_000, channels = 2, bits = 16, seconds = 0.5, title = '' } = {}): Buffer {
  const format = Buffer.alloc(16)
  const frame = (channels * bits) / 8
  format.writeUInt16LE(1, 0)
  format.writeUInt16LE(channels, 2)
  format.writeUInt32LE(sampleRate, 4)
  format.writeUInt32LE(sampleRate * frame, 8)
  format.writeUInt16LE(frame, 12)
  format.writeUInt16LE(bits, 14)
  const list = title ? chunk('LIST', Buffer.concat([Buffer.from('INFO'), chunk('INAM', Buffer.from(`${title}\0`))])) : Buffer.alloc(0)
  const body = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), list, chunk('data', Buffer.alloc(sampleRate * seconds * frame))])
  return chunk('RIFF', body)
}

/** STREAMINFO of RFC 9639, 8.2, and a Vorbis comment; no frames, for headers are all that is read. */
function flacBytes(): Buffer {
  const info = Buffer.alloc(34)
  info.writeUInt16BE(4096, 0)
  info.writeUInt16BE(4096, 2)
  // 20 bits of sample rate, 3 of channels − 1, 5 of bits − 1, 36 of samples.
  info.writeBigUInt64BE((48_000n << 44n) | (0n << 41n) | (23n << 36n) | 96_000n, 10)
  const field = Buffer.from('TITLE=轴承 3')
  const length = (n: number): Buffer => Buffer.from(Uint32Array.of(n).buffer)
  const comment = Buffer.concat([length(0), length(1), length(field.length), field])
  return Buffer.concat([
    Buffer.from('fLaC'),
    Buffer.from([0, 0, 0, 34]),
    info,
    Buffer.from([0x84, 0, 0, comment.length]),
    comment,
    Buffer.alloc(200, 7),
  ])
}

/** MPEG-1 layer III frames of 128 kbit/s, 44.1 kHz, stereo: 417 bytes, 1,152 samples each. */
const mp3Bytes = (frames: number): Buffer =>
  Buffer.concat(Array.from({ length: frames }, () => Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413)])))

const SAMPLES: Readonly<Record<string, Buffer>> = { wav: wavBytes(), mp3: mp3Bytes(40), flac: flacBytes() }

describe.each(Object.keys(FORMATS))('%s', (kind) => {
  const format = FORMATS[kind] as RecordFormat
  const sample = SAMPLES[kind] as Buffer

  it('is known by its bytes', () => {
    for (const [other, { sniff }] of Object.entries(FORMATS)) expect(sniff(sample, 'a.bin') >= 0.9).toBe(other === kind)
    expect(sniffBytes(format, 'a.bin', 'a,b\n1,2\n')).toBe(0)
  })

  it('survives any bytes: one record or one broken record', async () => {
    const damaged = fc
      .tuple(fc.nat(sample.length), fc.nat(Math.min(sample.length - 1, 120)), fc.uint8Array({ minLength: 1, maxLength: 20 }))
      .map(([end, at, patch]) => Buffer.concat([sample.subarray(0, at), patch, sample.subarray(at + patch.length)]).subarray(0, end))
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
        const { rows, broken, problem } = await readBytes(format, 'a', bytes)
        expect([rows.length + broken.length, problem]).toEqual([1, undefined])
      }),
      { numRuns: 150 },
    )
  })
})

describe('audio', () => {
  it('has duration, rate, depth, bit rate and channels of a WAV', async () => {
    const bytes = wavBytes({ sampleRate: 48_000, channels: 1, bits: 24, seconds: 0.25, title: 'Pump 7' })
    const { rows } = await readBytes(wav, 'line-2/pump.wav', bytes)
    expect(rows[0]).toMatchObject({
      file_name: 'pump.wav',
      folder: 'line-2',
      format: 'wav',
      codec: 'PCM',
      duration: 0.25,
      sample_rate: 48_000,
      bits: 24,
      bit_rate: 1_152_000,
      channels: 1,
      title: 'Pump 7',
      audio: { extension: 'wav' },
    })
  })

  it('has what a FLAC declares', async () => {
    const { rows } = await readBytes(flac, 'a.flac', flacBytes())
    expect(rows[0]).toMatchObject({ duration: 2, sample_rate: 48_000, bits: 24, channels: 1, title: '轴承 3' })
  })

  it('counts the frames of an MP3', async () => {
    const { rows } = await readBytes(mp3, 'a.mp3', mp3Bytes(100))
    expect(rows[0]).toMatchObject({ sample_rate: 44_100, channels: 2, bit_rate: 128_000 })
    expect(rows[0]?.['duration']).toBeCloseTo((100 * 1152) / 44_100, 2)
  })

  it('gives the same columns in the same order for every format', async () => {
    const names = await Promise.all(
      Object.entries(FORMATS).map(async ([kind, format]) => (await readBytes(format, 'a', SAMPLES[kind] as Buffer)).batches[0]?.names),
    )
    expect(names[1]).toEqual(names[0])
    expect(names[2]).toEqual(names[0])
  })

  it('does not take a cut WAV for a short one', async () => {
    const whole = wavBytes()
    const { rows, broken } = await readBytes(wav, 'a.wav', whole.subarray(0, whole.length - 1000))
    expect([rows.length, broken[0]?.problem.code]).toEqual([0, 'ingest/file-truncated'])
    expect(broken[0]?.problem.message.en).toContain('1000 bytes fewer')
  })

  it('reads a WAV of a recorder that could not go back to fill in its sizes', async () => {
    const open = wavBytes()
    open.writeUInt32LE(0xffffffff, 4)
    const { rows } = await readBytes(wav, 'a.wav', open)
    expect(rows[0]).toMatchObject({ sample_rate: 16_000, channels: 2 })
  })

  it('says so where there is no audio', async () => {
    const { broken } = await readBytes(mp3, 'a.mp3', Buffer.alloc(5000, 'x'))
    expect(broken[0]?.problem.code).toBe('ingest/audio-unreadable')
  })
})
