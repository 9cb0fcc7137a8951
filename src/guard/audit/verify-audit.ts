import { createPublicKey } from 'node:crypto'
import type { Database } from '../../base/database/index.ts'
import { type Checkpoint, openCheckpoint, openMerkleLog } from '../../base/ledger/index.ts'
import type { Words } from '../../base/problem/index.ts'
import { exists, join, listFiles, readText } from '../../base/store/index.ts'
import { AUDIT_ORIGIN, auditKey, checkpointFolder, readInto } from './audit-log.ts'

export interface AuditVerification {
  readonly holds: boolean
  readonly entries: number
  readonly checkpoints: number
  /** Entries that a checkpoint covers: what came after the last one is not proved yet. */
  readonly covered: number
  /** The first thing that is wrong. */
  readonly fault?: Words | undefined
}

/** Recomputes the log from its entries and holds it against every checkpoint that was kept. */
export async function verifyAudit(db: Database, home: string): Promise<AuditVerification> {
  const log = openMerkleLog()
  const missing = await readInto(log, db)
  const notes = await readNotes(checkpointFolder(home))
  const key = { name: AUDIT_ORIGIN, publicKey: createPublicKey(await auditKey(home)) }
  const figures = { entries: log.size(), checkpoints: notes.length }
  let covered = 0
  const broken = (fault: Words): AuditVerification => ({ ...figures, holds: false, covered, fault })
  if (missing !== undefined) return broken({ zh: `缺第 ${missing} 条`, en: `entry ${missing} is missing` })
  const stated: Checkpoint[] = []
  for (const { name, note } of notes) {
    const one = openCheckpoint(note, key)
    if (!one) return broken({ zh: `检查点 ${name} 的签名不成立`, en: `the signature of checkpoint ${name} does not hold` })
    stated.push(one)
  }
  for (const { size, root } of stated.sort((a, b) => a.size - b.size)) {
    if (size > log.size())
      return broken({
        zh: `检查点记有 ${size} 条，现存 ${log.size()} 条`,
        en: `a checkpoint states ${size} entries, there are ${log.size()}`,
      })
    if (!log.root(size).equals(root))
      return broken({
        zh: `前 ${size} 条与检查点不符：第 ${covered} 至 ${size - 1} 条中有改动`,
        en: `the first ${size} entries are not those of the checkpoint: one from ${covered} to ${size - 1} was changed`,
      })
    covered = size
  }
  return { ...figures, holds: true, covered }
}

async function readNotes(folder: string): Promise<{ name: string; note: string }[]> {
  if (!(await exists(folder))) return []
  const names = (await listFiles(folder)).filter((name) => name.endsWith('.txt')).sort()
  return Promise.all(names.map(async (name) => ({ name, note: await readText(join(folder, name)) })))
}
