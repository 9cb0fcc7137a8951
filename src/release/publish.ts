import { defineProblem, fail, type Outcome, succeed } from '../base/problem/index.ts'
import { exists, join, listFiles, moveFolder, readText, remove } from '../base/store/index.ts'
import { MANIFEST } from './manifest.ts'
import { SIGNATURE } from './sign.ts'

export const versionTaken = defineProblem<{ at: string; version: string }>('release/version-taken', {
  zh: (p) => `${p.at}：版本 ${p.version} 已经发布，且内容不同。`,
  en: (p) => `${p.at}: version ${p.version} is already released with other content.`,
  advice: { zh: '发布是不可变的：请用 --version 给出新的版本号。', en: 'Releases are immutable: give a new one with --version.' },
})

/**
 * Moves a finished folder to its place as a version; the manifest makes it visible. A version that exists with the same
 * content stays as it is; one with other content is refused.
 * @param hashes SHA-256 of the release's files by path
 */
export async function publish(
  staged: string,
  folder: string,
  version: string,
  hashes: ReadonlyMap<string, string> = new Map(),
): Promise<Outcome<string>> {
  const place = join(folder, version)
  if ((await moveFolder(staged, place, { last: MANIFEST, hashes })) === 'moved') return succeed(place)
  const there = join(place, MANIFEST)
  const isSame = (await exists(there)) && (await readText(there)) === (await readText(join(staged, MANIFEST)))
  await remove(staged)
  return isSame ? succeed(place) : fail(versionTaken({ at: place, version }))
}

/** Files of a release that the manifest names: all but itself and its signature. */
export async function contentFiles(folder: string): Promise<string[]> {
  return (await listFiles(folder)).filter((path) => path !== MANIFEST && path !== SIGNATURE)
}
