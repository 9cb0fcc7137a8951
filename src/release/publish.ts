import { join } from 'node:path'
import { defineProblem, fail, type Outcome, succeed } from '../base/problem/index.ts'
import { exists, listFiles, makeFolder, move, readText, remove } from '../base/store/index.ts'
import { MANIFEST } from './manifest.ts'
import { SIGNATURE } from './sign.ts'

export const versionTaken = defineProblem<{ at: string; version: string }>('release/version-taken', {
  zh: (p) => `${p.at}：版本 ${p.version} 已经发布，且内容不同。`,
  en: (p) => `${p.at}: version ${p.version} is already released with other content.`,
  advice: { zh: '发布是不可变的：请用 --version 给出新的版本号。', en: 'Releases are immutable: give a new one with --version.' },
})

/**
 * Moves a finished folder to its place as a version. A version that exists with the same content stays as it is;
 * one with other content is refused.
 */
export async function publish(staged: string, folder: string, version: string): Promise<Outcome<string>> {
  const place = join(folder, version)
  if (exists(place)) {
    const same = exists(join(place, MANIFEST)) && (await readText(join(place, MANIFEST))) === (await readText(join(staged, MANIFEST)))
    await remove(staged)
    return same ? succeed(place) : fail(versionTaken({ at: place, version }))
  }
  await makeFolder(folder)
  await move(staged, place)
  return succeed(place)
}

/** Files of a release that the manifest names: all but itself and its signature. */
export async function contentFiles(folder: string): Promise<string[]> {
  return (await listFiles(folder)).filter((path) => path !== MANIFEST && path !== SIGNATURE)
}
