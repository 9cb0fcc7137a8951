/**
 * The heavy steps of a build as worker threads and executors run them: each export takes one task and gives one result,
 * all plain data; those named …Rows and …Pairs give rows of a relation.
 */

export { profileTask } from './draft/index.ts'
export { sampleSource } from './ingest/index.ts'
export { bandRows, refineUnit, relateTable, resolveDuplicates, signatureRows, textRows, verifiedPairs } from './refine/index.ts'
export { checkShard, measureLift, writeShard } from './release/index.ts'
