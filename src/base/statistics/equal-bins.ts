import type { HistogramBin } from './adaptive-histogram.ts'

/**
 * Re-cuts fine bins into at most `wanted` bins of equal width for drawing. A fine bin's count goes to where its middle
 * lies, so each edge is true to the width of a fine bin; the sum of counts is kept.
 * @param range where to cut; what lies outside joins the first or last bin
 */
export function equalBins(fine: readonly HistogramBin[], wanted: number, range: readonly [number, number]): HistogramBin[] {
  const [low, high] = range
  if (fine.length === 0) return []
  if (!(high > low)) return [{ low, high, count: fine.reduce((sum, bin) => sum + bin.count, 0) }]
  const width = (high - low) / wanted
  const counts = new Array<number>(wanted).fill(0)
  for (const bin of fine) {
    const middle = bin.low / 2 + bin.high / 2
    const place = Math.min(wanted - 1, Math.max(0, Math.floor((middle - low) / width)))
    counts[place] = (counts[place] as number) + bin.count
  }
  return counts.map((count, place) => ({ low: low + place * width, high: low + (place + 1) * width, count }))
}
