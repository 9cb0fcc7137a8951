/**
 * draft: a profile of raw files → a recipe proposed to people.
 *
 *   draft-recipe.ts   the commented highgrade.yaml; draft-table.ts, draft-demand.ts its parts
 *   cover-files.ts    globs that name exactly a table's files
 *   pack-fit.ts       which pack's schemas the columns follow
 *   profile-task.ts   types columns for the profile, in a worker; profile-misfits.ts what did not fit
 *   recipe-text.ts    YAML with comments in both languages
 */
export * from './draft-recipe.ts'
export type { DraftTable } from './draft-table.ts'
export * from './pack-fit.ts'
export { profileMisfits } from './profile-misfits.ts'
export { profileTask, typeColumn } from './profile-task.ts'
