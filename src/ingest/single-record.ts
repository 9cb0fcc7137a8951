import type { Problem } from '../base/problem/index.ts'
import type { RawBatch } from './format.ts'

/** The batch of a file that holds one record: names are the row's keys, in their order. */
export function oneRecord(row: Readonly<Record<string, unknown>>): RawBatch {
  return {
    part: '',
    names: Object.keys(row),
    columns: Object.values(row).map((value) => [value]),
    ordinals: [0],
    placeKind: 'file',
    places: [1],
    broken: [],
  }
}

/** The batch of a file whose one record cannot be read. */
export function brokenFile(problem: Problem): RawBatch {
  return { part: '', names: [], columns: [], ordinals: [], placeKind: 'file', places: [], broken: [{ ordinal: 0, place: 1, problem }] }
}
