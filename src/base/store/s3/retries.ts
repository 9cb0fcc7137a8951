import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

/** How often and how patiently a request is made again. */
export interface Retries {
  /** In all, the first included. */
  readonly attempts: number
  readonly firstPauseMs: number
  readonly longestPauseMs: number
}

/** Half a minute on average, a minute at most: longer than a server takes to restart, shorter than a person waits for a word. */
export const RETRIES: Retries = { attempts: 11, firstPauseMs: 100, longestPauseMs: 20_000 }

/**
 * Waits before the next attempt: exponential backoff with full jitter, so that many workers do not come back at once.
 * The jitter is drawn from what is asked for, not from a random source: another key waits otherwise, the same run again alike.
 * Source: Brooker 2015, "Exponential Backoff and Jitter", AWS Architecture Blog.
 */
export async function backOff(what: string, failures: number, retries: Retries): Promise<void> {
  const ceiling = Math.min(retries.longestPauseMs, retries.firstPauseMs * 2 ** (failures - 1))
  const draw = createHash('sha256').update(`${failures} ${what}`, 'utf8').digest().readUInt32LE() / 2 ** 32
  await pause(draw * ceiling)
}

/** The parts of an error of the SDK, or of Node's network, that say what happened. None of them holds a secret. */
export interface ErrorFacts {
  readonly name: string
  readonly code: string | undefined
  readonly status: number | undefined
  readonly bucketRegion: string | undefined
}

export function factsOf(error: unknown): ErrorFacts {
  const { name, code, Code, Region, $metadata, $response, cause } = (error ?? {}) as {
    name?: string
    code?: string
    Code?: string
    Region?: string
    $metadata?: { httpStatusCode?: number }
    $response?: { statusCode?: number; headers?: Record<string, string> }
    cause?: { code?: string }
  }
  return {
    name: Code ?? name ?? 'Error',
    code: typeof code === 'string' ? code : cause?.code,
    status: $metadata?.httpStatusCode ?? $response?.statusCode,
    bucketRegion: $response?.headers?.['x-amz-bucket-region'] ?? Region,
  }
}

const NETWORK = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ERR_STREAM_PREMATURE_CLOSE',
  'UND_ERR_SOCKET',
])
const PASSING = new Set([
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestTimeout',
  'TimeoutError',
  'AbortError',
  'InternalError',
  'ServiceUnavailable',
  'OperationAborted',
  // The SDK corrects for the server's clock after the first such answer.
  'RequestTimeTooSkewed',
  // The body was damaged on its way.
  'BadDigest',
  'IncompleteBody',
  'XAmzContentSHA256Mismatch',
  'XAmzContentChecksumMismatch',
])
const NOT_IMPLEMENTED = 501

/** Could the same request succeed a moment later? */
export function isPassing(error: unknown): boolean {
  const { name, code, status } = factsOf(error)
  if (code !== undefined && NETWORK.has(code)) return true
  if (PASSING.has(name) || name === Truncated.name || name === Damaged.name) return true
  if (status === undefined || status === NOT_IMPLEMENTED) return false
  // A success whose body cannot be understood was cut off on its way.
  return status >= 500 || status === 429 || status === 408 || status === 200
}

/** An answer that ended before all of it was there. */
export class Truncated extends Error {
  override readonly name = 'Truncated'
}

/** Bytes that are not those that were written. */
export class Damaged extends Error {
  override readonly name = 'Damaged'
  readonly found: string
  readonly expected: string
  constructor(found: string, expected: string) {
    super(`SHA-256 ${found}, expected ${expected}`)
    this.found = found
    this.expected = expected
  }
}
