import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { fail, type Outcome, succeed } from '../../problem/index.ts'
import { homeTaken, serverFailed } from '../problems.ts'
import { lockFolder, type OwnerLock } from './owner-lock.ts'
import { type ServerPlace, serverPlace } from './server-place.ts'

/** A PostgreSQL of this process. */
export interface EmbeddedPostgres {
  /** Connects to it while it runs. */
  readonly url: string
  /** Process of the server; another one after it was restarted. */
  readonly pid: () => number | undefined
  readonly stop: () => Promise<void>
}

const OWNER = 'highgrade'
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 30_000
const POLL_MS = 50
/** Longest path of a Unix socket, with what PostgreSQL appends to its folder. */
const LONGEST_SOCKET_FOLDER = 80

/**
 * Starts the PostgreSQL that belongs to `home`: makes it on first use, stops a server that a killed process left, starts
 * it again when it dies. One process owns a home at a time. It listens on a Unix socket only, behind a password.
 */
export async function startPostgres(home: string): Promise<Outcome<EmbeddedPostgres>> {
  mkdirSync(home, { recursive: true })
  const lock = await lockFolder(home)
  if (!lock) return fail(homeTaken({ at: home }))
  const started = await startLocked(home, lock)
  if (!started.ok) await lock.release()
  return started
}

async function startLocked(home: string, lock: OwnerLock): Promise<Outcome<EmbeddedPostgres>> {
  const place = await serverPlace(home)
  if (!place.ok) return place
  const { folder } = place.value
  await stopLeftBehind(folder)
  const secret = join(home, 'postgres-password')
  const made = await makeCluster(place.value, secret)
  if (!made.ok) return made
  const password = readFileSync(secret, 'utf8').trim()
  const sockets = socketFolder(place.value)
  const url = `postgres://${OWNER}:${password}@/postgres?host=${encodeURIComponent(sockets)}`
  const life = keepAlive(place.value, sockets)
  const problem = await untilReady(url, life)
  if (problem !== undefined) {
    await life.stop()
    return fail(serverFailed({ at: folder, found: problem }))
  }
  return succeed({
    url,
    pid: life.pid,
    stop: async () => {
      await life.stop()
      rmSync(sockets, { recursive: true, force: true })
      await lock.release()
    },
  })
}

/** Runs one of PostgreSQL's programs to its end. */
function runProgram(place: ServerPlace, name: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(join(place.programs, 'bin', name), args, {
      ...place.user,
      cwd: place.folder,
      env: { LC_ALL: 'C', PATH: process.env['PATH'] },
    })
    const output: Buffer[] = []
    child.stdout.on('data', (bytes: Buffer) => output.push(bytes))
    child.stderr.on('data', (bytes: Buffer) => output.push(bytes))
    child.once('error', (error) => resolve({ code: 1, output: error.message }))
    child.once('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(output).toString('utf8') }))
  })
}

/** Makes the server's data once; what an interrupted start left half made is made again. */
async function makeCluster(place: ServerPlace, secret: string): Promise<Outcome<void>> {
  const data = join(place.folder, 'data')
  if (existsSync(data)) return succeed(undefined)
  const staged = join(place.folder, 'data.staged')
  rmSync(staged, { recursive: true, force: true })
  const password = randomBytes(24).toString('hex')
  writeFileSync(secret, password, { mode: 0o600 })
  const passwordFile = join(place.folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (place.user) chownSync(passwordFile, place.user.uid, place.user.gid)
  const { code, output } = await runProgram(place, 'initdb', [
    `--pgdata=${staged}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order and case rules on every machine, whatever its C library says.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--data-checksums',
  ])
  rmSync(passwordFile, { force: true })
  if (code !== 0) return fail(serverFailed({ at: place.folder, found: output.trim().split('\n').slice(-3).join(' ') }))
  renameSync(staged, data)
  return succeed(undefined)
}

/** A folder for the socket: beside the data, or a short one where that path is too long for a socket. */
function socketFolder(place: ServerPlace): string {
  const beside = join(place.folder, 'socket')
  const folder = beside.length <= LONGEST_SOCKET_FOLDER ? beside : mkdtempSync(join(tmpdir(), 'highgrade-pg-'))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (place.user) chownSync(folder, place.user.uid, place.user.gid)
  return folder
}

/** Process id of a server that runs on the data, from its own file; undefined when none does. */
function runningServer(folder: string): number | undefined {
  const file = join(folder, 'data', 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) ? pid : undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Is the process a PostgreSQL? After a restart of the machine the number may be someone else's. */
function isPostgres(pid: number): boolean {
  const told = `/proc/${pid}/cmdline`
  return !existsSync(told) || readFileSync(told, 'utf8').includes('postgres')
}

/** A process that is killed cannot stop its server: we hold the lock, so whatever runs here belongs to no one. */
async function stopLeftBehind(folder: string): Promise<void> {
  const pid = runningServer(folder)
  if (pid === undefined || !isPostgres(pid)) return
  process.kill(pid, 'SIGINT')
  for (let waited = 0; isAlive(pid) && waited < STOP_TIMEOUT_MS; waited += POLL_MS) await sleep(POLL_MS)
  if (isAlive(pid)) process.kill(pid, 'SIGQUIT')
}

interface ServerLife {
  readonly pid: () => number | undefined
  readonly stop: () => Promise<void>
  /** How the last process ended, while none runs. */
  readonly ended: () => string | undefined
}

/** Runs the server and starts it again, after a pause, whenever it dies before it is stopped. */
function keepAlive(place: ServerPlace, sockets: string): ServerLife {
  let child: ChildProcess | undefined
  let ended: string | undefined
  let isStopping = false
  let restart: NodeJS.Timeout | undefined
  const start = (): void => {
    const log = openSync(join(place.folder, 'postgres.log'), 'a', 0o600)
    const started = spawn(join(place.programs, 'bin', 'postgres'), settingsFor(place, sockets), {
      ...place.user,
      cwd: place.folder,
      env: { LC_ALL: 'C', TZ: 'UTC', PATH: process.env['PATH'] },
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    child = started
    ended = undefined
    const onEnd = (how: string): void => {
      if (child !== started) return
      child = undefined
      ended = how
      // Its children may still hold the shared memory for some seconds after it was killed.
      if (!isStopping) restart = setTimeout(start, 500)
    }
    started.once('error', (error) => onEnd(error.message))
    started.once('exit', (code, signal) => onEnd(`postgres ended with ${signal ?? code}`))
  }
  start()
  const stop = async (): Promise<void> => {
    isStopping = true
    clearTimeout(restart)
    const running = child
    if (!running) return
    const exited = new Promise<void>((resolve) => running.once('exit', () => resolve()))
    running.kill('SIGINT')
    const impatience = setTimeout(() => running.kill('SIGQUIT'), STOP_TIMEOUT_MS)
    await exited
    clearTimeout(impatience)
  }
  return { pid: () => child?.pid, stop, ended: () => ended }
}

const settingsFor = (place: ServerPlace, sockets: string): string[] => [
  '-D',
  join(place.folder, 'data'),
  ...[
    'listen_addresses=',
    `unix_socket_directories=${sockets}`,
    'unix_socket_permissions=0700',
    'max_connections=60',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_min_messages=warning',
    'shared_buffers=128MB',
  ].flatMap((setting) => ['-c', setting]),
]

/** Waits until the server answers. @returns why it does not, after a minute */
async function untilReady(url: string, life: ServerLife): Promise<string | undefined> {
  let last = 'no answer'
  for (let waited = 0; waited < START_TIMEOUT_MS; waited += POLL_MS) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return undefined
    } catch (error) {
      last = life.ended() ?? (error instanceof Error ? error.message : String(error))
    }
    await sleep(POLL_MS)
  }
  return last
}
