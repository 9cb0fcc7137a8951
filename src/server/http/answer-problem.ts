import type { Problem } from '../../base/problem/index.ts'

/** Status of a problem by the end of its code; what is not named is the request's fault: 422. */
const STATUS: readonly (readonly [RegExp, number])[] = [
  [/unauthenticated$|wrong-password$/, 401],
  [/balance-used-up$/, 402],
  [/not-entitled$|entitlement-over$|entitlement-revoked$|quota-used-up$|delivery-not-in-plan$/, 403],
  [/range-invalid$/, 416],
  [/forbidden$/, 403],
  [/not-found$/, 404],
  [/conflict|taken$|already-/, 409],
  [/request-invalid$/, 400],
  [/too-many-/, 429],
  [/internal-error$/, 500],
  [/unreachable$/, 503],
]

export const statusOf = ({ code }: Problem): number => STATUS.find(([pattern]) => pattern.test(code))?.[1] ?? 422

/** A problem as application/problem+json (RFC 9457), told in both languages. */
export function answerProblem(problem: Problem, requestId: string, headers: Readonly<Record<string, string>> = {}): Response {
  const status = statusOf(problem)
  const body = {
    type: `urn:highgrade:problem:${problem.code}`,
    title: problem.message.en,
    status,
    code: problem.code,
    message: problem.message,
    advice: problem.advice,
    facts: problem.facts,
    instance: `urn:uuid:${requestId}`,
  }
  const seconds = problem.facts['seconds']
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      ...(status === 429 && seconds !== undefined ? { 'retry-after': String(seconds) } : {}),
      ...headers,
    },
  })
}
