import { type Effects, realEffects } from './base/effects/index.ts'
import { openPool } from './base/engine/index.ts'
import { asOutcome, type Outcome } from './base/problem/index.ts'
import { type Verification, verify } from './release/index.ts'
import { TASKS } from './tasks-module.ts'

/** Recomputes every claim of a release from its bytes. @param threads worker threads, 0 for all cores */
export async function verifyRelease(
  options: { readonly folder: string; readonly record?: string | undefined; readonly threads?: number },
  effects: Effects = realEffects,
): Promise<Outcome<Verification>> {
  const pool = openPool(TASKS, options.threads ?? 2)
  try {
    return await asOutcome(() => verify({ folder: options.folder, record: options.record, pool }, effects))
  } finally {
    await pool.close()
  }
}
