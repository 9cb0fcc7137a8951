import { describe, expect, it } from 'vitest'
import { audioFacts } from '../../../src/base/kernels/index.ts'
import { createPowerSpectrum } from '../../../src/base/kernels/power-spectrum.ts'
import { seededRandom } from '../../../src/base/statistics/index.ts'

const RATE = 16_000

/** Normal deviates by Box and Muller. */
function whiteNoise(n: number, deviation: number, seed = 1): Float32Array {
  const random = seededRandom(seed)
  return Float32Array.from(
    { length: n },
    () => deviation * Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()),
  )
}

const tone = (n: number, hertz: number, amplitude: number): Float32Array =>
  Float32Array.from({ length: n }, (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / RATE))

/** Bursts of harmonics with pauses, as speech has them. */
function speechLike(n: number): Float32Array {
  const random = seededRandom(7)
  const out = new Float32Array(n)
  for (let at = 0; at < n; ) {
    const [sound, pause] = [Math.floor(RATE * (0.15 + 0.25 * random.next())), Math.floor(RATE * (0.05 + 0.15 * random.next()))]
    const pitch = 110 + 120 * random.next()
    for (let i = 0; i < sound && at + i < n; i++) {
      let value = 0
      for (let harmonic = 1; harmonic <= 20; harmonic++) value += Math.sin((2 * Math.PI * pitch * harmonic * i) / RATE) / harmonic
      out[at + i] = 0.1 * value * Math.sin((Math.PI * i) / sound)
    }
    at += sound + pause
  }
  return out
}

const powerOf = (samples: Float32Array): number => samples.reduce((sum, x) => sum + x * x, 0) / samples.length
const mixed = (signal: Float32Array, noise: Float32Array): Float32Array => signal.map((x, i) => x + (noise[i] as number))

describe('createPowerSpectrum', () => {
  it('is the Fourier transform by its definition', () => {
    const samples = whiteNoise(64, 0.3)
    const spectrum = createPowerSpectrum(64)
    const found = new Float64Array(spectrum.nBins)
    spectrum.measure(samples, 0, found)
    const window = Array.from({ length: 64 }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / 64))
    const scale = window.reduce((sum, weight) => sum + weight ** 2, 0)
    for (let bin = 0; bin <= 32; bin++) {
      let [x, y] = [0, 0]
      for (let i = 0; i < 64; i++) {
        x += (samples[i] as number) * (window[i] as number) * Math.cos((2 * Math.PI * bin * i) / 64)
        y -= (samples[i] as number) * (window[i] as number) * Math.sin((2 * Math.PI * bin * i) / 64)
      }
      expect(found[bin]).toBeCloseTo((x * x + y * y) / scale, 9)
    }
  })
})

describe('audioFacts', () => {
  const n = 10 * RATE

  it.each([40, 30, 20, 10, 5, 0])('finds the ratio to white noise at %i dB: of a tone within .5, of bursts at most 5 lower', (decibels) => {
    const bursts = speechLike(n)
    for (const [signal, lowest] of [
      [tone(n, 440, 0.3), -0.5],
      [bursts, -5],
      [mixed(tone(n, 1000, 0.05), bursts), -5],
    ] as const) {
      const noise = whiteNoise(n, Math.sqrt(powerOf(signal) / 10 ** (decibels / 10)))
      const error = (audioFacts(mixed(signal, noise), RATE).snr ?? Number.NaN) - decibels
      expect(error).toBeGreaterThan(lowest)
      expect(error).toBeLessThan(0.5)
    }
  })

  it('finds next to no signal in noise alone, and next to no noise in a clean tone', () => {
    expect(audioFacts(whiteNoise(n, 0.1), RATE).snr).toBeLessThan(-10)
    expect(audioFacts(tone(n, 440, 0.5), RATE).snr).toBeGreaterThan(45)
  })

  it('does not depend on loudness', () => {
    const sound = mixed(speechLike(n), whiteNoise(n, 0.01))
    const quiet = sound.map((x) => x / 10)
    expect(audioFacts(quiet, RATE).snr).toBeCloseTo(audioFacts(sound, RATE).snr ?? Number.NaN, 1)
  })

  it('leaves padding out of the noise, and tells how much there is', () => {
    const sound = mixed(speechLike(n), whiteNoise(n, 0.01))
    const padded = new Float32Array(2 * n)
    padded.set(sound)
    const found = audioFacts(padded, RATE)
    expect(found.silentShare).toBeCloseTo(0.5, 1)
    expect(Math.abs((found.snr ?? Number.NaN) - (audioFacts(sound, RATE).snr ?? Number.NaN))).toBeLessThan(1)
    expect(audioFacts(new Float32Array(n), RATE)).toEqual({ snr: null, clippedShare: 0, silentShare: 1 })
  })

  it('counts samples in runs at the ends of the scale, not single peaks', () => {
    const clipped = tone(RATE, 100, 2).map((x) => Math.max(-1, Math.min(1, x)))
    const atEnd = clipped.filter((x) => Math.abs(x) >= 0.9995).length / RATE
    expect(audioFacts(clipped, RATE).clippedShare).toBeCloseTo(atEnd, 3)
    expect(audioFacts(Float32Array.of(1, 1, 0, 1, -1, 1, 1, 1, 0), RATE).clippedShare).toBeCloseTo(3 / 9, 9)
    expect(audioFacts(tone(RATE, 100, 0.999), RATE).clippedShare).toBe(0)
  })

  it('says nothing of what is too short, and takes any rate', () => {
    for (const rate of [1, 8000, 44_100, 192_000, 4_000_000_000])
      expect(audioFacts(whiteNoise(400, 0.1), rate).snr ?? 0).toBeLessThanOrEqual(100)
    expect(audioFacts(whiteNoise(4000, 0.1), RATE).snr).toBeNull()
    expect(audioFacts(new Float32Array(0), RATE)).toEqual({ snr: null, clippedShare: 0, silentShare: 0 })
  })
})
