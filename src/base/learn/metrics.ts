export type Metric = 'accuracy' | 'macro-f1' | 'r2' | 'mae' | 'rmse'

export const LOWER_IS_BETTER: ReadonlySet<Metric> = new Set(['mae', 'rmse'])

function accuracy(truth: ArrayLike<number>, found: ArrayLike<number>): number {
  let right = 0
  for (let i = 0; i < truth.length; i++) if (truth[i] === found[i]) right++
  return right / truth.length
}

/** Mean of F1 over the classes that occur in truth or predictions (as scikit-learn's `average='macro'`). */
function macroF1(truth: ArrayLike<number>, found: ArrayLike<number>): number {
  const hits = new Map<number, number>()
  const mentions = new Map<number, number>()
  for (let i = 0; i < truth.length; i++) {
    const [expected, given] = [truth[i] as number, found[i] as number]
    mentions.set(expected, (mentions.get(expected) ?? 0) + 1)
    mentions.set(given, (mentions.get(given) ?? 0) + 1)
    if (expected === given) hits.set(given, (hits.get(given) ?? 0) + 1)
  }
  let sum = 0
  for (const [label, n] of mentions) sum += (2 * (hits.get(label) ?? 0)) / n
  return sum / mentions.size
}

function squaredError(truth: ArrayLike<number>, found: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < truth.length; i++) sum += ((truth[i] as number) - (found[i] as number)) ** 2
  return sum
}

/** Share of the variance that is explained; 0 for constant truth that is not met exactly, 1 when it is. */
function rSquared(truth: ArrayLike<number>, found: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < truth.length; i++) sum += truth[i] as number
  const centre = sum / truth.length
  let variation = 0
  for (let i = 0; i < truth.length; i++) variation += ((truth[i] as number) - centre) ** 2
  const error = squaredError(truth, found)
  if (variation === 0) return error === 0 ? 1 : 0
  return 1 - error / variation
}

function absoluteError(truth: ArrayLike<number>, found: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < truth.length; i++) sum += Math.abs((truth[i] as number) - (found[i] as number))
  return sum / truth.length
}

/** A metric of predictions; class numbers for accuracy and macro-F1. @param truth at least one */
export function measure(metric: Metric, truth: ArrayLike<number>, found: ArrayLike<number>): number {
  switch (metric) {
    case 'accuracy':
      return accuracy(truth, found)
    case 'macro-f1':
      return macroF1(truth, found)
    case 'r2':
      return rSquared(truth, found)
    case 'mae':
      return absoluteError(truth, found)
    case 'rmse':
      return Math.sqrt(squaredError(truth, found) / truth.length)
  }
}
