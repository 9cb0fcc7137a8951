// A Python that has the peers' packages: the one that PEERS names, or a throw-away venv filled from PyPI.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** @param packages pinned, as pip names them  @param work folder for the venv */
export function peerPython(packages, work) {
  const given = process.env.PEERS
  if (given) return given
  const venv = join(work, 'venv')
  process.stderr.write(`installing ${packages.join(', ')} into ${venv}\n`)
  execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' })
  execFileSync(join(venv, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...packages], { stdio: 'inherit' })
  return join(venv, 'bin', 'python')
}

/** Versions of packages as installed. */
export const versionsOf = (python, names) =>
  execFileSync(python, ['-c', `from importlib.metadata import version\nfor n in ${JSON.stringify(names)}: print(n, version(n))`], {
    encoding: 'utf8',
  })
    .trim()
    .replaceAll('\n', ', ')

/** Numbers from a seed: mulberry32. */
export function seeded(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
