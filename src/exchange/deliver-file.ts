import { Readable } from 'node:stream'
import type { Database } from '../base/database/index.ts'
import { fail, type Outcome, succeed } from '../base/problem/index.ts'
import { join, openFile, readBytes } from '../base/store/index.ts'
import { type Manifest, readRelease } from '../release/index.ts'
import type { ListedVersion } from './listing/queries.ts'
import { chargeUse, type MeterEffects } from './meter/charge-use.ts'
import { unitsOfRange } from './meter/units.ts'
import type { Admitted, Revision } from './orders/admit.ts'
import { fileNotFound, rangeInvalid } from './problems.ts'

/** A file of a version as buyers see it. */
export interface DeliveredFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

const [MANIFEST, SIGNATURE] = ['manifest.json', 'manifest.json.sig']

/** Versions never change, so what was read of one holds; the newest few are kept. */
const KEPT = 64
const kept = new Map<string, Outcome<{ manifest: Manifest; files: Map<string, DeliveredFile> }>>()

/** Manifest and files of a version, with the manifest and its signature among them, so that a buyer can verify all. */
export async function filesOf({
  commit,
  folder,
}: ListedVersion): Promise<Outcome<{ manifest: Manifest; files: Map<string, DeliveredFile> }>> {
  const known = kept.get(commit)
  if (known) return known
  const release = await readRelease(folder)
  if (!release.ok) return release
  const { manifest } = release.value
  const files = new Map<string, DeliveredFile>(manifest.files.map((file) => [file.path, file]))
  for (const path of [MANIFEST, SIGNATURE]) {
    const bytes = await readBytes(join(folder, path))
    const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(bytes))).toString('hex')
    files.set(path, { path, bytes: bytes.length, sha256 })
  }
  const read = succeed({ manifest, files })
  kept.set(commit, read)
  for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest)
  return read
}

/** Bytes [start, end) that a Range header asks for; all of them without one. One range only: clients never send more. */
function rangeOf(header: string | null, at: string, size: number): Outcome<{ start: number; end: number; isPart: boolean }> {
  const whole = { start: 0, end: size, isPart: false }
  if (header === null) return succeed(whole)
  const { first = '', last = '' } = /^bytes=(?<first>\d{0,15})-(?<last>\d{0,15})$/.exec(header.trim())?.groups ?? {}
  if (first === '' && last === '') return fail(rangeInvalid({ at, found: header, expected: String(size) }))
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  return start < end ? succeed({ start, end, isPart: true }) : fail(rangeInvalid({ at, found: header, expected: String(size) }))
}

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.json$/, 'application/json'],
  [/\.parquet$/, 'application/x-parquet'],
  [/\.md$/, 'text/markdown; charset=utf-8'],
  [/\.(?:html|svg)$/, 'text/plain; charset=utf-8'],
  [/\.png$/, 'image/png'],
  [/\.jpe?g$/, 'image/jpeg'],
]

export interface FileRequest {
  readonly path: string
  readonly headers: Headers
  readonly isHead: boolean
  readonly protocol: string
  /** Was the use charged for already? Then bytes are only sent. */
  readonly isCharged?: boolean
}

/** Sends a file of a version, or a range of it, once what is new of it is charged. Of a HEAD nothing is charged. */
export async function deliverFile(
  db: Database,
  admitted: Admitted,
  revision: Revision,
  { path, headers, isHead, protocol, isCharged }: FileRequest,
  effects: MeterEffects,
): Promise<Outcome<Response>> {
  const { address, version } = revision
  const all = await filesOf(version)
  if (!all.ok) return all
  const file = all.value.files.get(path)
  if (!file) return fail(fileNotFound({ at: `${address} ${version.version}`, found: path }))
  const range = rangeOf(headers.get('range'), `${address}/${path}`, file.bytes)
  if (!range.ok) return range
  const { start, end, isPart } = range.value
  if (!isHead && !isCharged) {
    const units = await unitsOfRange(db, admitted, revision, path, [start, end])
    const charged = await chargeUse(db, admitted, revision, { protocol, subject: path, units }, effects)
    if (!charged.ok) return charged
  }
  const answer = {
    status: isPart ? 206 : 200,
    headers: {
      'content-type': TYPES.find(([pattern]) => pattern.test(path))?.[1] ?? 'application/octet-stream',
      'content-length': String(end - start),
      'content-disposition': 'attachment',
      'accept-ranges': 'bytes',
      etag: `"${file.sha256}"`,
      'cache-control': 'private, no-cache',
      ...(isPart ? { 'content-range': `bytes ${start}-${end - 1}/${file.bytes}` } : {}),
    },
  }
  const body = isHead ? null : (Readable.toWeb(Readable.from(piecesOf(join(version.folder, path), path, start, end))) as ReadableStream)
  return succeed(new Response(body, answer))
}

async function* piecesOf(place: string, path: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  const file = await openFile(path, place)
  try {
    yield* file.stream(start, end)
  } finally {
    await file.close()
  }
}
