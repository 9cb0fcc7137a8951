/** What a container of a JSON or YAML document holds; `path` is its keys, each with `/` after it, from the root (empty). */
export interface ContainerCount {
  readonly container: '{' | '['
  nValues: number
  nObjects: number
  nArrays: number
}

/** Containers outside of arrays, by path. */
export type Outline = Map<string, ContainerCount>

/** Where the records of a document lie: `parts` are paths of containers whose elements are the records; none where it is one record. */
export interface TreeShape {
  readonly parts: readonly string[]
}

/** Paths of a document that are counted: a map with more members is recognised from the first ones. */
const MAX_PATHS = 10_000
/** Array elements from which on a document with several arrays of objects is a set of tables and no record. */
const TABLE_ELEMENTS = 1000
/** Members from which on an object of plain values is a list of keys and values and no record. */
const LIST_MEMBERS = 50
/** Share of the elements that must be objects for a container to hold records. */
const OBJECT_SHARE = 0.8

/** Counts a value that begins in the container at `path`. @param first its first character in JSON */
export function countValue(outline: Outline, path: string, container: '{' | '[', first: string): void {
  let count = outline.get(path)
  if (!count) {
    if (outline.size >= MAX_PATHS) return
    count = { container, nValues: 0, nObjects: 0, nArrays: 0 }
    outline.set(path, count)
  }
  count.nValues++
  if (first === '{') count.nObjects++
  else if (first === '[') count.nArrays++
}

/**
 * Decides what the records of a document are: the elements of a top-level array; the one array of objects inside an object; the members of
 * an object of objects; the members of a long object of plain values; several long arrays of objects, each a part; else the document.
 */
export function treeShape(outline: Outline): TreeShape {
  const root = outline.get('')
  if (!root || root.container === '[') return { parts: [''] }
  const tables = [...outline].filter(([, count]) => isTable(count))
  const longest = Math.max(0, ...tables.map(([, count]) => count.nValues))
  const isOneTable = tables.length === 1 && (longest >= 2 || root.nValues === 1)
  if (isOneTable || (tables.length >= 2 && longest >= TABLE_ELEMENTS)) return { parts: tables.map(([path]) => path).sort() }
  const isMap = root.nValues >= 2 && root.nObjects === root.nValues && tables.length !== 1
  return { parts: isMap || isList(root) ? [''] : [] }
}

const isTable = ({ container, nObjects, nValues }: ContainerCount): boolean =>
  container === '[' && nObjects >= 1 && nObjects >= OBJECT_SHARE * nValues

const isList = ({ nValues, nObjects, nArrays }: ContainerCount): boolean =>
  nValues >= LIST_MEMBERS && nObjects === 0 && (nArrays === 0 || nArrays === nValues)

/** Name of a part: empty where it is the only one. */
export const partName = ({ parts }: TreeShape, path: string): string => (parts.length > 1 ? path.replace(/\/$/, '') : '')

/** The record that an element of an array or, with its key, a member of an object is. */
export function recordOf(value: unknown, key?: string): Record<string, unknown> {
  const members = isObject(value) ? value : Array.isArray(value) ? numbered(value) : { value }
  if (key === undefined) return members
  const { key: own, ...others } = members
  return own === undefined ? { key, ...others } : { key, ...others, key_2: own }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

const numbered = (values: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(values.map((value, index) => [`column_${index + 1}`, value]))
