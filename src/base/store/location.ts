import * as local from 'node:path'
import { posix } from 'node:path'
import { ProblemError } from '../problem/index.ts'
import { locationInvalid } from './problems.ts'

/** One slash or more: `join` of node:path makes `s3:/bucket` of `s3://bucket`, and the place is the same. */
const S3 = /^s3:\/+/i
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i

/** Does the path lead into an object store? */
export const isRemote = (path: string): boolean => S3.test(path)

/** Bucket and key of an `s3://` path; the key of a bucket's root is empty. Throws a ProblemError when there is no bucket in it. */
export function bucketAndKey(path: string): { readonly bucket: string; readonly key: string } {
  const rest = withoutScheme(path)
  const end = rest.indexOf('/')
  const bucket = end < 0 ? rest : rest.slice(0, end)
  if (!BUCKET.test(bucket)) throw new ProblemError(locationInvalid({ at: path, found: bucket || '(none)' }))
  return { bucket, key: end < 0 ? '' : rest.slice(end + 1).replace(/\/+$/, '') }
}

const withoutScheme = (path: string): string => path.replace(S3, '')
const remote = (rest: string): string => `s3://${rest.replace(/^\/+|\/+$/g, '')}`

/** Like `join` of node:path, for folders and for `s3://`; no `..` leads out of a bucket. */
export function join(first: string, ...rest: readonly string[]): string {
  if (!isRemote(first)) return local.join(first, ...rest)
  const [bucket = '', ...key] = withoutScheme(first).split('/')
  return remote(bucket + posix.join('/', ...key, ...rest))
}

/** Like `resolve` of node:path: from the last part that stands for itself, a folder's root or a bucket, onwards. */
export function resolve(...parts: readonly string[]): string {
  const from = parts.findLastIndex((part) => isRemote(part) || local.isAbsolute(part))
  const [first, ...rest] = from < 0 ? parts : parts.slice(from)
  return first !== undefined && isRemote(first) ? join(first, ...rest) : local.resolve(...parts)
}

/** The folder that a path lies in; a bucket lies in itself. */
export const dirname = (path: string): string => {
  if (!isRemote(path)) return local.dirname(path)
  const rest = withoutScheme(path).replace(/\/+$/, '')
  return rest.includes('/') ? remote(posix.dirname(rest)) : remote(rest)
}

/** Last part of a path, without its scheme. */
export const basename = (path: string): string => (isRemote(path) ? posix.basename(withoutScheme(path)) : local.basename(path))

/** The way from a folder to a path, `/` between parts. Between a folder and an object store it starts with `..` too. */
export function relative(from: string, to: string): string {
  if (isRemote(from) && isRemote(to)) return posix.relative(posix.join('/', withoutScheme(from)), posix.join('/', withoutScheme(to)))
  if (isRemote(from) || isRemote(to)) return `../${to}`
  return local.relative(from, to).split(local.sep).join('/')
}
