/** Disjoint sets of record numbers, joined by verified pairs. */
export interface Clusters {
  find(record: number): number
  join(a: number, b: number): void
}

/** Union-find with path halving and union by smaller number, so that the result does not depend on the order of joins. */
export function createClusters(size: number): Clusters {
  const parent = new Uint32Array(size)
  for (let i = 0; i < size; i++) parent[i] = i
  const find = (record: number): number => {
    let at = record
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number
      at = parent[at] as number
    }
    return at
  }
  return {
    find,
    join(a, b) {
      const left = find(a)
      const right = find(b)
      if (left < right) parent[right] = left
      else if (right < left) parent[left] = right
    },
  }
}
