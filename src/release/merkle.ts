import { hash } from 'node:crypto'

export const HASH_BYTES = 32

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer')

/** Input of the hash of a leaf and of a node: a prefix that tells them apart, then what is hashed; used again for each. */
const leafInput = Buffer.alloc(1 + HASH_BYTES, 0)
const nodeInput = Buffer.alloc(1 + 2 * HASH_BYTES, 1)

function hashLeaf(entry: Uint8Array): Buffer {
  if (entry.length !== HASH_BYTES) return sha256(Buffer.concat([LEAF, entry]))
  leafInput.set(entry, 1)
  return sha256(leafInput)
}

const LEAF = Uint8Array.of(0)

function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + HASH_BYTES)
  return sha256(nodeInput)
}

/** The records of a release as leaves: ids ascending by code units, and the SHA-256 of each canonical record. */
export interface Leaves {
  readonly ids: readonly string[]
  /** 32 bytes an id. */
  readonly hashes: Buffer
}

/** Leaves of several files as one list sorted by id. Throws when an id occurs twice. */
export function sortLeaves(parts: readonly Leaves[]): Leaves {
  const unsorted: string[] = []
  for (const part of parts) for (const id of part.ids) unsorted.push(id)
  const from = Buffer.concat(parts.map((part) => part.hashes))
  // Array.sort finds the runs that files and splits are; numbers instead of objects keep ten million records in memory.
  const order = Array.from(unsorted.keys()).sort((a, b) => {
    const [left, right] = [unsorted[a] as string, unsorted[b] as string]
    return left < right ? -1 : left > right ? 1 : 0
  })
  const hashes = Buffer.allocUnsafe(from.length)
  const ids: string[] = new Array(order.length)
  for (let at = 0; at < order.length; at++) {
    const i = order[at] as number
    ids[at] = unsorted[i] as string
    if (at > 0 && ids[at - 1] === ids[at]) throw new Error(`release: id ${ids[at]} occurs twice`)
    from.copy(hashes, at * HASH_BYTES, i * HASH_BYTES, (i + 1) * HASH_BYTES)
  }
  return { ids, hashes }
}

/** What the leaves of a release's tree hold: the hash of each record. */
const entriesOf = ({ ids, hashes }: Leaves): Uint8Array[] => ids.map((_, i) => hashAt(hashes, i))

/** All levels of the tree, leaves first. An odd last node is carried up, which is RFC 6962's split at the largest power of two. */
function levelsOf(entries: readonly Uint8Array[]): Buffer[][] {
  let level = entries.map(hashLeaf)
  const levels = [level]
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] as Buffer
      const right = level[i + 1]
      above.push(right ? hashNode(left, right) : left)
    }
    levels.push(above)
    level = above
  }
  return levels
}

/** Merkle tree hash of a list of entries. Source: RFC 6962, 2.1; the hash of an empty list is that of the empty string. */
export function treeHash(entries: readonly Uint8Array[]): string {
  const root = levelsOf(entries).at(-1)?.[0] ?? sha256(new Uint8Array(0))
  return root.toString('hex')
}

/** A tree that takes its leaves one by one and holds one hash a level: the roots of its full subtrees. */
export interface GrowingTree {
  /** @param entry what the leaf holds; not kept */
  readonly add: (entry: Uint8Array) => void
  readonly size: () => number
  /** Merkle tree hash over all that was added, as `treeHash` gives it; hexadecimal. */
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
      if (!last) return treeHash([])
      return full
        .slice(0, -1)
        .reduceRight((right, left) => hashNode(left, right), last)
        .toString('hex')
    },
  }
}

/** Merkle tree hash of the records. */
export function merkleRoot({ ids, hashes }: Leaves): string {
  const tree = growTree()
  for (let i = 0; i < ids.length; i++) tree.add(hashAt(hashes, i))
  return tree.root()
}

const hashAt = (hashes: Buffer, i: number): Buffer => hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)

/** Proof that one record belongs to a release: the neighbours on its way to the root. */
export interface InclusionProof {
  readonly id: string
  readonly index: number
  readonly size: number
  /** SHA-256 of the canonical record. */
  readonly recordHash: string
  /** From the leaf to the root. */
  readonly path: readonly string[]
  readonly root: string
}

/** Audit path of the record `id` (RFC 6962, 2.1.1); undefined when it is not among the leaves. O(n). */
export function proveInclusion(leaves: Leaves, id: string): InclusionProof | undefined {
  const index = leaves.ids.indexOf(id)
  if (index < 0) return undefined
  const levels = levelsOf(entriesOf(leaves))
  const path: string[] = []
  let at = index
  for (const level of levels.slice(0, -1)) {
    const sibling = level[at ^ 1]
    if (sibling) path.push(sibling.toString('hex'))
    at >>= 1
  }
  const recordHash = leaves.hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES).toString('hex')
  return { id, index, size: leaves.ids.length, recordHash, path, root: merkleRoot(leaves) }
}

/** Does the proof lead from the record's hash to the root? Source: RFC 9162, 2.1.3.2. */
export function checkInclusion(proof: InclusionProof): boolean {
  if (!Number.isInteger(proof.index) || proof.index < 0 || proof.index >= proof.size) return false
  let node = proof.index
  let last = proof.size - 1
  let hash = hashLeaf(Buffer.from(proof.recordHash, 'hex'))
  for (const step of proof.path) {
    const sibling = Buffer.from(step, 'hex')
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = hashNode(sibling, hash)
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2)
        last = Math.floor(last / 2)
      }
    } else hash = hashNode(hash, sibling)
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && hash.toString('hex') === proof.root
}
