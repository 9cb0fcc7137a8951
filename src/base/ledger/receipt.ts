import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { canonicalJson } from '../record/index.ts'

/** One event, bound to all before it: who holds the chain and the key can check it without us. */
export interface Receipt {
  /** From 0. */
  readonly sequence: number
  /** Hash of the receipt before; 64 zeros for the first. */
  readonly previous: string
  /** What happened: plain JSON, amounts as text. */
  readonly body: unknown
  /** SHA-256 of the canonical JSON (RFC 8785) of body, previous and sequence; hexadecimal. */
  readonly hash: string
  /** Ed25519 over the 32 bytes of the hash; base64. */
  readonly signature: string
}

export const FIRST_PREVIOUS = '0'.repeat(64)

const hashOf = ({ sequence, previous, body }: Pick<Receipt, 'sequence' | 'previous' | 'body'>): string =>
  createHash('sha256').update(canonicalJson({ body, previous, sequence })).digest('hex')

/** The receipt of an event that follows `last`. */
export function issueReceipt(last: Pick<Receipt, 'sequence' | 'hash'> | undefined, body: unknown, key: KeyObject): Receipt {
  const unsigned = { sequence: last ? last.sequence + 1 : 0, previous: last?.hash ?? FIRST_PREVIOUS, body }
  const hash = hashOf(unsigned)
  return { ...unsigned, hash, signature: sign(null, Buffer.from(hash, 'hex'), key).toString('base64') }
}

/** Why a chain does not hold, by the first receipt that is wrong. */
export interface BrokenChain {
  /** Place in the list. */
  readonly at: number
  readonly why: 'sequence' | 'previous' | 'hash' | 'signature'
}

/** Checks receipts from the first on. @returns undefined when all hold */
export function checkReceipts(receipts: readonly Receipt[], publicKey: KeyObject): BrokenChain | undefined {
  for (const [at, receipt] of receipts.entries()) {
    const why = faultOf(receipt, receipts[at - 1], at, publicKey)
    if (why) return { at, why }
  }
  return undefined
}

function faultOf(receipt: Receipt, before: Receipt | undefined, at: number, publicKey: KeyObject): BrokenChain['why'] | undefined {
  if (receipt.sequence !== at) return 'sequence'
  if (receipt.previous !== (before?.hash ?? FIRST_PREVIOUS)) return 'previous'
  if (receipt.hash !== hashOf(receipt)) return 'hash'
  return verify(null, Buffer.from(receipt.hash, 'hex'), publicKey, Buffer.from(receipt.signature, 'base64')) ? undefined : 'signature'
}
