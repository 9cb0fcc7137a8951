/**
 * A uniform sample that does not depend on the order or grouping in which items came: the `limit` items with the
 * smallest hash. Plain JSON; holds at most twice `limit` items between two cuts.
 */
export interface BottomSample<T> {
  readonly limit: number
  /** No hash above it can still enter. */
  bound: number
  items: { readonly hash: number; readonly id: string; readonly value: T }[]
}

export const startBottomSample = <T>(limit: number): BottomSample<T> => ({ limit, bound: Number.MAX_SAFE_INTEGER, items: [] })

/** Could an item with this hash enter? Asked before its value is made. */
export const admits = (sample: BottomSample<unknown>, hash: number): boolean => hash <= sample.bound

function cut<T>(sample: BottomSample<T>): void {
  sample.items.sort((a, b) => a.hash - b.hash || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  if (sample.items.length <= sample.limit) return
  sample.items.length = sample.limit
  sample.bound = sample.items[sample.limit - 1]?.hash ?? sample.bound
}

/** Offers an item. @param hash uniform integer in 0 … 2⁵³ − 1 */
export function addToBottomSample<T>(sample: BottomSample<T>, hash: number, id: string, value: T): void {
  if (!admits(sample, hash)) return
  sample.items.push({ hash, id, value })
  if (sample.items.length >= 2 * sample.limit) cut(sample)
}

export function mergeBottomSamples<T>(left: BottomSample<T>, right: BottomSample<T>): BottomSample<T> {
  const merged: BottomSample<T> = { limit: left.limit, bound: Math.min(left.bound, right.bound), items: [...left.items, ...right.items] }
  cut(merged)
  return merged
}

/** The sample itself, by rising hash. */
export function bottomItems<T>(sample: BottomSample<T>): BottomSample<T>['items'] {
  const copy = { ...sample, items: [...sample.items] }
  cut(copy)
  return copy.items
}
