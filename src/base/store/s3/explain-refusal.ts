import { type Problem, ProblemError } from '../../problem/index.ts'
import {
  accessDenied,
  changedUnderway,
  credentialsRefused,
  damagedUnderway,
  noBucket,
  noCredentials,
  objectArchived,
  storeRefused,
  unreachable,
  wrongRegion,
} from '../problems.ts'
import { Damaged, type ErrorFacts, factsOf, isPassing } from './retries.ts'

/** What a request was about. */
export interface Asked {
  /** `s3://bucket/key`. */
  readonly at: string
  readonly bucket: string
  readonly region: string
  readonly attempts: number
}

const BAD_CREDENTIALS = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidToken',
  'TokenRefreshRequired',
  'AuthFailure',
])
const NO_CREDENTIALS = new Set(['CredentialsProviderError', 'ProviderError', 'TokenProviderError'])
const ELSEWHERE = new Set(['PermanentRedirect', 'TemporaryRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'])

/**
 * The problem that an error of an object store is. Messages of the SDK are left out: some repeat what was signed,
 * access keys included.
 */
export function explainRefusal(error: unknown, asked: Asked): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof Damaged) return new ProblemError(damagedUnderway({ at: asked.at, found: error.found, expected: error.expected }))
  const facts = factsOf(error)
  return new ProblemError(byName(facts, asked) ?? byStatus(facts, asked) ?? lastResort(error, facts, asked))
}

function byName({ name, bucketRegion, status }: ErrorFacts, asked: Asked): Problem | undefined {
  const { at, bucket, region } = asked
  if (NO_CREDENTIALS.has(name)) return noCredentials({ at })
  if (BAD_CREDENTIALS.has(name)) return credentialsRefused({ at, found: name })
  if (name === 'NoSuchBucket') return noBucket({ at, found: bucket })
  if (name === 'InvalidObjectState') return objectArchived({ at, found: name })
  if (ELSEWHERE.has(name) || status === 301 || status === 307) return wrongRegion({ at, found: region, expected: bucketRegion ?? '?' })
  // A request that is signed for another region and whose answer has no body says so by this header alone.
  if (status === 400 && bucketRegion !== undefined && bucketRegion !== region)
    return wrongRegion({ at, found: region, expected: bucketRegion })
  return undefined
}

function byStatus({ name, status }: ErrorFacts, { at }: Asked): Problem | undefined {
  if (status === 401 || status === 403) return accessDenied({ at, found: `HTTP ${status} ${name}` })
  // The object was there when its size was asked for.
  if (status === 404 || status === 412 || status === 416) return changedUnderway({ at })
  return undefined
}

function lastResort(error: unknown, { name, code, status }: ErrorFacts, { at, attempts }: Asked): Problem {
  const found = [status === undefined ? '' : `HTTP ${status}`, code ?? '', name === 'Error' ? '' : name].filter(Boolean).join(' ')
  if (isPassing(error) || code !== undefined) return unreachable({ at, found: found || 'no answer', attempts })
  return storeRefused({ at, found: found || 'unknown' })
}
