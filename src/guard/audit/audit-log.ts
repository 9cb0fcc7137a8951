import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Database } from '../../base/database/index.ts'
import { type MerkleLog, openMerkleLog, signCheckpoint } from '../../base/ledger/index.ts'
import { canonicalJson } from '../../base/record/index.ts'
import { exists, join, readText, writeAtomic, writeSecret } from '../../base/store/index.ts'
import { entriesFrom, insertEntry } from './queries.ts'

/** Name of the log in its checkpoints. */
export const AUDIT_ORIGIN = 'highgrade/audit'
/**
 * Folder of the checkpoints in the home. A process keeps one file there, its newest: it holds the log in memory, so that a
 * later checkpoint of the same process covers its earlier ones.
 */
export const checkpointFolder = (home: string): string => join(home, 'audit', 'checkpoints')
/** Entries read at once when the log is built again. */
const AT_ONCE = 10_000

/** One act, or its end: plain JSON. No secret goes in, and no text of a record. */
export interface AuditEntry {
  readonly at: string
  readonly act: string
  readonly request: string
  readonly organisation?: string | undefined
  readonly account?: string | undefined
  /** What the act was about, by name. */
  readonly subject?: Readonly<Record<string, string>> | undefined
  /** Status of the answer; absent when the act was only asked for. */
  readonly status?: number | undefined
}

export interface AuditLog {
  /** Enters what is about to be done, and later what came of it. */
  readonly append: (entry: AuditEntry) => Promise<void>
  /** Signs how far the log is and keeps it outside of the database. */
  readonly checkpoint: () => Promise<void>
}

/** The key that signs checkpoints, made on first use. */
export async function auditKey(home: string): Promise<KeyObject> {
  const path = join(home, 'keys', 'audit-ed25519.pem')
  if (!(await exists(path))) {
    const { privateKey } = generateKeyPairSync('ed25519')
    await writeSecret(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  }
  const key = createPrivateKey(await readText(path))
  await writeAtomic(path.replace(/\.pem$/, '.pub.pem'), createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString())
  return key
}

/** Brings a log up to what the database holds. @returns the first place where entries are missing, if there is one */
export async function readInto(log: MerkleLog, db: Database): Promise<bigint | undefined> {
  for (;;) {
    const rows = await entriesFrom(db, BigInt(log.size()), AT_ONCE)
    for (const { position, entry } of rows) {
      if (position !== BigInt(log.size())) return BigInt(log.size())
      log.append(Buffer.from(entry, 'utf8'))
    }
    if (rows.length < AT_ONCE) return undefined
  }
}

/** Opens the log of a server. @param run name of this process's checkpoint file */
export async function openAuditLog(db: Database, home: string, run: string): Promise<AuditLog> {
  const key = await auditKey(home)
  const log = openMerkleLog()
  await readInto(log, db)
  const path = join(checkpointFolder(home), `${run}.txt`)
  let signed = log.size()
  const sign = async (): Promise<void> => {
    if ((await readInto(log, db)) !== undefined || log.size() === signed) return
    await writeAtomic(path, signCheckpoint({ origin: AUDIT_ORIGIN, size: log.size(), root: log.root() }, key))
    signed = log.size()
  }
  // One at a time: the log in memory must not be brought up to date twice at once.
  let signing = Promise.resolve()
  return {
    append: async (entry) => {
      await insertEntry(db, canonicalJson(entry))
    },
    checkpoint: () => {
      signing = signing.then(sign, sign)
      return signing
    },
  }
}
