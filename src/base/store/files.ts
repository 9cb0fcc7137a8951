import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { compareCodeUnits } from '../record/index.ts'
import type { FileHash, Found, MoveOptions } from './storage.ts'
import { storageOf } from './storage-of.ts'

/** Writes a file so that it is there whole or not at all. */
export const writeAtomic = (path: string, bytes: string | Uint8Array): Promise<void> =>
  storageOf(path).write(path, typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes)

/** Streams pieces into a file that appears whole or not at all. */
export const streamAtomic = (path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> => storageOf(path).writeStream(path, pieces)

export const exists = async (path: string): Promise<boolean> => (await storageOf(path).look(path)) !== 'nothing'
export const isFolder = async (path: string): Promise<boolean> => (await storageOf(path).look(path)) === 'folder'
export const readBytes = (path: string): Promise<Uint8Array> => storageOf(path).read(path)
export const readText = async (path: string): Promise<string> => Buffer.from(await readBytes(path)).toString('utf8')
export const readJson = async <T>(path: string): Promise<T> => JSON.parse(await readText(path)) as T
export const remove = (path: string): Promise<void> => storageOf(path).remove(path)
export const makeFolder = (path: string): Promise<void> => storageOf(path).makeFolder(path)

/** Moves a folder to a place of the same storage where nothing is. `taken` when something is there: then nothing was changed. */
export const moveFolder = (from: string, to: string, options: Partial<MoveOptions> = {}): Promise<'moved' | 'taken'> =>
  storageOf(to).moveFolder(from, to, { last: options.last, hashes: options.hashes ?? new Map() })

/** Paths of all files below a folder, relative, `/` between parts, sorted by code units. */
export const listFiles = (folder: string): Promise<string[]> => storageOf(folder).list(folder)

/**
 * All files below `start` in `folder`, sorted by path. What is no file (a symbolic link, a folder that cannot be listed,
 * a key that is no path) is given as unreadable.
 */
export async function walk(folder: string, start = ''): Promise<Found[]> {
  const found = await storageOf(folder).walk(folder, start)
  return found.sort((a, b) => compareCodeUnits(a.path, b.path))
}

/** Size and SHA-256 of a file, from its bytes. */
export async function fileHash(path: string): Promise<FileHash> {
  const file = await storageOf(path).open(path)
  try {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const piece of file.stream(0, file.size)) {
      hash.update(piece)
      bytes += piece.length
    }
    return { bytes, sha256: hash.digest('hex') }
  } finally {
    await file.close()
  }
}

/** Size and SHA-256 of a file that was just written: as its storage confirmed them, so that nothing is fetched again; else from its bytes. */
export const writtenHash = async (path: string): Promise<FileHash> => (await storageOf(path).noted(path)) ?? fileHash(path)

/** Writes a file of this machine that only its owner may read. */
export async function writeSecret(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(path, text, { mode: 0o600, flag: 'wx' })
}

/** A new folder on this machine for what is thrown away afterwards. */
export const temporaryFolder = (prefix: string): Promise<string> => mkdtemp(join(tmpdir(), prefix))
