/**
 * profile: what one pass over raw records says of their tables and columns.
 *
 *   profile-sources.ts   the verb: all sources on all cores, or samples alone
 *   profile-units.ts, profile-pieces.ts   what one worker reads at a time
 *   table-tally.ts       what is counted of a table; number-, text-, media-tally.ts of its columns; time-steps.ts
 *   table-profile.ts     a tally as people read it; field-profile.ts, distribution.ts, estimate.ts
 *   top-values.ts        the most frequent values in bounded memory
 *   value-hash.ts        hashes of values and rows
 *   language-of.ts       language of a text
 */
export type { NumberSummary } from './distribution.ts'
export type { FieldProfile } from './field-profile.ts'
export { type ProfileTask, profilePieces } from './profile-pieces.ts'
export { profileSamples, profileSources } from './profile-sources.ts'
export { describeTable, type TableProfile, type TimeProfile } from './table-profile.ts'
export type { ProfiledTable, TableTally, TypeColumn } from './table-tally.ts'
export type { TopValue } from './top-values.ts'
