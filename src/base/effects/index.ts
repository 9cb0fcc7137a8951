/**
 * effects: time, progress and the environment as arguments.
 *
 *   effects.ts   Effects (clock, report), realEffects
 *   home.ts      where Highgrade keeps its own data
 */
export * from './effects.ts'
export * from './home.ts'
