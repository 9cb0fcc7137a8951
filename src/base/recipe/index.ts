/**
 * recipe: `highgrade.yaml` as a checked value.
 *
 *   recipe.ts   zod schemas and types: dataset, sources, tables, steps, demand, release terms
 *   pack.ts     zod schemas and types of a sector pack (packs/<sector>/)
 *   read.ts     YAML text → Outcome<Recipe>, each problem with its path in the file
 */
export * from './pack.ts'
export * from './read.ts'
export * from './recipe.ts'
