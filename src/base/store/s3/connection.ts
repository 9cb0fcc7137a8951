import type { S3Client } from '@aws-sdk/client-s3'
import { bucketAndKey } from '../location.ts'
import { type Asked, explainRefusal } from './explain-refusal.ts'
import { backOff, factsOf, isPassing, RETRIES, type Retries } from './retries.ts'

export type Sdk = typeof import('@aws-sdk/client-s3')

/** What an object store is reached by; credentials are found by the SDK as its documentation says (environment, profile, role). */
export interface S3Settings {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly retries?: Retries
  /** Milliseconds without a byte after which an answer counts as lost. */
  readonly idleMs?: number
  /** Bytes of one part of a large upload; at least 5 MiB on real S3. */
  readonly partBytes?: number
  /** Keys that are asked for at once, at most 1,000. */
  readonly pageKeys?: number
}

/** Object and bucket of a path, as every request names them. */
export interface Target {
  readonly Bucket: string
  readonly Key: string
}

export const targetOf = (path: string): Target => {
  const { bucket, key } = bucketAndKey(path)
  return { Bucket: bucket, Key: key }
}

/** An object store and the way to it. */
export interface Connection {
  readonly retries: Retries
  readonly idleMs: number
  readonly partBytes: number
  readonly pageKeys: number
  /**
   * Makes a request, and again while it fails for passing reasons; what then remains is thrown as a problem.
   * @param at path that the request is about @param answers what certain statuses mean instead of a failure
   */
  call<T>(at: string, send: (client: S3Client, sdk: Sdk) => Promise<T>, answers?: Readonly<Record<number, T>>): Promise<T>
  /** The problem that an error is. */
  explain(at: string, error: unknown): Error
}

const IDLE_MS = 30_000
const CONNECT_MS = 10_000
const SOCKETS = 64
/** 10,000 parts make 160 GB; see `partSize` for what is larger. */
const PART_BYTES = 16 << 20
const PAGE_KEYS = 1000

/** A connection; nothing is loaded or opened before the first request. */
export function connect(settings: S3Settings): Connection {
  const { environment } = settings
  const endpoint = environment['AWS_ENDPOINT_URL_S3'] || environment['AWS_ENDPOINT_URL']
  const region = environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || (endpoint ? 'us-east-1' : undefined)
  const attempts = Number.parseInt(environment['AWS_MAX_ATTEMPTS'] ?? '', 10)
  const retries = settings.retries ?? (attempts > 0 ? { ...RETRIES, attempts } : RETRIES)
  const idleMs = settings.idleMs ?? IDLE_MS
  let opened: Promise<{ sdk: Sdk; client: S3Client }> | undefined
  const open = async (): Promise<{ sdk: Sdk; client: S3Client }> => {
    // The SDK would write a warning about the version of Node to every user's terminal.
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
    const sdk = await import('@aws-sdk/client-s3')
    const agent = { keepAlive: true, maxSockets: SOCKETS }
    const client = new sdk.S3Client({
      ...(region ? { region } : {}),
      // Other services seldom have a name in the DNS for each bucket.
      ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
      // One place decides what is tried again: `call`.
      maxAttempts: 1,
      // Every upload carries MD5 and SHA-256 of its own; CRCs as trailers break older services.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: idleMs, httpAgent: agent, httpsAgent: agent },
    })
    return { sdk, client }
  }
  const asked = (at: string): Asked => ({ at, bucket: targetOf(at).Bucket, region: region ?? 'us-east-1', attempts: retries.attempts })
  return {
    retries,
    idleMs,
    partBytes: settings.partBytes ?? PART_BYTES,
    pageKeys: settings.pageKeys ?? PAGE_KEYS,
    async call<T>(at: string, send: (client: S3Client, sdk: Sdk) => Promise<T>, answers: Readonly<Record<number, T>> = {}): Promise<T> {
      opened ??= open()
      const { client, sdk } = await opened
      for (let failures = 1; ; failures++) {
        try {
          return await send(client, sdk)
        } catch (error) {
          const { status, name } = factsOf(error)
          if (status !== undefined && status in answers && name !== 'NoSuchBucket') return answers[status] as T
          if (!isPassing(error) || failures >= retries.attempts) throw explainRefusal(error, asked(at))
          await backOff(at, failures, retries)
        }
      }
    },
    explain: (at, error) => explainRefusal(error, asked(at)),
  }
}
