import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Ways in which a service or the network fails. */
export type Fault = 'error-500' | 'slow-down' | 'reset' | 'answer-lost' | 'truncated' | 'stalled' | 'trickle'

export interface Asked {
  readonly method: string
  readonly url: string
  /** How often this request was made before. */
  readonly times: number
}

/** What a test wants the service to say instead. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface ProxyOptions {
  readonly fault?: (asked: Asked) => Fault | undefined
  readonly answer?: (asked: Asked) => Answer | undefined
  /** Changes what the service answered. */
  readonly rewrite?: (asked: Asked, body: Buffer) => Buffer
  /** Changes what the service is given, after it was checked: a disk that loses bits. */
  readonly damage?: (asked: Asked, body: Buffer) => Buffer
  /** A service that does not know conditional requests, as many are. */
  readonly unconditional?: boolean
}

export interface FaultyProxy {
  readonly endpoint: string
  readonly seen: Asked[]
  options: ProxyOptions
  close(): Promise<void>
}

/** Faults by chance, the same ones for the same seed and requests, whatever order they come in. @param share of requests, 0..1 */
export const seededFaults =
  (seed: number, share: number, kinds: readonly Fault[]) =>
  ({ method, url, times }: Asked): Fault | undefined => {
    const draw = createHash('sha256')
      .update(`${seed} ${times} ${method} ${url.split('?uploadId')[0]}`)
      .digest()
    return draw.readUInt32LE() / 2 ** 32 < share ? kinds[draw.readUInt32LE(4) % kinds.length] : undefined
  }

interface Whole {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/**
 * Stands between a client and an S3 server, fails as told, and adds what s3rver lacks: If-Match, If-None-Match (documented
 * answers of Amazon S3), Content-MD5, and uploads that are there whole or not at all.
 */
export async function startProxy(port: number, options: ProxyOptions = {}): Promise<FaultyProxy> {
  const seen: Asked[] = []
  const counts = new Map<string, number>()
  const conditional = turns()
  const proxy = { options, seen, endpoint: '', close: async () => {} }
  const server = createServer((incoming, outgoing) => {
    void handle(incoming, outgoing).catch(() => outgoing.destroy())
  })
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await bodyOf(incoming)
    const [method, url] = [incoming.method ?? '', incoming.url ?? '']
    const times = counts.get(`${method} ${url}`) ?? 0
    counts.set(`${method} ${url}`, times + 1)
    const asked = { method, url, times }
    seen.push(asked)
    const told = proxy.options.answer?.(asked)
    if (told) return void outgoing.writeHead(told.status, told.headers).end(told.body)
    const fault = proxy.options.fault?.(asked)
    if (fault === 'reset') return void outgoing.destroy()
    if (fault === 'error-500') return void refuse(outgoing, 500, 'InternalError')
    if (fault === 'slow-down') return void refuse(outgoing, 503, 'SlowDown')
    const md5 = incoming.headers['content-md5']
    if (md5 !== undefined && createHash('md5').update(body).digest('base64') !== md5) return void refuse(outgoing, 400, 'BadDigest')
    const answer = await conditional(
      async () => {
        const refused = proxy.options.unconditional ? undefined : await precondition(port, incoming)
        const whole = refused ?? (await forward(port, incoming, proxy.options.damage?.(asked, body) ?? body))
        // An upload that was completed before is no more: 404 says S3, 500 s3rver.
        return typeof whole !== 'number' && whole.status === 500 && method === 'POST' && times > 0 ? 404 : whole
      },
      method !== 'GET' && method !== 'HEAD',
    )
    if (typeof answer === 'number') return void refuse(outgoing, answer, answer === 404 ? 'NoSuchUpload' : 'PreconditionFailed')
    if (fault === 'answer-lost') return void outgoing.destroy()
    await give(outgoing, { ...answer, body: proxy.options.rewrite?.(asked, answer.body) ?? answer.body }, fault)
  }
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  proxy.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  proxy.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return proxy
}

/** Does what changes something one after the other, so that no condition is overtaken. */
function turns() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>, inTurn: boolean): Promise<T> => {
    if (!inTurn) return work()
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }
}

async function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces)
}

const refuse = (outgoing: ServerResponse, status: number, code: string): ServerResponse =>
  outgoing
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>told to</Message></Error>`)

async function precondition(port: number, incoming: IncomingMessage): Promise<number | undefined> {
  const { 'if-match': match, 'if-none-match': noneMatch } = incoming.headers
  if (match === undefined && noneMatch === undefined) return undefined
  const there = await forward(port, { method: 'HEAD', url: incoming.url?.split('?')[0] ?? '', headers: {} }, Buffer.alloc(0))
  if (match !== undefined && there.headers.etag !== match) return there.status === 404 ? undefined : 412
  return noneMatch === '*' && incoming.method === 'PUT' && there.status === 200 ? 412 : undefined
}

const forward = (
  port: number,
  { method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Buffer,
): Promise<Whole> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      bodyOf(answer).then((whole) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: whole }), reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })

const TRICKLE_BYTES = 64 << 10

async function give(outgoing: ServerResponse, { status, headers, body }: Whole, fault: Fault | undefined): Promise<void> {
  const { 'transfer-encoding': _, ...rest } = headers
  // HEAD answers with a length and no body.
  outgoing.writeHead(status, body.length > 0 ? { ...rest, 'content-length': String(body.length) } : rest)
  if (fault === 'truncated' || fault === 'stalled') {
    outgoing.write(body.subarray(0, body.length >> 1))
    if (body.length < 2) outgoing.end(body)
    else if (fault === 'truncated') setTimeout(() => outgoing.destroy(), 5)
    return
  }
  if (fault === 'trickle')
    for (let at = 0; at < body.length; at += TRICKLE_BYTES) {
      outgoing.write(body.subarray(at, at + TRICKLE_BYTES))
      await new Promise((resume) => setTimeout(resume, 2))
    }
  else outgoing.write(body)
  outgoing.end()
}
