import { z } from 'zod'
import type { Problem } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { readTelemetry } from '../drone-telemetry.ts'
import { extensionOf } from '../file-place.ts'
import { defineFormat, type RawBatch } from '../format.ts'
import { recordBroken, recordTooLarge, textHoldsNul, textUndecodable } from '../problems.ts'
import { RecordBatches } from '../record-batches.ts'
import { type Cue, MAX_CUE_CHARACTERS, type OverlongCue, readCues } from '../subtitle-cues.ts'
import { detectEncoding } from '../text-encoding.ts'
import { soundness } from '../text-pieces.ts'

const parametersSchema = z.strictObject({
  /** `telemetry`: a record a frame with named values; `cues`: plain subtitles, a record a cue with its text. */
  content: z.enum(['telemetry', 'cues']).default('telemetry'),
  encoding: z.string().default('utf-8'),
})
type Parameters = z.output<typeof parametersSchema>

/** Enough of a file to hold several cues of any dialect. */
const LOOK_BYTES = 8 << 10

const FIRST_LINE = /^\s{0,8}\d{1,9}\s*\n/
const TELEMETRY = /\[ ?(?:iso|shutter|latitude|rel_alt) ?:|(?<![a-z])GPS ?\([-+\d]/i
const HAS_TIMES = /\d\d[,.]\d{1,3} {0,4}--> {0,4}\d/

/** The start of a file as text that can be searched, whatever its encoding. */
const textOf = (head: Uint8Array): string =>
  Buffer.from(head.subarray(0, LOOK_BYTES))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf|^\u00ff\u00fe/, '')
    .replaceAll('\0', '')

function sniff(head: Uint8Array, path: string): number {
  const text = textOf(head)
  const isNamed = extensionOf(path) === 'srt'
  if (!FIRST_LINE.test(text)) return isNamed ? 0.3 : 0
  if (TELEMETRY.test(text)) return 0.95
  if (HAS_TIMES.test(text)) return isNamed ? 0.6 : 0.4
  return isNamed ? 0.3 : 0
}

async function detect(source: ByteSource): Promise<Parameters> {
  const isTelemetry = TELEMETRY.test(textOf(await source.read(0, LOOK_BYTES)))
  return { content: isTelemetry ? 'telemetry' : 'cues', encoding: await detectEncoding(source) }
}

async function* read(source: ByteSource, { content, encoding }: Parameters): AsyncGenerator<RawBatch> {
  const batches = new RecordBatches(source.path, 'line')
  const reader = content === 'telemetry' ? telemetryReader() : readText
  for await (const cue of readCues(source, encoding)) {
    const at = `${source.path}, line ${cue.line}`
    const reading = 'characters' in cue ? overlong(cue, at) : (unsound(cue, at, encoding) ?? reader(cue, at))
    if ('problem' in reading) batches.reject(cue.line, reading.problem)
    else batches.add(reading.record, cue.line)
    yield* batches.take()
  }
  yield* batches.takeLast()
}

type CueReading = { readonly record: Readonly<Record<string, unknown>> } | { readonly problem: Problem }

const overlong = ({ characters }: OverlongCue, at: string): CueReading => ({
  problem: recordTooLarge({ at, found: characters, expected: MAX_CUE_CHARACTERS }),
})

function unsound({ body }: Cue, at: string, encoding: string): CueReading | undefined {
  const sound = soundness(body)
  if ('bytes' in sound) return { problem: textUndecodable({ at, found: sound.bytes, expected: encoding }) }
  return 'nuls' in sound ? { problem: textHoldsNul({ at, found: sound.nuls }) } : undefined
}

const readText = ({ number: frame, start, end, body }: Cue, at: string): CueReading =>
  start === null
    ? { problem: recordBroken({ at, found: excerpt(body), expected: '00:00:01,000 --> 00:00:02,000' }) }
    : { record: { frame, start, end, text: body } }

/** Reads frames one after the other: a last frame that lacks what the frame before it had was cut off. */
function telemetryReader(): (cue: Cue, at: string) => CueReading {
  let foundBefore = 0
  return ({ number: frame, start, end, body, isLast }, at) => {
    const broken = (found: string, expected: string): CueReading => ({ problem: recordBroken({ at, found, expected }) })
    const reading = readTelemetry(body)
    if ('damage' in reading) return broken(`…${reading.damage}`, 'a whole frame; this one is cut off')
    if (reading.found === 0) return broken(excerpt(body), 'telemetry such as [latitude: 31.45] or GPS(74.39,31.45,16)')
    const before = foundBefore
    foundBefore = reading.found
    if (isLast && reading.found < before) return broken(excerpt(body), `${before} values as in the frame before; the file ends here`)
    return { record: { frame, start, end, ...reading.telemetry } }
  }
}

const excerpt = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: '大疆飞行字幕（SRT）', en: 'DJI flight subtitles (SRT)' },
  doc: {
    zh: '大疆无人机随视频记录的 SRT：每帧一条记录，时间、经纬度、高度、相机参数、速度与姿态；普通字幕按条读取文本。',
    en: 'SRT that DJI drones log with their videos: a record a frame with time, position, height, camera settings, speed and attitude; plain subtitles give a record a cue.',
  },
  source: 'SubRip; the dialects of DJI firmware, which DJI does not specify',
  extensions: ['srt'],
  modality: 'series',
  parameters: parametersSchema,
  sniff,
  detect,
  read,
})
