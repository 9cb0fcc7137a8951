import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** A signature line's key id is an algorithm byte and the key, hashed; 1 is Ed25519. */
const ED25519 = 1
const RAW_KEY_BYTES = 32

/** How far a log is, as its owner states it. */
export interface Checkpoint {
  /** Name of the log, such as `example.org/highgrade/audit`. */
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

/** A name under which a key signs notes. */
export interface NoteKey {
  readonly name: string
  readonly publicKey: KeyObject
}

const rawKey = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' }).subarray(-RAW_KEY_BYTES)

/** First four bytes of SHA-256 over name, line end, algorithm and key. Source: C2SP signed-note. */
function keyId({ name, publicKey }: NoteKey): Buffer {
  return createHash('sha256')
    .update(Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), Buffer.of(ED25519), rawKey(publicKey)]))
    .digest()
    .subarray(0, 4)
}

/** Signs a note: its text, an empty line, a line a signature. The text ends with a line end. Source: C2SP signed-note. */
export function signNote(text: string, name: string, privateKey: KeyObject): string {
  const publicKey = createPublicKey(privateKey)
  const signature = sign(null, Buffer.from(text, 'utf8'), privateKey)
  return `${text}\n— ${name} ${Buffer.concat([keyId({ name, publicKey }), signature]).toString('base64')}\n`
}

/** The text of a note, if one of its signatures is the key's and holds; undefined otherwise. */
export function openNote(note: string, key: NoteKey): string | undefined {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) return undefined
  const text = note.slice(0, end + 1)
  const id = keyId(key)
  const isSigned = note
    .slice(end + 2, -1)
    .split('\n')
    .some((line) => {
      const { name, encoded = '' } = /^— (?<name>\S+) (?<encoded>[A-Za-z0-9+/=]+)$/.exec(line)?.groups ?? {}
      const bytes = Buffer.from(encoded, 'base64')
      return (
        name === key.name &&
        bytes.subarray(0, id.length).equals(id) &&
        verify(null, Buffer.from(text, 'utf8'), key.publicKey, bytes.subarray(id.length))
      )
    })
  return isSigned ? text : undefined
}

/** A signed checkpoint: origin, size, root. Source: C2SP tlog-checkpoint. */
export const signCheckpoint = ({ origin, size, root }: Checkpoint, privateKey: KeyObject): string =>
  signNote(`${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`, origin, privateKey)

/** What a signed checkpoint states; undefined when the signature does not hold or the text is no checkpoint of the log. */
export function openCheckpoint(note: string, key: NoteKey): Checkpoint | undefined {
  const [origin, size = '', root = ''] = openNote(note, key)?.split('\n') ?? []
  if (origin !== key.name || !/^(?:0|[1-9]\d{0,15})$/.test(size)) return undefined
  const bytes = Buffer.from(root, 'base64')
  return bytes.length === RAW_KEY_BYTES && bytes.toString('base64') === root ? { origin, size: Number(size), root: bytes } : undefined
}
