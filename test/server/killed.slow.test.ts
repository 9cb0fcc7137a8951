import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { realServeEffects, serve } from '../../src/server/serve.ts'
import { type Call, callAs, ended, openServer, person, setUp, signIn } from './open-server.ts'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const home = mkdtempSync(join(tmpdir(), 'hg-killed-'))
let child: ChildProcess | undefined
afterAll(async () => {
  child?.kill('SIGTERM')
  await sleep(1500)
  rmSync(home, { recursive: true, force: true })
})

/** Starts the real program. @returns its address */
function start(): Promise<string> {
  return new Promise((resolve, reject) => {
    child = spawn(process.execPath, [main, 'serve', '--port', '0', '--quiet'], {
      env: { ...process.env, HIGHGRADE_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString()
      const url = /http:\/\/\S+/.exec(said)?.[0]
      if (url) resolve(url)
    })
    child.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString()
    })
    child.once('exit', (code) => reject(new Error(`exit ${code}: ${said}`)))
  })
}

const postmaster = (): number => Number(readFileSync(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0])

describe('a server that is killed', () => {
  it('loses nothing that it acknowledged, starts over its orphaned database, and ends the build it was in', async () => {
    const url = await start()
    const owner = await setUp(url)
    const acknowledged: string[] = []
    for (let i = 0; i < 5; i++) {
      const added = await owner('POST', '/api/members', { ...person(`m${i}`), roles: ['buyer'] })
      if (added.status === 201) acknowledged.push(person(`m${i}`).name)
    }
    const { body } = await owner('POST', '/api/builds', { input: { example: 'law' } })
    await sleep(700)
    child?.removeAllListeners('exit')
    child?.kill('SIGKILL')
    await sleep(100)
    const again = await start()
    const signedIn = await signIn(again, 'first')
    const names = (await signedIn('GET', '/api/members')).body.items.map((one: { name: string }) => one.name)
    expect(names).toEqual(expect.arrayContaining([...acknowledged, 'first']))
    const job = await ended(signedIn, body.job)
    expect(job).toMatchObject({ state: 'done', result: { dataset: 'civil-causes' } })
    expect((await signedIn('GET', '/api/datasets')).body.items).toHaveLength(1)
  }, 90_000)

  it('stays one: a second on the same folder is refused and harms nothing', async () => {
    const second = await serve({ home, host: '127.0.0.1', port: 0, rawFolders: [] }, realServeEffects)
    expect(second.ok ? 'started' : second.problem.code).toBe('database/home-taken')
  })
})

describe('a database that is killed under the server', () => {
  it('comes back by itself; meanwhile requests are told so', async () => {
    const server = await openServer()
    try {
      const owner: Call = await setUp(server.url)
      process.kill(Number(readFileSync(join(server.home, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
      const statuses: number[] = []
      for (let tries = 0; tries < 100; tries++) {
        const { status } = await owner('GET', '/api/me')
        statuses.push(status)
        if (status === 200 && tries > 0) break
        await sleep(100)
      }
      expect(statuses.at(-1)).toBe(200)
      expect(statuses.every((status) => status === 200 || status === 503)).toBe(true)
      expect((await callAs(server.url)('GET', '/healthz')).body.status).toBe('ok')
    } finally {
      await server.stop()
    }
  }, 60_000)
})

it('a server that stops in order stops its database with it', async () => {
  const pid = postmaster()
  child?.removeAllListeners('exit')
  const exited = new Promise<number | null>((resolve) => child?.once('exit', resolve))
  child?.kill('SIGTERM')
  expect(await exited).toBe(0)
  expect(() => process.kill(pid, 0)).toThrow()
}, 30_000)
