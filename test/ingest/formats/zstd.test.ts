import { compress, init } from '@bokuweb/zstd-wasm'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { bytesSource } from '../../../src/base/store/index.ts'
import type { ContainerFormat } from '../../../src/ingest/format.ts'
import plugin from '../../../src/ingest/formats/zstd.ts'
import { unpackBytes } from '../archives.ts'

const zstd = plugin as ContainerFormat

beforeAll(() => init())

/** Compressible, and incompressible in parts. */
const mixed = (length: number): Buffer => {
  const bytes = Buffer.alloc(length)
  let state = 1
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    bytes[i] = i % 4096 < 1024 ? state >>> 24 : 65 + ((i >> 6) % 20)
  }
  return bytes
}

/** `printf '水泵,7\n' | zstd -c` of zstd 1.5.4: a frame of unknown size with a checksum. */
const BY_COMMAND = Buffer.from('KLUv/QRYSQAA5rC05rO1LDcKjXp7Kg==', 'base64')

describe('zstd', () => {
  it.each([1, 3, 12, 19])('unpacks what libzstd packed at level %d', async (level) => {
    for (const length of [0, 1, 100, 128 << 10, 3_000_000]) {
      const [member] = await unpackBytes(zstd, compress(mixed(length), level), 'a.jsonl.zst')
      expect([member?.path, member?.problem, member?.bytes.equals(mixed(length))]).toEqual(['a.jsonl', undefined, true])
    }
  })

  it('reads frames one after the other and passes skippable ones over', async () => {
    const skippable = Buffer.concat([Buffer.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0]), Buffer.from('abc')])
    const bytes = Buffer.concat([skippable, compress(Buffer.from('a,b\n')), skippable, compress(Buffer.from('1,2\n'))])
    expect(zstd.sniff(bytes, 'a.bin')).toBeGreaterThan(0.7)
    expect((await unpackBytes(zstd, bytes))[0]?.bytes.toString()).toBe('a,b\n1,2\n')
  })

  it('checks the checksum of the zstd command', async () => {
    expect((await unpackBytes(zstd, BY_COMMAND))[0]).toMatchObject({ bytes: Buffer.from('水泵,7\n'), problem: undefined })
    const flipped = Buffer.from(BY_COMMAND)
    flipped[flipped.length - 6] = (flipped[flipped.length - 6] as number) ^ 1
    expect((await unpackBytes(zstd, flipped))[0]?.words).toMatch(/checksum/)
  })

  it('gives what is readable of a cut file, then says so', async () => {
    const whole = mixed(3_000_000)
    const packed = compress(whole, 3)
    const [member] = await unpackBytes(zstd, packed.subarray(0, Math.floor(packed.length * 0.7)))
    expect(member?.problem).toBe('ingest/file-truncated')
    expect(member?.bytes.length).toBeGreaterThan(1_500_000)
    expect(whole.subarray(0, member?.bytes.length).equals(member?.bytes ?? Buffer.alloc(0))).toBe(true)
  })

  it('refuses a window of gigabytes and a missing dictionary before it allocates them', async () => {
    const frame = (...header: number[]): Buffer => Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...header, 1, 0, 0])
    expect((await unpackBytes(zstd, frame(0, 0xa8)))[0]?.words).toMatch(/window of 2147483648 bytes/)
    expect((await unpackBytes(zstd, frame(1, 0x58, 7)))[0]?.words).toMatch(/dictionary/)
  })

  it('gives pieces while it reads', async () => {
    const source = bytesSource('a.zst', compress(mixed(8_000_000), 1))
    let read = 0
    const counted = {
      ...source,
      async *stream() {
        for (let at = 0; at < source.size; at += 4096) {
          read = at
          yield await source.read(at, 4096)
        }
      },
    }
    for await (const member of zstd.members(counted)) {
      for await (const piece of member.stream()) {
        expect(piece.length).toBeGreaterThan(0)
        break
      }
    }
    expect(read).toBeLessThan(source.size / 8)
  })

  it('survives any bytes with ProblemErrors only', async () => {
    const whole = Buffer.from(compress(mixed(3000), 3))
    const damaged = fc
      .tuple(fc.nat(whole.length), fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }))
      .map(([end, at, patch]) => Buffer.concat([whole.subarray(0, at), patch, whole.subarray(at + patch.length)]).subarray(0, end))
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 100 })), async (bytes) => {
        expect(await unpackBytes(zstd, bytes)).toHaveLength(1)
      }),
      { numRuns: 300 },
    )
  })
})
