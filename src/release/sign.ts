import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { join } from 'node:path'
import { homeFolder } from '../base/effects/index.ts'
import { exists, readText, writeAtomic, writeSecret } from '../base/store/index.ts'

/** A Dead Simple Signing Envelope (DSSE v1) around a manifest's hash, with the key that checks it. */
export interface Envelope {
  readonly payloadType: string
  /** Base64. */
  readonly payload: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string; readonly publicKey: string }[]
}

export const SIGNATURE = 'manifest.json.sig'
const PAYLOAD_TYPE = 'application/vnd.highgrade.manifest+json'

/** The key that signs releases on this machine. */
export interface SigningKey {
  /** First 16 hex digits of the SHA-256 of the public key (SPKI DER). */
  readonly keyid: string
  readonly privateKey: KeyObject
  /** SPKI, PEM. */
  readonly publicKey: string
}

const keyFile = (home: string): string => join(home, 'keys', 'release-ed25519.pem')

/** Reads this machine's Ed25519 key; makes one on first use. @param home folder of Highgrade's own data */
export async function signingKey(home: string = homeFolder()): Promise<SigningKey> {
  const path = keyFile(home)
  if (!(await exists(path))) {
    const { privateKey } = generateKeyPairSync('ed25519')
    await writeSecret(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  }
  const privateKey = createPrivateKey(await readText(path))
  const publicKey = createPublicKey(privateKey)
  await writeAtomic(path.replace(/\.pem$/, '.pub.pem'), publicKey.export({ type: 'spki', format: 'pem' }).toString())
  return { keyid: keyId(publicKey), privateKey, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() }
}

export const keyId = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)

/** Pre-authentication encoding of DSSE: what is really signed. Source: secure-systems-lab/dsse, protocol.md. */
function preAuthentication(type: string, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `, 'utf8'), payload])
}

/** Signs the bytes of a manifest. Ed25519 is deterministic: the same key gives the same envelope. */
export function signManifest(manifest: string, key: SigningKey): Envelope {
  const payload = Buffer.from(manifest, 'utf8')
  const sig = sign(null, preAuthentication(PAYLOAD_TYPE, payload), key.privateKey).toString('base64')
  return {
    payloadType: PAYLOAD_TYPE,
    payload: payload.toString('base64'),
    signatures: [{ keyid: key.keyid, sig, publicKey: key.publicKey }],
  }
}

/** Key ids whose signature over exactly these bytes holds; empty when none does. */
export function checkEnvelope(envelope: Envelope, manifest: string): string[] {
  const payload = Buffer.from(envelope.payload, 'base64')
  if (!payload.equals(Buffer.from(manifest, 'utf8'))) return []
  return envelope.signatures.flatMap((one) => {
    const key = createPublicKey(one.publicKey)
    const holds =
      key.asymmetricKeyType === 'ed25519' &&
      keyId(key) === one.keyid &&
      verify(null, preAuthentication(envelope.payloadType, payload), key, Buffer.from(one.sig, 'base64'))
    return holds ? [one.keyid] : []
  })
}
