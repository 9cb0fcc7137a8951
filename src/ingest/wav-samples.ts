/** The samples of a WAV file in one channel. */
export interface WavSamples {
  /** −1..1, the mean of the channels. */
  readonly samples: Float32Array
  readonly sampleRate: number
}

/** Samples a channel past which only the first are read: three minutes of 48 kHz tell enough. */
const MAX_SAMPLES = 48_000 * 180

interface WavFormat {
  readonly code: number
  readonly channels: number
  readonly sampleRate: number
  readonly bits: number
}

const PCM = 1
const FLOAT = 3
const A_LAW = 6
const MU_LAW = 7
/** The format stands in the first two bytes of a GUID behind the header. */
const EXTENSIBLE = 0xfffe

type ReadSample = (view: DataView, at: number) => number

/** ITU-T G.711, 8 bits to a linear sample of 13 or 14 bits. */
function aLaw(byte: number): number {
  const code = byte ^ 0x55
  const exponent = (code >> 4) & 7
  const mantissa = ((code & 15) << 4) + 8
  const level = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1)
  return (code & 0x80 ? level : -level) / 32768
}

function muLaw(byte: number): number {
  const code = ~byte & 0xff
  const level = ((((code & 15) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84
  return (code & 0x80 ? -level : level) / 32768
}

const READERS: Readonly<Record<string, ReadSample>> = {
  [`${PCM}/8`]: (view, at) => (view.getUint8(at) - 128) / 128,
  [`${PCM}/16`]: (view, at) => view.getInt16(at, true) / 32768,
  [`${PCM}/24`]: (view, at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8388608,
  [`${PCM}/32`]: (view, at) => view.getInt32(at, true) / 2147483648,
  [`${FLOAT}/32`]: (view, at) => view.getFloat32(at, true),
  [`${FLOAT}/64`]: (view, at) => view.getFloat64(at, true),
  [`${A_LAW}/8`]: (view, at) => aLaw(view.getUint8(at)),
  [`${MU_LAW}/8`]: (view, at) => muLaw(view.getUint8(at)),
}

/** Chunks of a RIFF file: their names, and where their bytes lie, cut off at the end of the file. */
function* chunksOf(view: DataView): Generator<{ readonly name: string; readonly at: number; readonly size: number }> {
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const name = String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)))
    const size = Math.min(view.getUint32(at + 4, true), view.byteLength - at - 8)
    yield { name, at: at + 8, size }
    at += 8 + size + (size % 2)
  }
}

function formatAt(view: DataView, at: number, size: number): WavFormat | undefined {
  if (size < 16) return undefined
  const code = view.getUint16(at, true)
  return {
    code: code === EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : code,
    channels: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  }
}

/**
 * The samples of a WAV file; undefined where it holds none in a form that is read: linear PCM of 8, 16, 24 or 32 bits,
 * floating point, A-law and µ-law. Source: RIFF WAVE 1.0; ITU-T G.711.
 */
export function wavSamples(bytes: Uint8Array): WavSamples | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let format: WavFormat | undefined
  for (const { name, at, size } of chunksOf(view)) {
    if (name === 'fmt ') format = formatAt(view, at, size)
    if (name === 'data' && format) return mixDown(view, at, size, format)
  }
  return undefined
}

function mixDown(view: DataView, at: number, size: number, { code, channels, sampleRate, bits }: WavFormat): WavSamples | undefined {
  const read = READERS[`${code}/${bits}`]
  if (!read || channels === 0 || sampleRate === 0) return undefined
  const width = bits / 8
  const samples = new Float32Array(Math.min(MAX_SAMPLES, Math.floor(size / (width * channels))))
  for (let i = 0; i < samples.length; i++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) sum += read(view, at + (i * channels + channel) * width)
    const mean = sum / channels
    samples[i] = Number.isFinite(mean) ? mean : 0
  }
  return { samples, sampleRate }
}
