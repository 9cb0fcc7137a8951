import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEnvelope, type Envelope, keyId, type SigningKey, signingKey, signManifest } from '../../../src/release/sign.ts'
import { temporaryFolder } from '../make-release.ts'

function newKey(): SigningKey & { readonly key: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { keyid: keyId(publicKey), privateKey, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(), key: publicKey }
}

const own = newKey()

describe('signatures', () => {
  it('are over the pre-authentication encoding that the DSSE specification gives for its example', () => {
    // secure-systems-lab/dsse, protocol.md: PAE("http://example.com/HelloWorld", "hello world").
    const encoded = 'DSSEv1 29 http://example.com/HelloWorld 11 hello world'
    const envelope: Envelope = {
      payloadType: 'http://example.com/HelloWorld',
      payload: 'aGVsbG8gd29ybGQ=',
      signatures: [
        { keyid: own.keyid, publicKey: own.publicKey, sig: sign(null, Buffer.from(encoded), own.privateKey).toString('base64') },
      ],
    }
    expect(checkEnvelope(envelope, 'hello world')).toEqual([own.keyid])
    expect(checkEnvelope({ ...envelope, payloadType: 'http://example.com/HelloWorlds' }, 'hello world')).toEqual([])
  })

  it('count the type and the payload in bytes of UTF-8', () => {
    const text = '数据集 🌾'
    const encoded = `DSSEv1 7 类型x ${Buffer.byteLength(text)} ${text}`
    const sig = sign(null, Buffer.from(encoded), own.privateKey).toString('base64')
    const envelope: Envelope = {
      payloadType: '类型x',
      payload: Buffer.from(text).toString('base64'),
      signatures: [{ keyid: own.keyid, publicKey: own.publicKey, sig }],
    }
    expect(checkEnvelope(envelope, text)).toEqual([own.keyid])
  })

  it('hold for what was signed, are the same each time, and hold for nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (manifest, other) => {
        const envelope = signManifest(manifest, own)
        expect(checkEnvelope(envelope, manifest)).toEqual([own.keyid])
        expect(signManifest(manifest, own)).toEqual(envelope)
        if (!Buffer.from(other).equals(Buffer.from(manifest))) expect(checkEnvelope(envelope, other)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('fail for any flipped bit of the signature', () => {
    const envelope = signManifest('{}\n', own)
    const [one] = envelope.signatures
    if (!one) throw new Error('no signature')
    for (let bit = 0; bit < 512; bit++) {
      const bytes = Buffer.from(one.sig, 'base64')
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(checkEnvelope({ ...envelope, signatures: [{ ...one, sig: bytes.toString('base64') }] }, '{}\n')).toEqual([])
    }
  })

  it('do not hold under the name of another key', () => {
    const [one] = signManifest('{}\n', own).signatures
    const stranger = newKey()
    if (!one) throw new Error('no signature')
    const envelope = signManifest('{}\n', own)
    expect(checkEnvelope({ ...envelope, signatures: [{ ...one, keyid: stranger.keyid }] }, '{}\n')).toEqual([])
    expect(checkEnvelope({ ...envelope, signatures: [{ ...one, publicKey: stranger.publicKey, keyid: stranger.keyid }] }, '{}\n')).toEqual(
      [],
    )
  })
})

describe("this machine's key", () => {
  it('is made once, kept for its owner alone, and found again', async () => {
    const home = join(temporaryFolder(), 'home')
    const first = await signingKey(home)
    expect((await signingKey(home)).keyid).toBe(first.keyid)
    const file = join(home, 'keys', 'release-ed25519.pem')
    expect(statSync(file).mode & 0o077).toBe(0)
    expect(readFileSync(file, 'utf8')).toContain('BEGIN PRIVATE KEY')
    expect(checkEnvelope(signManifest('x', await signingKey(home)), 'x')).toEqual([first.keyid])
  })
})
