import { emptyTree, growTree, HASH_BYTES, hashLeaf, hashNode, rootOfPath } from '../base/kernels/index.ts'

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
  const root = levelsOf(entries).at(-1)?.[0] ?? emptyTree()
  return root.toString('hex')
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

/** Does the proof lead from the record's hash to the root? */
export function checkInclusion({ index, size, path, recordHash, root }: InclusionProof): boolean {
  const leaf = hashLeaf(Buffer.from(recordHash, 'hex'))
  return rootOfPath(leaf, { index, size, path: path.map((step) => Buffer.from(step, 'hex')) })?.toString('hex') === root
}
