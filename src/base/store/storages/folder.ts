import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ProblemError } from '../../problem/index.ts'
import { changedUnderway, diskFull, notWritable } from '../problems.ts'
import type { Found, Known, Look, OpenedFile, Storage } from '../storage.ts'
import { MAX_DEPTH, PASSED_OVER, reasonOf, tooDeep } from '../walk-rules.ts'

const PIECE_BYTES = 1 << 20

/** Folders of this machine's file system. */
export const folderStorage = (): Storage => ({
  look,
  walk,
  list,
  open: openFile,
  read: (path) => readFile(path),
  noted: async () => undefined,
  write: (path, bytes) => writeWhole(path, (temporary) => inFolder(path, () => writeFile(temporary, bytes))),
  writeStream: (path, pieces) =>
    writeWhole(path, async (temporary) => {
      await mkdir(dirname(path), { recursive: true })
      await pipeline(pieces, createWriteStream(temporary))
    }),
  remove: (path) => rm(path, { recursive: true, force: true }),
  makeFolder: async (path) => void (await explained(path, mkdir(path, { recursive: true }))),
  moveFolder,
})

async function look(path: string): Promise<Look> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch {
    return 'nothing'
  }
}

async function openFile(path: string, known?: Known): Promise<OpenedFile> {
  const { size, mtimeMs } = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw known && error.code === 'ENOENT' ? new ProblemError(changedUnderway({ at: path })) : error
  })
  const pin = `${size}-${mtimeMs}`
  if (known && known.pin !== pin) throw new ProblemError(changedUnderway({ at: path }))
  let handle: FileHandle | undefined
  const opened: OpenedFile = {
    size,
    pin,
    async read(offset, length) {
      handle ??= await open(path, 'r')
      const wanted = Math.max(0, Math.min(length, size - offset))
      const buffer = new Uint8Array(wanted)
      let done = 0
      while (done < wanted) {
        const { bytesRead } = await handle.read(buffer, done, wanted - done, offset + done)
        if (bytesRead === 0) break
        done += bytesRead
      }
      return buffer.subarray(0, done)
    },
    async *stream(start, end) {
      if (end <= start) return
      // A stream takes a whole piece of memory however small the file: of twenty thousand small ones the collector would see gigabytes.
      if (end - start <= PIECE_BYTES) yield await opened.read(start, end - start)
      else yield* createReadStream(path, { start, end: end - 1, highWaterMark: PIECE_BYTES }) as AsyncIterable<Uint8Array>
    },
    localPath: async () => path,
    async close() {
      await handle?.close()
      handle = undefined
    },
  }
  return opened
}

/** A temporary neighbour, then a rename; `.partial` files are never read. */
async function writeWhole(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.partial`
  try {
    await explained(path, write(temporary))
    await explained(path, rename(temporary, path))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
}

/** Makes the folder of a file where that is missing: of many files in one folder only the first asks for it. */
async function inFolder(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    await mkdir(dirname(path), { recursive: true })
    await write()
  }
}

/** EFBIG is a limit on the size of files (`ulimit -f`, FAT): to the user the same as a full disk. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** What the system refuses to write, as a problem that says what to do. */
async function explained<T>(path: string, writing: Promise<T>): Promise<T> {
  try {
    return await writing
  } catch (error) {
    const { code, path: about = path } = error as NodeJS.ErrnoException
    if (code !== undefined && FULL.has(code)) throw new ProblemError(diskFull({ at: path, found: code }))
    // What is streamed may come from another file, whose own errors pass through.
    const isOwn = about.startsWith(path) || path.startsWith(about)
    if (code !== undefined && isOwn) throw new ProblemError(notWritable({ at: path, found: code }))
    throw error
  }
}

async function list(folder: string): Promise<string[]> {
  const found: string[] = []
  const visit = async (prefix: string): Promise<void> => {
    for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
      const path = prefix ? `${prefix}/${entry.name}` : entry.name
      if (entry.isDirectory()) await visit(path)
      else found.push(path)
    }
  }
  await visit('')
  return found.sort()
}

/** All files below `start`, or `start` itself where it is a file. Symbolic links are not followed: they could leave the folder or loop. */
async function walk(folder: string, start: string): Promise<Found[]> {
  const found: Found[] = []
  const visit = async (prefix: string, depth: number): Promise<void> => {
    if (depth > MAX_DEPTH) {
      found.push(tooDeep(prefix))
      return
    }
    let names: string[]
    try {
      names = await readdir(join(folder, prefix))
    } catch (error) {
      found.push({ kind: 'unreadable', path: prefix || '.', reason: reasonOf(error) })
      return
    }
    for (const name of names) if (!PASSED_OVER.has(name)) await lookAt(prefix ? `${prefix}/${name}` : name, depth)
  }
  const lookAt = async (path: string, depth: number): Promise<void> => {
    try {
      const entry = await lstat(join(folder, path))
      if (entry.isDirectory()) await visit(path, depth + 1)
      else if (entry.isFile()) found.push({ kind: 'file', path, size: entry.size, pin: `${entry.size}-${entry.mtimeMs}` })
      else found.push({ kind: 'unreadable', path, reason: entry.isSymbolicLink() ? 'a symbolic link' : 'not a regular file' })
    } catch (error) {
      found.push({ kind: 'unreadable', path, reason: reasonOf(error) })
    }
  }
  // A folder that is named is entered, even through a link.
  const isFolder = await stat(join(folder, start)).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
  if (start === '' || isFolder) await visit(start, 0)
  else await lookAt(start, 0)
  return found
}

const TAKEN = new Set(['ENOTEMPTY', 'EEXIST', 'ENOTDIR'])

/** One rename: whole or not at all, without a word about its files. */
async function moveFolder(from: string, to: string): Promise<'moved' | 'taken'> {
  if ((await look(to)) !== 'nothing') return 'taken'
  await explained(to, mkdir(dirname(to), { recursive: true }))
  try {
    await rename(from, to)
    return 'moved'
  } catch (error) {
    if (TAKEN.has(String((error as { code?: unknown }).code))) return 'taken'
    throw error
  }
}
