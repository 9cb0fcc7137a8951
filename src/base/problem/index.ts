/**
 * problem: the one error type.
 *
 *   problem.ts   Words (zh/en), Problem, defineProblem, Outcome, ProblemError
 *
 * A room defines its problems in its own `problems.ts`; codes are `<room>/<what>`.
 */
export * from './problem.ts'
