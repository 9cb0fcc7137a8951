import type { BinnedFeatures } from './feature-bins.ts'

/** A binary tree over binned features; node n's children are left[n] and left[n] + 1, a leaf has left 0. */
export interface RegressionTree {
  readonly feature: number[]
  /** Rows whose bin is at most this go left (missing values, bin 0, always do). */
  readonly bin: number[]
  readonly left: number[]
  readonly value: number[]
}

export interface TreeOptions {
  readonly depth: number
  /** Ridge on leaf values. */
  readonly lambda: number
  /** Least sum of second derivatives in a leaf. */
  readonly minChildWeight: number
}

/** First and second derivative of the loss for each row. */
export interface Derivatives {
  readonly gradients: Float64Array
  readonly curvatures: Float64Array
}

interface Split {
  readonly gain: number
  readonly feature: number
  readonly bin: number
}

/** A node that may still be split. */
interface OpenNode {
  readonly node: number
  readonly rows: Uint32Array
  readonly gradient: number
  readonly curvature: number
  readonly sums: Sums
  readonly depth: number
}

/** Derivatives summed by bin, all features' bins numbered through: [gradient, curvature] pairs. */
type Sums = Float64Array

function sumByBin(bins: BinnedFeatures, rows: Uint32Array, { gradients, curvatures }: Derivatives): Sums {
  const sums = new Float64Array((bins.offsets.at(-1) ?? 0) * 2)
  const n = rows.length
  const g = new Float64Array(n)
  const h = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    g[i] = gradients[rows[i] as number] as number
    h[i] = curvatures[rows[i] as number] as number
  }
  for (let feature = 0; feature < bins.columns.length; feature++) {
    const column = bins.columns[feature] as Uint8Array
    const base = bins.offsets[feature] as number
    for (let i = 0; i < n; i++) {
      const at = (base + (column[rows[i] as number] as number)) * 2
      sums[at] = (sums[at] as number) + (g[i] as number)
      sums[at + 1] = (sums[at + 1] as number) + (h[i] as number)
    }
  }
  return sums
}

function bestSplit(open: OpenNode, offsets: Uint32Array, options: TreeOptions): Split | undefined {
  const { sums, gradient, curvature } = open
  const { lambda, minChildWeight } = options
  const parent = (gradient * gradient) / (curvature + lambda)
  let best: Split | undefined
  for (let feature = 0; feature + 1 < offsets.length; feature++) {
    const [start, end] = [offsets[feature] as number, offsets[feature + 1] as number]
    let g = 0
    let h = 0
    for (let bin = start; bin < end - 1; bin++) {
      g += sums[bin * 2] as number
      h += sums[bin * 2 + 1] as number
      const [gRight, hRight] = [gradient - g, curvature - h]
      if (h < minChildWeight || hRight < minChildWeight) continue
      const gain = (g * g) / (h + lambda) + (gRight * gRight) / (hRight + lambda) - parent
      if (gain > (best?.gain ?? 1e-9)) best = { gain, feature, bin: bin - start }
    }
  }
  return best
}

function minus(whole: Sums, part: Sums): Sums {
  const rest = new Float64Array(whole.length)
  for (let at = 0; at < whole.length; at++) rest[at] = (whole[at] as number) - (part[at] as number)
  return rest
}

function partition(column: Uint8Array, rows: Uint32Array, bin: number): [Uint32Array, Uint32Array] {
  const left = new Uint32Array(rows.length)
  const right = new Uint32Array(rows.length)
  let [nLeft, nRight] = [0, 0]
  for (const row of rows) {
    if ((column[row] as number) <= bin) left[nLeft++] = row
    else right[nRight++] = row
  }
  return [left.subarray(0, nLeft), right.subarray(0, nRight)]
}

/**
 * Grows one tree on first and second derivatives of a loss, level by level; the larger child's sums are the parent's less
 * the smaller's. Cost: rows · features · depth / 2. Source: Chen & Guestrin 2016 (XGBoost), eq. 6–7.
 */
export function growTree(bins: BinnedFeatures, rows: Uint32Array, derivatives: Derivatives, options: TreeOptions): RegressionTree {
  const tree: RegressionTree = { feature: [], bin: [], left: [], value: [] }
  const addNode = (nodeRows: Uint32Array, depth: number): Omit<OpenNode, 'sums'> => {
    let gradient = 0
    let curvature = 0
    for (const row of nodeRows) {
      gradient += derivatives.gradients[row] as number
      curvature += derivatives.curvatures[row] as number
    }
    tree.feature.push(0)
    tree.bin.push(0)
    tree.left.push(0)
    tree.value.push(-gradient / (curvature + options.lambda))
    return { node: tree.value.length - 1, rows: nodeRows, gradient, curvature, depth }
  }
  const open: OpenNode[] = [{ ...addNode(rows, 0), sums: sumByBin(bins, rows, derivatives) }]
  for (let next = open.shift(); next; next = open.shift()) {
    const split = bestSplit(next, bins.offsets, options)
    if (!split) continue
    const [leftRows, rightRows] = partition(bins.columns[split.feature] as Uint8Array, next.rows, split.bin)
    const left = addNode(leftRows, next.depth + 1)
    const right = addNode(rightRows, next.depth + 1)
    tree.feature[next.node] = split.feature
    tree.bin[next.node] = split.bin
    tree.left[next.node] = left.node
    if (left.depth >= options.depth) continue
    const leftIsSmall = leftRows.length <= rightRows.length
    const small = sumByBin(bins, leftIsSmall ? leftRows : rightRows, derivatives)
    const large = minus(next.sums, small)
    open.push({ ...left, sums: leftIsSmall ? small : large }, { ...right, sums: leftIsSmall ? large : small })
  }
  return tree
}

/** Adds `scale` times the tree's value to each row's score. */
export function addTreeScores(tree: RegressionTree, bins: BinnedFeatures, scores: Float64Array, scale: number): void {
  for (let row = 0; row < scores.length; row++) {
    let node = 0
    for (let left = tree.left[0] as number; left !== 0; left = tree.left[node] as number) {
      const column = bins.columns[tree.feature[node] as number] as Uint8Array
      node = (column[row] as number) <= (tree.bin[node] as number) ? left : left + 1
    }
    scores[row] = (scores[row] as number) + scale * (tree.value[node] as number)
  }
}
