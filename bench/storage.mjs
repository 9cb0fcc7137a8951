// Throughput of our object store beside plain HTTP to the same server, in the same run: what retries, pins, checksums and
// multipart uploads cost. The server is s3rver on this machine, so that ratios count, not MB/s.
//   node bench/storage.mjs [MB]        default 256
import { fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileHash, listFiles, openFile, streamAtomic, writeAtomic } from '../dist/base/store/index.js'

const megabytes = Number(process.argv[2] ?? 256)
const SMALL_FILES = 500
const PIECE_BYTES = 8 << 20
const PART_MEGABYTES = 16
const directory = mkdtempSync(join(tmpdir(), 'bench-storage-'))
const server = fork(new URL('../test/store/serve-objects.mjs', import.meta.url), [directory, 'bench'], {
  execArgv: ['--openssl-legacy-provider'],
})

try {
  const port = await new Promise((resolve) => server.once('message', resolve))
  // The only account that s3rver knows; it is no secret.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
  })
  const block = randomBytes(1 << 20)
  async function* blocks() {
    for (let i = 0; i < megabytes; i++) yield block
  }
  const nBytes = megabytes << 20

  /** Seconds of the best of three: the machine is shared. */
  const best = async (work) => {
    let seconds = Number.POSITIVE_INFINITY
    for (let i = 0; i < 3; i++) {
      const start = performance.now()
      await work()
      seconds = Math.min(seconds, (performance.now() - start) / 1000)
    }
    return seconds
  }
  const http = (method, path, headers, body) =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        let text = ''
        answer.on('data', (piece) => {
          if (piece.length < 4096) text += piece
        })
        answer.on('end', () => resolve({ text, etag: answer.headers.etag }))
        answer.on('error', reject)
      })
      sent.on('error', reject)
      if (body) body(sent)
      else sent.end()
    })
  /** Parts one after the other, no checksum, nothing looked at again. */
  const plainUpload = async () => {
    const { text } = await http('POST', '/bench/plain?uploads', {})
    const id = /<UploadId>(?<id>[^<]+)/.exec(text)?.groups?.id
    const parts = []
    for (let left = megabytes; left > 0; left -= PART_MEGABYTES) {
      const n = Math.min(left, PART_MEGABYTES)
      const { etag } = await http(
        'PUT',
        `/bench/plain?partNumber=${parts.length + 1}&uploadId=${id}`,
        { 'content-length': n << 20 },
        async (sent) => {
          for (let i = 0; i < n; i++) if (!sent.write(block)) await new Promise((resume) => sent.once('drain', resume))
          sent.end()
        },
      )
      parts.push(`<Part><PartNumber>${parts.length + 1}</PartNumber><ETag>${etag}</ETag></Part>`)
    }
    const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`
    await http('POST', `/bench/plain?uploadId=${id}`, { 'content-length': body.length }, (sent) => sent.end(body))
  }
  const plainPieces = async () => {
    for (let at = 0; at < nBytes; at += PIECE_BYTES)
      await http('GET', '/bench/plain', { range: `bytes=${at}-${Math.min(nBytes, at + PIECE_BYTES) - 1}` })
  }
  const rate = (seconds) => `${(nBytes / 1e6 / seconds).toFixed(0).padStart(5)} MB/s`
  const line = (what, ours, plain) =>
    console.log(`${what.padEnd(44)} ${rate(ours)}   plain ${rate(plain)}   ${((plain / ours) * 100).toFixed(0)} % of plain`)

  console.log(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}; one object of ${megabytes} MiB`)
  const put = await best(plainUpload)
  // s3rver's ETag of a multipart object says nothing of its parts: it is read back, as with any service of that kind.
  line('write, multipart, hashed and read back', await best(() => streamAtomic('s3://bench/plain', blocks())), put)
  const get = await best(() => http('GET', '/bench/plain', {}))
  const drain = async (source, start, end) => {
    for await (const _ of source.stream(start, end));
  }
  const source = await openFile('plain', 's3://bench/plain')
  line('read, one stream', await best(() => drain(source, 0, source.size)), get)
  line(
    'read, pieces of 8 MiB, as a build does',
    await best(async () => {
      for (let at = 0; at < source.size; at += PIECE_BYTES) await drain(source, at, Math.min(source.size, at + PIECE_BYTES))
    }),
    await best(plainPieces),
  )
  const hash = createHash('sha256')
  const hashing = await best(async () => {
    for await (const piece of blocks()) hash.update(piece)
  })
  line('read and SHA-256 (plain: both, one after other)', await best(() => fileHash('s3://bench/plain')), get + hashing)

  const small = Array.from({ length: SMALL_FILES }, (_, i) => `s3://bench/small/${i}`)
  const start = performance.now()
  for (const path of small) await writeAtomic(path, 'a small file')
  const written = performance.now()
  const found = (await listFiles('s3://bench/small')).length
  console.log(
    `${found} small files written one by one: ${((written - start) / SMALL_FILES).toFixed(1)} ms each; listed in ${(performance.now() - written).toFixed(0)} ms`,
  )
} finally {
  server.kill()
  rmSync(directory, { recursive: true, force: true })
}
