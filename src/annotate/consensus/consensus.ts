import type { z } from 'zod'
import type { Words } from '../../base/problem/index.ts'
import type { NamedVote, Votes } from './votes.ts'

/** What the votes come to. */
export interface Consensus {
  /** Probability of each class of each item, `nClasses` numbers an item; equal ones where nothing is known. */
  readonly posterior: Float64Array
  /** Chance of each annotator to say the true class, over items as they occur; NaN for one without a vote. */
  readonly accuracy: Float64Array
  /** Share of each class. */
  readonly prior: Float64Array
  /** Of the votes under the model, natural logarithm; NaN where the method has no model. */
  readonly logLikelihood: number
  /** Numbers that the model was free to choose, by which likelihoods of models are compared (BIC). */
  readonly nParameters: number
  readonly iterations: number
  readonly converged: boolean
}

/** What a method may know besides the votes. */
export interface Known {
  /** True class of items that are known (gold), −1 for the others. */
  readonly gold?: Int32Array | undefined
}

export interface ConsensusDefinition<P extends z.ZodType> {
  readonly version: number
  readonly title: Words
  readonly doc: Words
  readonly source: string
  readonly parameters: P
  /** Votes and the label that each item must get; run by the contract test. */
  readonly example: { readonly votes: readonly NamedVote[]; readonly labels: Readonly<Record<string, string>> }
  readonly fit: (votes: Votes, parameters: z.output<P>, known: Known) => Consensus
}

export type ConsensusMethod = ConsensusDefinition<z.ZodType>

/** Defines a method of consensus; its path under `methods/` is its id. */
export const defineConsensus = <P extends z.ZodType>(definition: ConsensusDefinition<P>): ConsensusMethod =>
  definition as unknown as ConsensusMethod

/** Class of each item with the highest probability; the first of equal ones, −1 for an item without votes. */
export function decide({ posterior }: Pick<Consensus, 'posterior'>, { nItems, nClasses, starts }: Votes): Int32Array {
  const decided = new Int32Array(nItems).fill(-1)
  for (let i = 0; i < nItems; i++) {
    if (starts[i] === starts[i + 1]) continue
    let best = 0
    for (let k = 1; k < nClasses; k++) if ((posterior[i * nClasses + k] as number) > (posterior[i * nClasses + best] as number)) best = k
    decided[i] = best
  }
  return decided
}
