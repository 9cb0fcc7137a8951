import { type Effects, realEffects } from './base/effects/index.ts'
import { openPool } from './base/engine/index.ts'
import { fail, type Outcome, succeed } from './base/problem/index.ts'
import { exists, remove, temporaryFolder } from './base/store/index.ts'
import { build } from './build.ts'
import type { Grade } from './grade/index.ts'
import { inputNotFound } from './problems.ts'
import { type Counts, isRelease, readRelease, regradeRelease, renderGrade } from './release/index.ts'
import { TASKS } from './tasks-module.ts'

/** A grade of any data set, with the page that shows it. */
export interface GradedData {
  readonly grade: Grade
  readonly counts: Counts
  readonly html: string
}

/**
 * Grades any data set as it is: a release (again, from its files), a Parquet or JSON Lines file, a folder of such files
 * with or without a Hugging Face card. Changes nothing.
 */
export async function gradeData(
  path: string,
  options: { readonly threads?: number | undefined } = {},
  effects: Effects = realEffects,
): Promise<Outcome<GradedData>> {
  if (!(await exists(path))) return fail(inputNotFound({ at: path, found: 'no such file or folder' }))
  if (await isRelease(path)) return gradeAgain(path, options, effects)
  const folder = await temporaryFolder('highgrade-grade-')
  try {
    const built = await build({ input: path, out: folder, threads: options.threads, asIs: true }, effects)
    if (!built.ok) return built
    const { grade, manifest } = built.value
    return succeed({ grade, counts: manifest.counts, html: await renderGrade(built.value.folder) })
  } finally {
    await remove(folder)
  }
}

async function gradeAgain(
  path: string,
  options: { readonly threads?: number | undefined },
  effects: Effects,
): Promise<Outcome<GradedData>> {
  const opened = await readRelease(path)
  if (!opened.ok) return opened
  const pool = openPool(TASKS, options.threads ?? 2)
  try {
    const grade = await regradeRelease(opened.value, pool, effects)
    return succeed({ grade, counts: opened.value.manifest.counts, html: await renderGrade(path) })
  } finally {
    await pool.close()
  }
}
