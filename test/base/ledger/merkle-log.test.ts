import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growTree } from '../../../src/base/kernels/index.ts'
import {
  checkConsistency,
  checkLogInclusion,
  checkReceipts,
  issueReceipt,
  openCheckpoint,
  openMerkleLog,
  openNote,
  type Receipt,
  signCheckpoint,
  signNote,
} from '../../../src/base/ledger/index.ts'

/** Entries and roots of the Certificate Transparency reference (merkletree_test.cc). */
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((hex) =>
  Buffer.from(hex, 'hex'),
)
const ROOT_OF_ALL = '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'

const logOf = (n: number) => {
  const log = openMerkleLog()
  for (let i = 0; i < n; i++) log.append(Buffer.from(`entry ${i}`))
  return log
}

describe('the log', () => {
  it('has the proofs of the Certificate Transparency reference', () => {
    const log = openMerkleLog()
    for (const entry of ENTRIES) log.append(entry)
    const hex = (path: readonly Uint8Array[]): string[] => path.map((step) => Buffer.from(step).toString('hex'))
    expect(log.root().toString('hex')).toBe(ROOT_OF_ALL)
    expect(log.root(0).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(hex(log.inclusionProof(0, 8))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ])
    expect(hex(log.consistencyProof(6, 8))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ])
    expect(log.consistencyProof(1, 1)).toEqual([])
  })

  it('proves every entry and every growth, at all sizes to 40; a changed byte, place or size proves nothing', () => {
    const log = logOf(40)
    const grown = growTree()
    for (let to = 0; to <= 40; to++) {
      expect(log.root(to).toString('hex')).toBe(grown.root())
      if (to < 40) grown.add(Buffer.from(`entry ${to}`))
      for (let index = 0; index < to; index++) {
        const proof = { index, size: to, path: log.inclusionProof(index, to), root: log.root(to) }
        expect(checkLogInclusion(Buffer.from(`entry ${index}`), proof)).toBe(true)
        expect(checkLogInclusion(Buffer.from(`entry ${index + 1}`), proof)).toBe(false)
        expect(checkLogInclusion(Buffer.from(`entry ${index}`), { ...proof, index: index + 1 })).toBe(false)
        expect(checkLogInclusion(Buffer.from(`entry ${index}`), { ...proof, path: [...proof.path, Buffer.alloc(32)] })).toBe(false)
      }
      for (let from = 0; from <= to; from++) {
        const growth = { from, to, fromRoot: log.root(from), toRoot: log.root(to), proof: log.consistencyProof(from, to) }
        expect(checkConsistency(growth), `${from} to ${to}`).toBe(true)
        if (from === 0 || from === to) continue
        expect(checkConsistency({ ...growth, fromRoot: log.root(from - 1) })).toBe(false)
        expect(checkConsistency({ ...growth, proof: growth.proof.slice(1) })).toBe(false)
        expect(checkConsistency({ ...growth, proof: [...growth.proof, Buffer.alloc(32)] })).toBe(false)
      }
    }
  })

  it('shows when a past entry was changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat(), (n, changedAt, more) => {
        const honest = logOf(n)
        const forged = openMerkleLog()
        for (let i = 0; i < n + (more % 9); i++) forged.append(Buffer.from(i === changedAt % n ? 'forged' : `entry ${i}`))
        const to = forged.size()
        expect(
          checkConsistency({ from: n, to, fromRoot: honest.root(), toRoot: forged.root(), proof: forged.consistencyProof(n, to) }),
        ).toBe(false)
      }),
    )
  })

  it('refuses what it does not hold', () => {
    const log = logOf(3)
    expect(() => log.inclusionProof(3)).toThrow(RangeError)
    expect(() => log.root(4)).toThrow(RangeError)
    expect(() => log.consistencyProof(3, 2)).toThrow(RangeError)
  })
})

describe('signed notes', () => {
  /** The example of Go's package golang.org/x/mod/sumdb/note, whose format C2SP signed-note is. */
  const RAW = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1)
  const publicKey = createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), RAW]),
    format: 'der',
    type: 'spki',
  })
  const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
  const NOTE = `${TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`

  it('of another implementation open, and changed ones do not', () => {
    expect(openNote(NOTE, { name: 'PeterNeumann', publicKey })).toBe(TEXT)
    expect(openNote(NOTE, { name: 'EnochRoot', publicKey })).toBeUndefined()
    expect(openNote(NOTE.replace('cryptography', 'cryptograph'), { name: 'PeterNeumann', publicKey })).toBeUndefined()
    expect(openNote(TEXT, { name: 'PeterNeumann', publicKey })).toBeUndefined()
    expect(openNote(NOTE.slice(0, -1), { name: 'PeterNeumann', publicKey })).toBeUndefined()
  })

  const own = generateKeyPairSync('ed25519')
  const key = { name: 'example.org/audit', publicKey: own.publicKey }

  it('carry a checkpoint of the log', () => {
    const log = logOf(5)
    const note = signCheckpoint({ origin: key.name, size: log.size(), root: log.root() }, own.privateKey)
    expect(openCheckpoint(note, key)).toEqual({ origin: key.name, size: 5, root: log.root() })
    expect(openCheckpoint(note.replace('\n5\n', '\n6\n'), key)).toBeUndefined()
    for (const text of ['other.org/audit\n5\nAA==\n', `${key.name}\n05\n${log.root().toString('base64')}\n`, `${key.name}\n5\nAA==\n`])
      expect(openCheckpoint(signNote(text, key.name, own.privateKey), key)).toBeUndefined()
    // A witness may sign as well.
    const witness = generateKeyPairSync('ed25519')
    const second = signNote(`${key.name}\n5\n${log.root().toString('base64')}\n`, 'witness', witness.privateKey).split('\n\n')[1] as string
    expect(openCheckpoint(note + second, key)?.size).toBe(5)
    expect(openNote(note + second, { name: 'witness', publicKey: witness.publicKey })).toContain(key.name)
  })
})

describe('receipts', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const chainOf = (n: number): Receipt[] => {
    const receipts: Receipt[] = []
    for (let i = 0; i < n; i++) receipts.push(issueReceipt(receipts.at(-1), { tokens: String(i * 100), file: `f${i}` }, privateKey))
    return receipts
  }

  it('hold as they were given, and after a round trip through a file', () => {
    expect(checkReceipts(chainOf(20), publicKey)).toBeUndefined()
    expect(checkReceipts(JSON.parse(JSON.stringify(chainOf(3))), publicKey)).toBeUndefined()
    expect(checkReceipts([], publicKey)).toBeUndefined()
  })

  it('show the first that was changed, left out, moved or signed by another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.constantFrom('body', 'drop', 'swap', 'forge'), (place, how) => {
        const chain = chainOf(7)
        const forger = generateKeyPairSync('ed25519').privateKey
        if (how === 'body') chain[place] = { ...(chain[place] as Receipt), body: { tokens: '-1', file: `f${place}` } }
        if (how === 'drop') chain.splice(place, 1)
        if (how === 'swap') [chain[place], chain[place + 1]] = [chain[place + 1] as Receipt, chain[place] as Receipt]
        if (how === 'forge') chain[place] = issueReceipt(chain[place - 1], { tokens: '0' }, forger)
        const why = { body: 'hash', drop: 'sequence', swap: 'sequence', forge: 'signature' }[how]
        expect(checkReceipts(chain, publicKey)).toEqual({ at: place, why })
      }),
    )
  })
})
