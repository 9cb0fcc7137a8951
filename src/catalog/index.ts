/**
 * catalog: versions → found by others.
 *
 *   queries.ts   data sets and versions of an organisation
 *   routes.ts    lists, records with conditions, explanations, grades
 */
export { enterVersion } from './queries.ts'
