import type { IAudioMetadata } from 'music-metadata'
import { type AudioFacts, audioFacts } from '../base/kernels/index.ts'
import type { Problem } from '../base/problem/index.ts'
import { type ByteSource, readAll } from '../base/store/index.ts'
import { fileNameOf, folderOf } from './file-place.ts'
import type { RawBatch } from './format.ts'
import { audioTooLarge, audioUnreadable, fileTruncated } from './problems.ts'
import { brokenFile, oneRecord } from './single-record.ts'
import { wavSamples } from './wav-samples.ts'

/** Bytes past which a recording is not read into memory: 24 minutes of 96 kHz, 16-bit stereo. */
const MAX_AUDIO_BYTES = 512 << 20

/**
 * The one record of an audio file: its bytes, what its headers declare and, of a WAV, what its samples tell. Those of
 * compressed formats are not decoded. All audio formats give the same columns, in the same order.
 * @param extension extension under which readers of the release know the bytes
 */
export async function* readAudio(source: ByteSource, extension: 'wav' | 'mp3' | 'flac'): AsyncGenerator<RawBatch> {
  if (source.size > MAX_AUDIO_BYTES) {
    yield brokenFile(audioTooLarge({ at: source.path, found: source.size, expected: MAX_AUDIO_BYTES }))
    return
  }
  const bytes = await readAll(source)
  const read = await headersOrProblem(bytes, source.path, extension)
  if ('problem' in read) {
    yield brokenFile(read.problem)
    return
  }
  const { format, common } = read.metadata
  const facts = extension === 'wav' ? factsOf(bytes) : undefined
  yield oneRecord({
    audio: { media: bytes, extension },
    file_name: fileNameOf(source.path),
    folder: folderOf(source.path),
    format: extension,
    bytes: bytes.length,
    codec: format.codec ?? format.container ?? null,
    duration: known(format.duration),
    sample_rate: known(format.sampleRate),
    bits: known(format.bitsPerSample),
    bit_rate: known(format.bitrate),
    channels: known(format.numberOfChannels),
    snr: facts?.snr ?? null,
    clipped_share: facts?.clippedShare ?? null,
    silent_share: facts?.silentShare ?? null,
    title: common.title ?? null,
    artist: common.artist ?? null,
    album: common.album ?? null,
    genre: common.genre?.[0] ?? null,
    year: known(common.year),
    comment: common.comment?.[0]?.text ?? null,
  })
}

function factsOf(bytes: Uint8Array): AudioFacts | undefined {
  const decoded = wavSamples(bytes)
  return decoded && audioFacts(decoded.samples, decoded.sampleRate)
}

/** A finite number, or null: damaged headers divide by zero. */
const known = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null)

const MIME_TYPES = { wav: 'audio/wav', mp3: 'audio/mpeg', flac: 'audio/flac' } as const

async function headersOrProblem(
  bytes: Uint8Array,
  at: string,
  extension: keyof typeof MIME_TYPES,
): Promise<{ metadata: IAudioMetadata } | { problem: Problem }> {
  const missing = extension === 'wav' ? missingFromRiff(bytes) : 0
  if (missing > 0) return { problem: fileTruncated({ at, found: `${missing} bytes fewer than the header declares` }) }
  const { parseBuffer } = await import('music-metadata')
  try {
    const metadata = await parseBuffer(bytes, { mimeType: MIME_TYPES[extension], size: bytes.length }, { duration: true, skipCovers: true })
    if (!metadata.format.sampleRate) return { problem: audioUnreadable({ at, found: 'no audio stream found' }) }
    return { metadata }
  } catch (error) {
    return { problem: audioUnreadable({ at, found: error instanceof Error ? error.message : String(error) }) }
  }
}

/** Sizes that writers leave in the header when they could not go back to fill it in. */
const OPEN_ENDED = new Set([0, 0xffffffff])

/** Bytes that a RIFF file lacks of its declared size. One is forgiven: many writers count a pad byte that they do not write. */
function missingFromRiff(bytes: Uint8Array): number {
  if (bytes.length < 8) return 0
  const declared = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true)
  const missing = declared + 8 - bytes.length
  return OPEN_ENDED.has(declared) || missing <= 1 ? 0 : missing
}
