/**
 * The heavy steps of a build as worker threads run them: each export takes one task and gives one result, all plain data.
 */

export { profileTask } from './draft/index.ts'
export { sampleSource } from './ingest/index.ts'
export { refineUnit, relateTable, resolveDuplicates } from './refine/index.ts'
export { checkShard, writeShard } from './release/index.ts'
