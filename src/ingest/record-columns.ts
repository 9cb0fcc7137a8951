/** Collects objects as columns; names in order of first appearance, undefined where an object lacks one. */
export interface RecordColumns {
  add(record: Readonly<Record<string, unknown>>): void
  names(): string[]
  columns(): unknown[][]
}

/** Members past this are no schema but a map: a limit against files that hold a new name in each record. */
export const MAX_NAMES = 10_000

/** Starts an empty collection. Throws RangeError past MAX_NAMES distinct names. */
export function recordColumns(): RecordColumns {
  const byName = new Map<string, unknown[]>()
  let rows = 0
  return {
    add(record) {
      for (const name in record) {
        let column = byName.get(name)
        if (!column) {
          if (byName.size >= MAX_NAMES) throw new RangeError(`more than ${MAX_NAMES} distinct names`)
          column = new Array(rows).fill(undefined)
          byName.set(name, column)
        }
        column.push(record[name])
      }
      rows++
      for (const column of byName.values()) if (column.length < rows) column.push(undefined)
    },
    names: () => [...byName.keys()],
    columns: () => [...byName.values()],
  }
}
