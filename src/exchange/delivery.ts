import type { KeyObject } from 'node:crypto'
import type { Words } from '../base/problem/index.ts'
import type { Route } from '../guard/index.ts'

/** What deliveries share: the key that signs receipts and addresses. */
export interface DeliveryEffects {
  /** Ed25519. */
  readonly receiptKey: KeyObject
  /** HMAC key of addresses that carry their own authority. */
  readonly addressKey: Uint8Array
}

/** A protocol by which buyers' own clients load what they bought. Every one asks `admitBuyer`, and `chargeUse` before a byte is sent. */
export interface Delivery {
  readonly version: number
  readonly title: Words
  readonly doc: Words
  readonly source: string
  readonly routes: (effects: DeliveryEffects) => Route[]
}

export const defineDelivery = (delivery: Delivery): Delivery => delivery
