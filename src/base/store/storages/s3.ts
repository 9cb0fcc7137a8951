import { join } from '../location.ts'
import { connect, type S3Settings } from '../s3/connection.ts'
import { hasObjects, listObjects } from '../s3/list-objects.ts'
import { moveObjects } from '../s3/move-objects.ts'
import { head, openObject, readWhole } from '../s3/read-object.ts'
import { putObject, putStream, removeObjects } from '../s3/write-object.ts'
import type { Found, Storage } from '../storage.ts'
import { MAX_DEPTH, PASSED_OVER, tooDeep } from '../walk-rules.ts'

/** Objects of a store that speaks the S3 protocol; `/` in keys makes folders. */
export function s3Storage(settings: S3Settings): Storage {
  const connection = connect(settings)
  return {
    async look(path) {
      if (!isRoot(path) && (await head(connection, path))) return 'file'
      return (await hasObjects(connection, path)) ? 'folder' : 'nothing'
    },
    async walk(folder, start) {
      const found: Found[] = []
      const named = start === '' ? undefined : await head(connection, join(folder, start))
      if (named) found.push(...foundAt(start, named.size, named.pin))
      for await (const { path, size, pin } of listObjects(connection, folder, start)) found.push(...foundAt(path, size, pin))
      return found
    },
    async list(folder) {
      const paths: string[] = []
      for await (const { path } of listObjects(connection, folder)) if (!path.endsWith('/')) paths.push(path)
      return paths.sort()
    },
    open: (path, known) => openObject(connection, path, known),
    read: (path) => readWhole(connection, path),
    async noted(path) {
      const there = await head(connection, path)
      return there?.sha256 === undefined ? undefined : { bytes: there.size, sha256: there.sha256 }
    },
    write: async (path, bytes) => void (await putObject(connection, path, bytes)),
    writeStream: (path, pieces) => putStream(connection, path, pieces),
    async remove(path) {
      const paths = isRoot(path) ? [] : [path]
      for await (const listed of listObjects(connection, path)) paths.push(join(path, listed.path))
      await removeObjects(connection, paths)
    },
    // Folders are there as soon as something is in them.
    makeFolder: async () => {},
    moveFolder: (from, to, options) => moveObjects(connection, from, to, options),
  }
}

const isRoot = (path: string): boolean => !/^s3:\/+[^/]+\/+[^/]/i.test(path)

/** What a key is below an input folder: a file, nothing (the mark of an empty folder), or no path at all. */
function foundAt(path: string, size: number, pin: string): Found[] {
  const parts = path.split('/')
  if (parts.some((part) => PASSED_OVER.has(part))) return []
  if (path.endsWith('/') && size === 0) return []
  if (parts.some((part) => part === '' || part === '.' || part === '..'))
    return [{ kind: 'unreadable', path, reason: 'a key with an empty part, "." or ".."' }]
  return [parts.length > MAX_DEPTH ? tooDeep(path) : { kind: 'file', path, size, pin }]
}
