import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growTree } from '../../../src/base/kernels/index.ts'
import { checkInclusion, type Leaves, merkleRoot, proveInclusion, sortLeaves, treeHash } from '../../../src/release/merkle.ts'

/** Leaves, roots of the first n of them, and audit paths: test vectors of the Certificate Transparency reference (merkletree_test.cc). */
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const sha256 = (...parts: readonly Uint8Array[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

/** RFC 6962, 2.1, as it is written there: split at the largest power of two below n. */
function byDefinition(entries: readonly Uint8Array[]): Buffer {
  if (entries.length === 0) return sha256()
  if (entries.length === 1) return sha256(Buffer.from([0]), entries[0] as Uint8Array)
  let k = 1
  while (k * 2 < entries.length) k *= 2
  return sha256(Buffer.from([1]), byDefinition(entries.slice(0, k)), byDefinition(entries.slice(k)))
}

const records = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), fc.uint8Array({ minLength: 32, maxLength: 32 })), {
  selector: ([id]) => id,
  minLength: 1,
  maxLength: 40,
})
const leavesOf = (list: readonly (readonly [string, Uint8Array])[]): Leaves =>
  sortLeaves(list.map(([id, hash]) => ({ ids: [id], hashes: Buffer.from(hash) })))

describe('the Merkle tree', () => {
  it('has the roots of the Certificate Transparency reference', () => {
    const entries = ENTRIES.map((hex) => Buffer.from(hex, 'hex'))
    for (const [n, root] of ROOTS.entries()) expect(treeHash(entries.slice(0, n)), `${n} leaves`).toBe(root)
  })

  it('is the tree of RFC 6962 over the record hashes, in whatever order the records come', () => {
    fc.assert(
      fc.property(records, (list) => {
        const sorted = [...list].sort(([a], [b]) => (a < b ? -1 : 1))
        const root = byDefinition(sorted.map(([, hash]) => hash)).toString('hex')
        expect(merkleRoot(leavesOf(list))).toBe(root)
        expect(merkleRoot(leavesOf([...list].reverse()))).toBe(root)
      }),
    )
  })

  it('grows leaf by leaf to the same roots at every size', () => {
    const entries = Array.from({ length: 131 }, (_, i) => sha256(Buffer.from(String(i))))
    const tree = growTree()
    for (const [n, entry] of entries.entries()) {
      expect([tree.size(), tree.root()]).toEqual([n, byDefinition(entries.slice(0, n)).toString('hex')])
      tree.add(entry)
    }
    const vectors = growTree()
    for (const [n, root] of ROOTS.entries()) {
      expect(vectors.root()).toBe(root)
      vectors.add(Buffer.from(ENTRIES[n] ?? '', 'hex'))
    }
  })

  it('refuses an id that occurs twice', () => {
    const one: Leaves = { ids: ['a'], hashes: Buffer.alloc(32) }
    expect(() => sortLeaves([one, one])).toThrow('occurs twice')
  })
})

describe('inclusion proofs', () => {
  it('are the audit paths of RFC 6962, 2.1.3, for its tree of seven leaves', () => {
    const ids = ['0', '1', '2', '3', '4', '5', '6']
    const entries = ids.map((id) => sha256(Buffer.from(id)))
    const leaf = (n: number): Buffer => byDefinition(entries.slice(n, n + 1))
    const node = (from: number, to: number): Buffer => byDefinition(entries.slice(from, to))
    const path = (id: string): readonly string[] | undefined => proveInclusion({ ids, hashes: Buffer.concat(entries) }, id)?.path
    const hex = (...hashes: Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'))
    expect(path('0')).toEqual(hex(leaf(1), node(2, 4), node(4, 7)))
    expect(path('3')).toEqual(hex(leaf(2), node(0, 2), node(4, 7)))
    expect(path('4')).toEqual(hex(leaf(5), leaf(6), node(0, 4)))
    expect(path('6')).toEqual(hex(node(4, 6), node(0, 4)))
  })

  it('prove every member', () => {
    fc.assert(
      fc.property(records, (list) => {
        const leaves = leavesOf(list)
        const root = merkleRoot(leaves)
        for (const [id] of list) {
          const proof = proveInclusion(leaves, id)
          expect(proof && checkInclusion(proof)).toBe(true)
          expect(proof?.root).toBe(root)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('give none for an id that is no member', () => {
    fc.assert(
      fc.property(records, fc.string(), (list, id) => {
        fc.pre(!list.some(([known]) => known === id))
        expect(proveInclusion(leavesOf(list), id)).toBeUndefined()
      }),
    )
  })

  it('fail for a record that is no member, and for any flipped bit of hash, path or root', () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.nat(), fc.nat(), (list, which, place, bit) => {
        const leaves = leavesOf(list)
        const proof = proveInclusion(leaves, leaves.ids[which % leaves.ids.length] as string)
        if (!proof) throw new Error('no proof')
        const parts = [proof.recordHash, ...proof.path, proof.root]
        const at = place % parts.length
        const bytes = Buffer.from(parts[at] as string, 'hex')
        bytes[bit % 32] = (bytes[bit % 32] as number) ^ (1 << (bit % 8))
        const flipped = parts.map((part, i) => (i === at ? bytes.toString('hex') : part))
        expect(
          checkInclusion({ ...proof, recordHash: flipped[0] as string, path: flipped.slice(1, -1), root: flipped.at(-1) as string }),
        ).toBe(false)
      }),
    )
  })

  it('fail for another place, another size, a longer or a shorter path', () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.integer({ min: -3, max: 80 }), (list, which, other) => {
        const leaves = leavesOf(list)
        const proof = proveInclusion(leaves, leaves.ids[which % leaves.ids.length] as string)
        if (!proof) throw new Error('no proof')
        if (other !== proof.index && new Set(list.map(([, hash]) => Buffer.from(hash).toString('hex'))).size === list.length)
          expect(checkInclusion({ ...proof, index: other })).toBe(false)
        expect(checkInclusion({ ...proof, path: [...proof.path, proof.root] })).toBe(false)
        if (proof.path.length > 0) expect(checkInclusion({ ...proof, path: proof.path.slice(1) })).toBe(false)
      }),
    )
  })
})
