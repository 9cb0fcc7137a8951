/** Power spectra of frames of one length. */
export interface PowerSpectrum {
  /** Bins of a spectrum: half the frame's length and one. */
  readonly nBins: number
  /** Writes |X(f)|² of the windowed frame that begins at `from`; samples past the end are zero. */
  readonly measure: (samples: Float32Array, from: number, into: Float64Array) => void
}

/**
 * Prepares spectra of frames under a Hann window, scaled so that the mean over bins of white noise is its variance.
 * @param length of a frame, a power of two
 * Cost: O(length · log length) a frame. Source: Cooley & Tukey 1965, radix 2.
 */
export function createPowerSpectrum(length: number): PowerSpectrum {
  const window = Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length))
  const power = window.reduce((sum, weight) => sum + weight * weight, 0)
  const reversed = bitReversal(length)
  const cosines = Float64Array.from({ length: length / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / length))
  const sines = Float64Array.from({ length: length / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / length))
  const [real, imaginary] = [new Float64Array(length), new Float64Array(length)]
  return {
    nBins: length / 2 + 1,
    measure: (samples, from, into) => {
      imaginary.fill(0)
      for (let i = 0; i < length; i++) real[reversed[i] as number] = (samples[from + i] ?? 0) * (window[i] as number)
      transform(real, imaginary, cosines, sines)
      for (let bin = 0; bin <= length / 2; bin++) {
        into[bin] = ((real[bin] as number) ** 2 + (imaginary[bin] as number) ** 2) / power
      }
    },
  }
}

function bitReversal(length: number): Uint32Array {
  const reversed = new Uint32Array(length)
  for (let i = 1; i < length; i++) reversed[i] = ((reversed[i >> 1] as number) >> 1) | (i & 1 ? length >> 1 : 0)
  return reversed
}

function transform(real: Float64Array, imaginary: Float64Array, cosines: Float64Array, sines: Float64Array): void {
  const { length } = real
  for (let size = 2; size <= length; size *= 2) {
    const [half, step] = [size >> 1, length / size]
    for (let from = 0; from < length; from += size) {
      for (let i = 0; i < half; i++) {
        const [low, high] = [from + i, from + i + half]
        const [cosine, sine] = [cosines[i * step] as number, sines[i * step] as number]
        const [x, y] = [real[high] as number, imaginary[high] as number]
        const [turnedX, turnedY] = [x * cosine - y * sine, x * sine + y * cosine]
        real[high] = (real[low] as number) - turnedX
        imaginary[high] = (imaginary[low] as number) - turnedY
        real[low] = (real[low] as number) + turnedX
        imaginary[low] = (imaginary[low] as number) + turnedY
      }
    }
  }
}
