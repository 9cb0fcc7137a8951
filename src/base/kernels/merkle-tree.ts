import { hash } from 'node:crypto'

export const HASH_BYTES = 32

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer')

/** Input of the hash of a leaf and of a node: a prefix that tells them apart, then what is hashed; used again for each. */
const leafInput = Buffer.alloc(1 + HASH_BYTES, 0)
const nodeInput = Buffer.alloc(1 + 2 * HASH_BYTES, 1)
const LEAF = Uint8Array.of(0)

/** Hash of a leaf. Source: RFC 6962, 2.1. */
export function hashLeaf(entry: Uint8Array): Buffer {
  if (entry.length !== HASH_BYTES) return sha256(Buffer.concat([LEAF, entry]))
  leafInput.set(entry, 1)
  return sha256(leafInput)
}

/** Hash of a node over its children. Source: RFC 6962, 2.1. */
export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + HASH_BYTES)
  return sha256(nodeInput)
}

/** Hash of a tree without leaves: that of the empty string. */
export const emptyTree = (): Buffer => sha256(new Uint8Array(0))

/** A tree that takes its leaves one by one and holds one hash a level: the roots of its full subtrees. */
export interface GrowingTree {
  /** @param entry what the leaf holds; not kept */
  readonly add: (entry: Uint8Array) => void
  readonly size: () => number
  /** Merkle tree hash over all that was added, hexadecimal. */
  readonly root: () => string
}

/** An empty tree that grows. Source: RFC 6962, 2.1: a list is split at the largest power of two. */
export function growTree(): GrowingTree {
  const full: Buffer[] = []
  let size = 0
  return {
    add(entry) {
      let node = hashLeaf(entry)
      // As many full subtrees close as the number of leaves before ends in one bits.
      for (let n = size; n % 2 === 1; n = Math.floor(n / 2)) node = hashNode(full.pop() as Buffer, node)
      full.push(node)
      size++
    },
    size: () => size,
    root() {
      const last = full.at(-1)
      if (!last) return emptyTree().toString('hex')
      return full
        .slice(0, -1)
        .reduceRight((right, left) => hashNode(left, right), last)
        .toString('hex')
    },
  }
}

/** An inclusion proof by hashes alone (RFC 6962, 2.1.1). */
export interface AuditPath {
  readonly index: number
  readonly size: number
  /** From the leaf to the root. */
  readonly path: readonly Uint8Array[]
}

/**
 * Climbs from a node to the root, one step of the path at a time. Source: RFC 9162, 2.1.3.2 and 2.1.4.2.
 * @param from number of the node on its level, and of the last node there
 * @param take told of each sibling, and whether it stands to the left
 * @returns whether the path ends at the root
 */
export function climbTree(
  from: { readonly node: number; readonly last: number },
  path: readonly Uint8Array[],
  take: (sibling: Uint8Array, isLeft: boolean) => void,
): boolean {
  let { node, last } = from
  for (const sibling of path) {
    if (last === 0) return false
    const isLeft = node % 2 === 1 || node === last
    take(sibling, isLeft)
    // A node that was carried up alone meets its sibling levels above.
    while (isLeft && node % 2 === 0 && node !== 0) [node, last] = above(node, last)
    ;[node, last] = above(node, last)
  }
  return last === 0
}

const above = (node: number, last: number): [number, number] => [Math.floor(node / 2), Math.floor(last / 2)]

/** The root that a leaf's hash and its audit path lead to; undefined when the path does not fit the index. */
export function rootOfPath(leaf: Uint8Array, { index, size, path }: AuditPath): Buffer | undefined {
  if (!Number.isInteger(index) || index < 0 || index >= size) return undefined
  let root: Buffer = Buffer.from(leaf)
  const isWhole = climbTree({ node: index, last: size - 1 }, path, (sibling, isLeft) => {
    root = isLeft ? hashNode(sibling, root) : hashNode(root, sibling)
  })
  return isWhole ? root : undefined
}
