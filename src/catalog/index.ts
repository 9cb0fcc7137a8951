/**
 * catalog: versions → found by others.
 *
 *   queries.ts   data sets and versions of an organisation
 *   routes.ts    lists, records with conditions, explanations, grades
 *   search/      offers by words of both languages, with facets; demand/ what is needed and what of it there is
 */
export { cursorOf, readCursor } from './cursor.ts'
export { enterVersion, findVersion } from './queries.ts'
export { rowConditions } from './row-conditions.ts'
export { enterEntry, FACETS, findEntry, removeEntry, searchEntries } from './search/queries.ts'
