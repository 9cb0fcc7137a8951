/** A label that the data contradict. */
export interface SuspectLabel {
  readonly row: number
  readonly given: number
  readonly likely: number
  /** Probability of the given label; the lower, the more suspect. */
  readonly confidence: number
}

/**
 * Labels that a model, which did not see them, contradicts with at least the confidence usual for the other class.
 * @param probabilities out-of-sample, row-major  @returns most suspect first
 * Source: Northcutt, Jiang & Chuang 2021, confident joint (counts off its diagonal).
 */
export function suspectLabels(labels: ArrayLike<number>, probabilities: Float64Array, classes: number): SuspectLabel[] {
  const sums = new Float64Array(classes)
  const counts = new Float64Array(classes)
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number
    sums[label] = (sums[label] as number) + (probabilities[row * classes + label] as number)
    counts[label] = (counts[label] as number) + 1
  }
  const usual = sums.map((sum, label) => sum / (counts[label] as number))
  const suspects: SuspectLabel[] = []
  for (let row = 0; row < labels.length; row++) {
    const given = labels[row] as number
    let likely = -1
    for (let k = 0; k < classes; k++) {
      const p = probabilities[row * classes + k] as number
      if (p >= (usual[k] as number) && (likely < 0 || p > (probabilities[row * classes + likely] as number))) likely = k
    }
    if (likely >= 0 && likely !== given) suspects.push({ row, given, likely, confidence: probabilities[row * classes + given] as number })
  }
  return suspects.sort((a, b) => a.confidence - b.confidence || a.row - b.row)
}
