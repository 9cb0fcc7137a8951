import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { exists, join, readText, writeSecret } from '../base/store/index.ts'
import type { DeliveryEffects } from './delivery.ts'

/** Keys of a home's exchange, made on first use: one signs receipts, one that is derived from it signs addresses. */
export async function exchangeKeys(home: string): Promise<DeliveryEffects> {
  const path = join(home, 'keys', 'exchange-ed25519.pem')
  if (!(await exists(path))) {
    const { privateKey } = generateKeyPairSync('ed25519')
    await writeSecret(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  }
  const receiptKey = createPrivateKey(await readText(path))
  const addressKey = createHash('sha256')
    .update('highgrade addresses')
    .update(receiptKey.export({ type: 'pkcs8', format: 'der' }))
    .digest()
  return { receiptKey, addressKey }
}
