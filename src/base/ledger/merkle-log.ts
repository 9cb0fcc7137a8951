import { climbTree, emptyTree, hashLeaf, hashNode, rootOfPath } from '../kernels/index.ts'

/** An append-only log: whoever has seen one root can check that a later one only adds to it. */
export interface MerkleLog {
  readonly size: () => number
  /** @returns the place of the entry, from 0 */
  readonly append: (entry: Uint8Array) => number
  /** Root over the first `size` entries; all by default. */
  readonly root: (size?: number) => Buffer
  /** Audit path of the entry at `index` in the tree of the first `size` (RFC 6962, 2.1.1). Throws RangeError where there is none. */
  readonly inclusionProof: (index: number, size?: number) => Buffer[]
  /** What leads from the root over the first `from` to that over the first `to` (RFC 6962, 2.1.2). */
  readonly consistencyProof: (from: number, to?: number) => Buffer[]
}

/** Largest power of two below n, n ≥ 2. */
function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** A log in memory, 64 bytes an entry; appending takes O(1) hashes on average, roots and proofs O(log² n). */
export function openMerkleLog(): MerkleLog {
  /** Hashes of the full subtrees of 2^h leaves, by h. */
  const levels: Buffer[][] = [[]]
  const size = (): number => levels[0]?.length ?? 0
  const hashOf = (from: number, to: number): Buffer => {
    const n = to - from
    if (n === 0) return emptyTree()
    const height = Math.log2(n)
    if (Number.isInteger(height) && from % n === 0) return levels[height]?.[from / n] as Buffer
    const k = splitOf(n)
    return hashNode(hashOf(from, from + k), hashOf(from + k, to))
  }
  const path = (index: number, from: number, to: number): Buffer[] => {
    if (to - from === 1) return []
    const middle = from + splitOf(to - from)
    return index < middle ? [...path(index, from, middle), hashOf(middle, to)] : [...path(index, middle, to), hashOf(from, middle)]
  }
  /** PROOF and SUBPROOF of the RFC; `isKnown`: the hash of the whole of this part is what the verifier has. */
  const bridge = (old: number, from: number, to: number, isKnown: boolean): Buffer[] => {
    if (old === to - from) return isKnown ? [] : [hashOf(from, to)]
    const k = splitOf(to - from)
    return old <= k
      ? [...bridge(old, from, from + k, isKnown), hashOf(from + k, to)]
      : [...bridge(old - k, from + k, to, false), hashOf(from, from + k)]
  }
  const checkSize = (n: number): void => {
    if (!Number.isInteger(n) || n < 0 || n > size()) throw new RangeError(`log: size ${n}, there are ${size()} entries`)
  }
  return {
    size,
    append(entry) {
      levels[0]?.push(hashLeaf(entry))
      for (let h = 0; (levels[h]?.length ?? 0) % 2 === 0; h++) {
        const below = levels[h] as Buffer[]
        levels[h + 1] ??= []
        levels[h + 1]?.push(hashNode(below.at(-2) as Buffer, below.at(-1) as Buffer))
      }
      return size() - 1
    },
    root(n = size()) {
      checkSize(n)
      return hashOf(0, n)
    },
    inclusionProof(index, n = size()) {
      checkSize(n)
      if (!Number.isInteger(index) || index < 0 || index >= n) throw new RangeError(`log: entry ${index} of ${n}`)
      return path(index, 0, n)
    },
    consistencyProof(from, to = size()) {
      checkSize(to)
      if (!Number.isInteger(from) || from < 0 || from > to) throw new RangeError(`log: from ${from} to ${to}`)
      return from === 0 || from === to ? [] : bridge(from, 0, to, true)
    },
  }
}

/** Is the entry at this place of the tree with this root? */
export function checkLogInclusion(
  entry: Uint8Array,
  { index, size, path, root }: { index: number; size: number; path: readonly Uint8Array[]; root: Uint8Array },
): boolean {
  return rootOfPath(hashLeaf(entry), { index, size, path })?.equals(root) ?? false
}

/** Two states of a log, and what is said to lead from the first to the second. */
export interface Growth {
  readonly from: number
  readonly to: number
  readonly fromRoot: Uint8Array
  readonly toRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** Does the tree of `to` entries only add to that of `from`? Source: RFC 9162, 2.1.4.2. */
export function checkConsistency({ from, to, fromRoot, toRoot, proof }: Growth): boolean {
  if (from > to || from < 0) return false
  if (from === to) return proof.length === 0 && Buffer.compare(fromRoot, toRoot) === 0
  if (from === 0) return proof.length === 0
  // Where the old tree is a full one, its root is not in the proof: the verifier has it.
  const [first, ...rest] = Number.isInteger(Math.log2(from)) ? [fromRoot, ...proof] : proof
  if (!first) return false
  let [node, last] = [from - 1, to - 1]
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  let [old, now]: [Buffer, Buffer] = [Buffer.from(first), Buffer.from(first)]
  const isWhole = climbTree({ node, last }, rest, (sibling, isLeft) => {
    if (isLeft) old = hashNode(sibling, old)
    now = isLeft ? hashNode(sibling, now) : hashNode(now, sibling)
  })
  return isWhole && old.equals(fromRoot) && now.equals(toRoot)
}
