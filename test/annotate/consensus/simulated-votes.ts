import { seededRandom } from '../../../src/base/statistics/index.ts'

export interface SimulatedVotes {
  readonly truth: Int32Array
  readonly columns: { readonly items: Int32Array; readonly annotators: Int32Array; readonly classes: Int32Array }
  readonly sizes: { readonly nItems: number; readonly nAnnotators: number; readonly nClasses: number }
}

/** Votes of annotators of different skill, whose mistakes fall mostly on the next class. */
export function simulateVotes(
  sizes: SimulatedVotes['sizes'],
  { nVotes, skill, seed }: { nVotes: number; skill: (annotator: number) => number; seed: number },
): SimulatedVotes {
  const { next: random } = seededRandom(seed)
  const { nItems, nAnnotators, nClasses } = sizes
  const truth = Int32Array.from({ length: nItems }, () => Math.floor(random() * nClasses))
  const columns = { items: new Int32Array(nVotes), annotators: new Int32Array(nVotes), classes: new Int32Array(nVotes) }
  for (let v = 0; v < nVotes; v++) {
    const item = v % nItems
    const annotator = Math.floor(random() * nAnnotators)
    const right = truth[item] as number
    const isRight = random() < skill(annotator)
    const wrong = random() < 0.8 ? (right + 1) % nClasses : Math.floor(random() * nClasses)
    columns.items[v] = item
    columns.annotators[v] = annotator
    columns.classes[v] = isRight ? right : wrong
  }
  return { truth, columns, sizes }
}

export const shareRight = (decided: Int32Array, truth: Int32Array): number =>
  decided.reduce((right, k, i) => right + (k === truth[i] ? 1 : 0), 0) / truth.length
