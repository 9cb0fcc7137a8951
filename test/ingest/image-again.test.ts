import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../src/base/store/index.ts'
import { type RawBatch, type RawRecord, valueAt } from '../../src/ingest/format.ts'
import jpeg from '../../src/ingest/formats/jpeg.ts'
import png from '../../src/ingest/formats/png.ts'
import tiff from '../../src/ingest/formats/tiff.ts'
import webp from '../../src/ingest/formats/webp.ts'

const picture = () =>
  sharp(
    Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * i) % 251),
    { raw: { width: 64, height: 48, channels: 3 } },
  ).withExif({ IFD0: { Make: 'Acme', DateTime: '2024:03:05 14:30:00' } })

const FORMATS = {
  jpeg: [jpeg, () => picture().jpeg()],
  png: [png, () => picture().png()],
  tiff: [tiff, () => picture().tiff()],
  webp: [webp, () => picture().webp()],
} as const

describe('an image read once', () => {
  it.each(Object.keys(FORMATS) as (keyof typeof FORMATS)[])('%s gives the same batch again from its record', async (name) => {
    const [format, make] = FORMATS[name]
    const bytes = await make().toBuffer()
    const source = bytesSource(`a.${name}`, bytes)
    const batches: RawBatch[] = []
    for await (const batch of format.read(source, {})) batches.push(batch)
    const [batch] = batches as [RawBatch]
    const record: RawRecord = Object.fromEntries(
      batch.names.map((column, i) => [
        column,
        column === 'image' ? { media: new Uint8Array(0), extension: name } : valueAt(batch.columns[i], 0),
      ]),
    )
    const again = await format.again?.(source, structuredClone(record))
    expect(again).toEqual(batch)
    const [image] = batch.columns[batch.names.indexOf('image')] as [{ media: Uint8Array }]
    expect(Buffer.from(image.media).equals(bytes)).toBe(true)
    expect(valueAt(batch.columns[batch.names.indexOf('phash')], 0)).toMatch(/^[0-9a-f]{16}$/)
  })
})
