import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Held while a process owns a folder; the system lets go of it when the process ends, however it ends. */
export interface OwnerLock {
  readonly release: () => Promise<void>
}

/** Linux: an abstract socket, which is no file and leaves nothing behind. Windows: a pipe. Else a socket file. */
function addressOf(folder: string): string {
  const name = `highgrade-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32)}`
  if (process.platform === 'linux') return `\0${name}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
}

function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen(address, () => {
      server.unref()
      resolve(server)
    })
  })
}

const isAnswered = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(address, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

/** Takes the folder for this process; undefined while another one has it. */
export async function lockFolder(folder: string): Promise<OwnerLock | undefined> {
  const address = addressOf(folder)
  let server = await listen(address)
  // A socket file that no one answers was left by a process that was killed.
  if (!server && !address.startsWith('\0') && process.platform !== 'win32' && !(await isAnswered(address))) {
    rmSync(address, { force: true })
    server = await listen(address)
  }
  if (!server) return undefined
  const held = server
  return { release: () => new Promise((resolve) => held.close(() => resolve())) }
}
