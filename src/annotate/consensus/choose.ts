import type { Loaded } from '../../base/plugin/index.ts'
import { wilson } from '../../base/statistics/index.ts'
import { type Consensus, type ConsensusMethod, decide, type Known } from './consensus.ts'
import type { Votes } from './votes.ts'

/** How a method did, and by what it can be compared. */
export interface MethodTrial {
  readonly id: string
  readonly consensus: Consensus
  /** On held-out gold items: right, tried, and the 95% interval of the share. */
  readonly gold?: { readonly right: number; readonly tried: number; readonly low: number; readonly high: number } | undefined
  /** Bayesian information criterion, lower is better; undefined for a method without a model of the votes. */
  readonly bic?: number | undefined
}

export interface Choice {
  readonly chosen: MethodTrial
  readonly by: 'gold' | 'likelihood'
  readonly trials: readonly MethodTrial[]
}

/** Gold items from which on they decide; with fewer the votes' own likelihood does. */
export const ENOUGH_GOLD = 30
/** Every other gold item is held out: half for the methods that learn from gold, half to judge all by. */
const HELD_OUT = 2

/**
 * Tries the methods on a project's votes and takes the one that is right most often on held-out gold items or, without
 * enough of those, the one whose model explains the votes best for its size (BIC). Equal ones: the first by name.
 */
export function chooseMethod(methods: readonly Loaded<ConsensusMethod>[], votes: Votes, { gold }: Known): Choice {
  const known = gold ? Array.from(gold.keys()).filter((i) => (gold[i] as number) >= 0 && votes.starts[i] !== votes.starts[i + 1]) : []
  const heldOut = known.filter((_, n) => n % HELD_OUT === 0)
  const byGold = heldOut.length * HELD_OUT >= ENOUGH_GOLD
  const shown = gold && Int32Array.from(gold)
  if (shown) for (const i of heldOut) shown[i] = -1
  const trials = methods.map(({ id, plugin }): MethodTrial => {
    const consensus = plugin.fit(votes, plugin.parameters.parse({}), { gold: shown })
    const decided = decide(consensus, votes)
    const right = heldOut.filter((i) => decided[i] === gold?.[i]).length
    const bic = consensus.nParameters * Math.log(Math.max(1, votes.classes.length)) - 2 * consensus.logLikelihood
    return {
      id,
      consensus,
      gold: heldOut.length === 0 ? undefined : { right, tried: heldOut.length, ...wilson(right, heldOut.length, 0.95) },
      bic: Number.isNaN(bic) ? undefined : bic,
    }
  })
  const worth = ({ gold: judged, bic }: MethodTrial): number => (byGold ? (judged?.right ?? 0) : -(bic ?? Number.POSITIVE_INFINITY))
  const chosen = trials.reduce((best, one) => (worth(one) > worth(best) ? one : best))
  return { chosen, by: byGold ? 'gold' : 'likelihood', trials }
}
