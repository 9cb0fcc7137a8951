import { createHash } from 'node:crypto'
import { compareCodeUnits } from '../base/record/index.ts'

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

const hashLeaf = (data: Uint8Array): Buffer => createHash('sha256').update(LEAF).update(data).digest()
const hashNode = (left: Uint8Array, right: Uint8Array): Buffer => createHash('sha256').update(NODE).update(left).update(right).digest()

/** The records of a release as leaves: ids ascending by code units, and the SHA-256 of each canonical record. */
export interface Leaves {
  readonly ids: readonly string[]
  /** 32 bytes an id. */
  readonly hashes: Buffer
}

export const HASH_BYTES = 32

/** Leaves of several files as one list sorted by id. Throws when an id occurs twice. */
export function sortLeaves(parts: readonly Leaves[]): Leaves {
  const order = parts.flatMap((part, p) => part.ids.map((id, i) => ({ id, p, i }))).sort((a, b) => compareCodeUnits(a.id, b.id))
  const hashes = Buffer.allocUnsafe(order.length * HASH_BYTES)
  for (const [at, { id, p, i }] of order.entries()) {
    if (at > 0 && order[at - 1]?.id === id) throw new Error(`release: id ${id} occurs twice`)
    const part = parts[p] as Leaves
    part.hashes.copy(hashes, at * HASH_BYTES, i * HASH_BYTES, (i + 1) * HASH_BYTES)
  }
  return { ids: order.map((one) => one.id), hashes }
}

/** What the leaves of a release's tree hold: the hash of each record. */
const entriesOf = ({ ids, hashes }: Leaves): Uint8Array[] => ids.map((_, i) => hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))

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
  const root = levelsOf(entries).at(-1)?.[0] ?? createHash('sha256').digest()
  return root.toString('hex')
}

/** Merkle tree hash of the records. */
export const merkleRoot = (leaves: Leaves): string => treeHash(entriesOf(leaves))

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
