/**
 * Highgrade as a library: what each command of the command line calls.
 *
 *   build    raw files → a graded, signed release
 *   inspect, init   what raw files hold, and a recipe proposed from it
 *   gradeData   a grade of any data set, ours or not
 *   verifyRelease, explain, readRelease   what a stranger asks of a release
 */
export { type Effects, realEffects } from './base/effects/index.ts'
export type { Outcome, Problem, Words } from './base/problem/index.ts'
export { type BuildOptions, build } from './build.ts'
export { type DemoResult, demo } from './demo.ts'
export { gradeData } from './grade-data.ts'
export { init } from './init.ts'
export { inspect } from './inspect.ts'
export { type Explanation, explain, type Manifest, type Released, readRelease, type Verification } from './release/index.ts'
export { verifyRelease } from './verify.ts'
