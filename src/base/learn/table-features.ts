/** A table for learning: numbers with NaN for missing, words with null for missing; all columns equally long. */
export interface LearningTable {
  readonly rows: number
  readonly numbers: ReadonlyMap<string, Float64Array>
  readonly words: ReadonlyMap<string, readonly (string | null)[]>
}

/** Which columns a table becomes: each number, then one 0/1 column for each frequent word of a category. */
export interface TableEncoding {
  readonly numbers: readonly string[]
  readonly levels: readonly (readonly [name: string, level: string])[]
}

/** Levels of one category that get a column of their own. */
const MAX_LEVELS = 24
/** Share of the training rows below which a level gets none. */
const MIN_LEVEL_SHARE = 0.005

/** Chooses the columns from training rows alone. */
export function fitTableEncoding(train: LearningTable): TableEncoding {
  const levels: (readonly [string, string])[] = []
  for (const [name, values] of train.words) {
    const counts = new Map<string, number>()
    for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
    const frequent = [...counts].filter(([, count]) => count >= Math.max(2, MIN_LEVEL_SHARE * train.rows))
    frequent.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    for (const [level] of frequent.slice(0, MAX_LEVELS)) levels.push([name, level])
  }
  return { numbers: [...train.numbers.keys()], levels }
}

/** The table's columns in the order of the encoding; a column that it lacks is missing throughout. */
export function encodeTable(table: LearningTable, encoding: TableEncoding): Float64Array[] {
  const missing = (): Float64Array => new Float64Array(table.rows).fill(Number.NaN)
  const numbers = encoding.numbers.map((name) => table.numbers.get(name) ?? missing())
  const levels = encoding.levels.map(([name, level]) => {
    const values = table.words.get(name)
    return values ? Float64Array.from(values, (value) => (value === level ? 1 : 0)) : missing()
  })
  return [...numbers, ...levels]
}
