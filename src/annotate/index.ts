/**
 * annotate: records → labels that one can trust.
 *
 *   consensus/   votes of several annotators → probability of each class, accuracy of each annotator:
 *                votes.ts arranges them, methods/<method>.ts fulfil the contract of consensus.ts, choose.ts picks one by
 *                held-out gold or by likelihood, expectation.ts is the EM that three of them share
 */
export * from './consensus/choose.ts'
export { type Consensus, decide } from './consensus/consensus.ts'
export { loadConsensusMethods } from './consensus/registry.ts'
export * from './consensus/votes.ts'
