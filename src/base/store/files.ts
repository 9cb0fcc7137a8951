import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, readFileSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** Writes a file so that it is there whole or not at all: a temporary neighbour, then a rename. */
export async function writeAtomic(path: string, bytes: string | Uint8Array): Promise<void> {
  const temporary = temporaryName(path)
  try {
    await writeInFolder(temporary, bytes)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Writes a file, and makes its folder where that is missing: of many files in one folder only the first asks for it. */
async function writeInFolder(path: string, bytes: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
  }
}

/** Streams pieces into a file that appears whole or not at all. */
export async function streamAtomic(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = temporaryName(path)
  try {
    await pipeline(pieces, createWriteStream(temporary))
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** A name beside `path` that no other process takes; `.partial` files are never read. */
export const temporaryName = (path: string): string => `${path}.${randomBytes(6).toString('hex')}.partial`

export const exists = (path: string): boolean => existsSync(path)
export const readText = (path: string): Promise<string> => readFile(path, 'utf8')
export const readBytes = (path: string): Promise<Uint8Array> => readFile(path)
export const readJson = async <T>(path: string): Promise<T> => JSON.parse(await readText(path)) as T
export const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true })
export const makeFolder = async (path: string): Promise<void> => void (await mkdir(path, { recursive: true }))
export const move = (from: string, to: string): Promise<void> => rename(from, to)

/** Paths of all files below a folder, relative, `/` between parts, sorted by code units. */
export async function listFiles(folder: string, prefix = ''): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
    const path = prefix ? `${prefix}/${entry.name}` : entry.name
    if (entry.isDirectory()) found.push(...(await listFiles(folder, path)))
    else found.push(path)
  }
  return prefix ? found : found.sort()
}

/** Bytes up to which a file is read at once. */
const SMALL_FILE = 1 << 20

/** Size and SHA-256 of a file. */
export async function fileHash(path: string): Promise<{ bytes: number; sha256: string }> {
  if (statSync(path).size <= SMALL_FILE) {
    const whole = await readFile(path)
    return { bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') }
  }
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(piece)
    bytes += piece.length
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** The bytes of a small file at once, for encoders that cannot wait. */
export const readBytesSync = (path: string): Uint8Array => readFileSync(path)

/** Writes a file that only its owner may read. */
export async function writeSecret(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(path, text, { mode: 0o600, flag: 'wx' })
}

export const isFolder = (path: string): boolean => statSync(path).isDirectory()

/** A new folder for what is thrown away afterwards. */
export const temporaryFolder = (prefix: string): Promise<string> => mkdtemp(join(tmpdir(), prefix))
