import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { type Column, numberColumn, type RecordBatch, textColumn } from '../../../../src/base/record/index.ts'
import { memoryMedia } from '../../../../src/refine/media-access.ts'
import stripMetadata from '../../../../src/refine/operators/image/strip-metadata.ts'

const held = new Map<string, Uint8Array>()
const media = memoryMedia(held)

function run(names: readonly (string | null)[], sizes: readonly number[], parameters: unknown = {}) {
  const batch: RecordBatch = {
    ids: names.map((_, i) => `r${i}`),
    fields: [
      { name: 'picture', type: 'media' },
      { name: 'bytes', type: 'number' },
    ],
    columns: new Map<string, Column>([
      ['picture', textColumn(names)],
      ['bytes', numberColumn(Float64Array.from(sizes))],
    ]),
  }
  return stripMetadata.run(batch, stripMetadata.parameters.parse(parameters), {
    fitted: undefined,
    carry: new Map(),
    pseudonymKey: new Uint8Array(32),
    media,
  })
}

const picture = () => sharp({ create: { width: 32, height: 24, channels: 3, background: '#336699' } })

describe('image/strip-metadata', () => {
  it('puts a stripped image in the place of each that has metadata, and its size in the column of sizes', async () => {
    const [plain, told] = await Promise.all([
      picture().jpeg().toBuffer(),
      picture()
        .withExif({ IFD0: { Artist: 'someone' } })
        .jpeg()
        .toBuffer(),
    ])
    const names = [media.write(plain, 'jpg'), media.write(told, 'jpg'), null]
    const { kept, quarantined } = run(names, [plain.length, told.length, 0])
    const [first, second, third] = kept.columns.get('picture')?.values ?? []
    expect([first, third, quarantined.length]).toEqual([names[0], null, 0])
    const stripped = media.read(String(second))
    expect(stripped && Buffer.from(stripped).includes('someone')).toBe(false)
    expect([...(kept.columns.get('bytes')?.values ?? [])]).toEqual([plain.length, stripped?.length, 0])
    const again = run([String(second)], [stripped?.length ?? 0])
    expect(again.kept.columns.get('picture')?.values).toEqual([second])
  })

  it('quarantines what it cannot strip, unless it is to be kept', async () => {
    const gif = media.write(await picture().gif().toBuffer(), 'gif')
    const broken = media.write(Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff]), 'jpg')
    expect(run([gif, broken], [1, 2]).quarantined.map(({ id, reason }) => [id, reason])).toEqual([
      ['r0', 'metadata-unreadable'],
      ['r1', 'metadata-unreadable'],
    ])
    expect(run([gif, broken], [1, 2], { unreadable: 'keep' }).kept.columns.get('picture')?.values).toEqual([gif, broken])
  })
})
