import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import srt from '../../../src/ingest/formats/drone-srt.ts'
import { hasSharedData, readBytes, sharedFile, sniffBytes } from '../reading.ts'

const require = createRequire(import.meta.url)

interface OraclePacket {
  readonly [name: string]: string | number | (string | number)[] | undefined
}
/** An independent reader of the same logs, by its own regexes (MIT). */
const parse = require('dji_srt_parser') as (text: string, name: string) => { rawMetadata: () => OraclePacket[] } | null

const SAMPLES = new URL('../../../node_modules/dji_srt_parser/samples/', import.meta.url)
const sampleNames = readdirSync(SAMPLES).filter((name) => name.endsWith('.SRT'))
const sample = (name: string): string => readFileSync(new URL(name, SAMPLES), 'utf8')

/** What the oracle's packet says in our units; undefined where it says nothing. */
function expectedOf(packet: OraclePacket): Record<string, unknown> {
  const gps = packet['GPS'] as number[] | undefined
  const home = packet['HOME'] as number[] | undefined
  const fnum = (packet['fnum'] ?? packet['Fnum'] ?? packet['IR'] ?? packet['F']) as number | undefined
  const shutter = String(packet['shutter'] ?? packet['Shutter'] ?? packet['TV'] ?? packet['SS'] ?? '')
  return {
    latitude: packet['latitude'] ?? gps?.[1],
    longitude: packet['longtitude'] ?? packet['longitude'] ?? gps?.[0],
    satellites: gps?.[2],
    home_longitude: home?.[0],
    rel_altitude: packet['BAROMETER'] ?? packet['Hb'] ?? packet['H'],
    altitude: packet['altitude'],
    iso: packet['iso'] ?? packet['ISO'],
    ct: packet['ct'],
    distance: packet['D'],
    speed_horizontal: packet['H_S'],
    fnum: fnum !== undefined && fnum > 50 ? fnum / 100 : fnum,
    shutter: shutter === '' ? undefined : 1 / Number(shutter.replace('1/', '')),
  }
}

describe('drone-srt against dji_srt_parser', () => {
  it.each(sampleNames.filter((name) => !name.startsWith('broken')))('%s: every frame has its values', async (name) => {
    const packets = parse(sample(name), name)?.rawMetadata() ?? []
    const { rows, broken } = await readBytes(srt, name, sample(name))
    expect([rows.length, broken.length]).toEqual([packets.length, 0])
    for (const [i, packet] of packets.entries()) {
      for (const [field, value] of Object.entries(expectedOf(packet))) {
        if (value !== undefined && Number.isFinite(value)) expect([i, field, rows[i]?.[field]]).toEqual([i, field, value])
      }
    }
  })

  it('dates: the drone clock, to the millisecond', async () => {
    expect((await readBytes(srt, 'a', sample('m2zoom.SRT'))).rows[0]?.['time']).toEqual(new Date('2020-04-02T15:19:58.720Z'))
    expect((await readBytes(srt, 'a', sample('old_format.SRT'))).rows[0]?.['time']).toEqual(new Date('2017-08-05T14:11:51Z'))
  })

  it('attitude of a Phantom 4 RTK', async () => {
    const { rows } = await readBytes(srt, 'a', sample('p4_rtk.SRT'))
    expect(rows[0]).toMatchObject({
      flight_pitch: 2.7,
      flight_roll: -7,
      flight_yaw: 110.1,
      gimbal_pitch: -24.4,
      gimbal_roll: 0,
      gimbal_yaw: 110.4,
      home_altitude: -57.98,
    })
  })
})

describe('drone-srt on broken logs', () => {
  it('refuses the frame that the end of the file cuts off, and keeps those before it', async () => {
    const { rows, broken } = await readBytes(srt, 'a.SRT', sample('broken_incomplete.SRT'))
    expect([rows.length, broken.length, broken[0]?.ordinal]).toEqual([19, 1, 19])
    expect(broken[0]?.place).toBe(115)
  })

  it('refuses frames cut inside of a value, in the middle of the file too', async () => {
    const { rows, broken } = await readBytes(srt, 'a.SRT', sample('broken_incomplete2.SRT'))
    expect(rows.map((row) => row['frame'])).toEqual([1, 2, 4, 5])
    expect(broken.map(({ ordinal, place }) => [ordinal, place])).toEqual([
      [2, 13],
      [5, 31],
    ])
  })

  it('says what a file of one number lacks', async () => {
    const { rows, broken } = await readBytes(srt, 'a.SRT', sample('broken_empty2.SRT'))
    expect([rows.length, broken.length]).toEqual([0, 1])
    expect((await readBytes(srt, 'a.SRT', '')).problem?.code).toBe('ingest/file-empty')
  })

  it('reads firmware variants: a dot before milliseconds, two values in one bracket, unknown names, dates that do not exist', async () => {
    const body = '[iso: 100] [shutter: 1/640.0] [fnum: 1.7] [ev: 0.3] [color_md: hlg] [focal_len: 24.00] [latitude: 47.1] [longitude: 8.1]'
    const more = '[rel_alt: 10.300 abs_alt: 520.100] [ct: 5500] [gb_yaw: -10.5 gb_pitch: -90.0 gb_roll: 0.1] [dzoom_ratio: 10000, delta:0]'
    const text = `1\n00:00:00,000 --> 00:00:00,033\n<font size="28">FrameCnt: 1, DiffTime: 33ms\n2023-02-30 12:00:00.123\n${body} ${more} </font>\n`
    const { rows, broken } = await readBytes(srt, 'a.srt', text)
    expect(broken).toEqual([])
    expect(rows[0]).toMatchObject({
      time: null,
      focal_len: 24,
      fnum: 1.7,
      ev: 0.3,
      altitude: 520.1,
      rel_altitude: 10.3,
      gimbal_pitch: -90,
      gimbal_yaw: -10.5,
      color_md: 'hlg',
      other: { dzoom_ratio: '10000', delta: '0' },
    })
  })

  it('takes a value past 90° for the longitude', async () => {
    const frame = (gps: string): string => `1\n00:00:00,000 --> 00:00:01,000\nGPS(${gps}) BAROMETER:1.0\n\n`
    expect((await readBytes(srt, 'a.srt', frame('31.2,121.5,12'))).rows[0]).toMatchObject({ latitude: 31.2, longitude: 121.5 })
    expect((await readBytes(srt, 'a.srt', frame('121.5,31.2,12.0M'))).rows[0]).toMatchObject({
      latitude: 31.2,
      longitude: 121.5,
      altitude: 12,
    })
  })

  it('survives any text, and hostile text in linear time', async () => {
    const parts = [
      '[',
      ']',
      '(',
      ')',
      'GPS',
      'iso',
      ': ',
      '1/',
      '2.5',
      '-->',
      '\n',
      '\n\n',
      '1',
      'H.S ',
      '<font',
      '00:00:01,000 --> 00:00:02,000',
      '轴',
      '\0',
    ]
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...parts), { maxLength: 60 }), fc.boolean(), async (pieces, isTelemetry) => {
        const { problem, rows, broken } = await readBytes(srt, 'a.srt', pieces.join(''), { content: isTelemetry ? 'telemetry' : 'cues' })
        expect(problem?.code).toBe(rows.length + broken.length === 0 ? 'ingest/file-empty' : undefined)
      }),
    )
    const started = process.hrtime.bigint()
    for (const part of ['a', 'a ', '[', 'GPS(', 'a.', '1 ', '<', 'F/', '9:']) {
      await readBytes(srt, 'a.srt', `1\n${`${part.repeat(8000)}\n\n`.repeat(20)}`, { content: 'telemetry' })
    }
    expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(5)
  })
})

describe('plain subtitles', () => {
  const SUBTITLES =
    '1\n00:00:01,000 --> 00:00:02,500\n第一句话\n第二行\n\n2\n00:01:00,040 --> 00:01:02,000\n<i>再见</i>\n3\n00:01:03,000 --> 00:01:04,000\n没有空行\n'

  it('are read as cues with times in seconds, also in GBK and UTF-16', async () => {
    const expected = [
      { frame: 1, start: 1, end: 2.5, text: '第一句话\n第二行' },
      { frame: 2, start: 60.04, end: 62, text: '<i>再见</i>' },
      { frame: 3, start: 63, end: 64, text: '没有空行' },
    ]
    for (const bytes of [
      Buffer.from(SUBTITLES),
      iconv.encode(SUBTITLES, 'gb18030'),
      iconv.encode(SUBTITLES, 'utf-16le', { addBOM: true }),
    ]) {
      const { rows, broken, parameters } = await readBytes(srt, 'film.srt', bytes)
      expect([rows, broken, parameters['content']]).toEqual([expected, [], 'cues'])
    }
  })

  it('refuse a cue with undecodable bytes, and no other', async () => {
    const bytes = Buffer.from(SUBTITLES)
    bytes[bytes.indexOf('再')] = 0xff
    const { rows, broken } = await readBytes(srt, 'a.srt', bytes, { encoding: 'utf-8' })
    expect([rows.length, broken.map(({ problem }) => problem.code)]).toEqual([2, ['ingest/text-undecodable']])
  })

  it('are less certain to be ours than a drone log', () => {
    expect(sniffBytes(srt, 'film.srt', SUBTITLES)).toBeLessThan(0.7)
    expect(sniffBytes(srt, 'log.txt', sample('p4_rtk.SRT'))).toBeGreaterThan(0.9)
    expect(sniffBytes(srt, 'a.txt', 'plain text')).toBe(0)
  })

  it('give a broken record for a block without times and for one without end', async () => {
    const { rows, broken } = await readBytes(
      srt,
      'a.srt',
      `1\nno times here\n\n2\n00:00:01,000 --> 00:00:02,000\nok\n\n3\n${'x'.repeat(40_000)}\n`,
    )
    expect([rows.length, broken.map(({ ordinal }) => ordinal)]).toEqual([1, [0, 2]])
    expect(broken[1]?.problem.code).toBe('ingest/record-too-large')
  })
})

describe.runIf(hasSharedData)('drone-srt on the logs of shared/data', () => {
  it('reads every frame of every dialect', async () => {
    const folder = sharedFile('06-low-altitude-uav/dji_srt/')
    const counts: Record<string, [number, number]> = {}
    for (const name of readdirSync(folder)) {
      const { rows, broken } = await readBytes(srt, name, readFileSync(folder + name))
      counts[name] = [rows.length, broken.length]
    }
    // `grep -c -- '-->'` on each file (mavic_2_style: `grep -c latitude`); the last frame of broken_incomplete is cut.
    expect(counts).toEqual({
      'air2s.srt': [17, 0],
      'broken_empty.SRT': [0, 0],
      'broken_incomplete.SRT': [19, 1],
      'm2zoom.SRT': [7113, 0],
      'matrice_300.srt': [381, 0],
      'mavic_2_style.SRT': [468, 0],
      'mavic_pro.SRT': [468, 0],
      'mavic_pro_buggy.SRT': [546, 0],
      'old_format.SRT': [468, 0],
      'p4_rtk.SRT': [55, 0],
    })
  })

  it('reads the Matrice 300, which logs latitude first', async () => {
    const { rows } = await readBytes(srt, 'a.srt', readFileSync(sharedFile('06-low-altitude-uav/dji_srt/matrice_300.srt')))
    // Jerez de la Frontera, Spain; the other way round lies in the Indian Ocean.
    expect(rows[0]).toMatchObject({ latitude: 36.6146, longitude: -6.112, altitude: 0, rel_altitude: 0.3 })
  })
})
