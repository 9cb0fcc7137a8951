import type { z } from 'zod'
import type { Database } from '../base/database/index.ts'
import type { Outcome, Problem, Words } from '../base/problem/index.ts'
import type { Actor } from './access/actor.ts'
import type { Permission } from './access/roles.ts'

/** What the server lends to every route beside the request. */
export interface RouteEffects {
  readonly db: Database
  /** The moment of the request. */
  readonly now: Date
  /** A new random UUID. */
  readonly newId: () => string
  /** Ends when the client goes away or the server stops. */
  readonly signal: AbortSignal
}

/** A checked request. */
export interface Asked<P, Q, B> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly headers: Headers
  /** The address as the client wrote it, with the scheme that a proxy in front was asked by. */
  readonly url: URL
  /** Only the head is asked for: nothing is delivered. */
  readonly isHead: boolean
}

interface RouteWords<P, Q, B, A> {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** With `{name}` for parameters, as OpenAPI writes it; `{name*}` takes all that follows, slashes too. */
  readonly path: string
  readonly summary: Words
  /** 200 unless said otherwise. */
  readonly status?: 200 | 201 | 202
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** How the body comes; JSON unless said otherwise. A form's values are lists. */
  readonly bodyType?: 'form'
  /** A POST that changes nothing but what was used: not a write for the audit log. */
  readonly isReading?: true
  /** How clients of another protocol are told what is refused; problem+json where undefined. */
  readonly refuse?: (problem: Problem, status: number) => Response
  /** Members of the answer that are told once and kept nowhere: a repeated request under its key gets the rest. */
  readonly unkept?: readonly string[]
  /** What a JSON answer looks like; a media type for anything else. */
  readonly answer: A
}

type Run<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A, W extends unknown[]> = (
  asked: Asked<z.output<P>, z.output<Q>, z.output<B>>,
  effects: RouteEffects,
  ...who: W
) => Promise<Response | (A extends z.ZodType ? Outcome<z.input<A>> : Outcome<never>)>

type PublicRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A> = RouteWords<P, Q, B, A> & {
  readonly run: Run<P, Q, B, A, []>
}

type GuardedRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A> = RouteWords<P, Q, B, A> & {
  readonly permission: Permission
  readonly run: Run<P, Q, B, A, [Actor]>
}

/** A route with its handler, whatever it asks and answers; without a permission there is none. */
export type Route = RouteWords<z.ZodType, z.ZodType, z.ZodType, z.ZodType | string> &
  (
    | {
        readonly permission: 'public'
        readonly run: (asked: Asked<unknown, unknown, unknown>, effects: RouteEffects) => Promise<Outcome<unknown> | Response>
      }
    | {
        readonly permission: Permission
        readonly run: (asked: Asked<unknown, unknown, unknown>, effects: RouteEffects, actor: Actor) => Promise<Outcome<unknown> | Response>
      }
  )

/** A route that anyone may call. */
export const definePublicRoute = <
  A extends z.ZodType | string,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
>(
  route: PublicRoute<P, Q, B, A>,
): Route => ({ ...route, permission: 'public' }) as unknown as Route

/** A route for those who hold its permission in the organisation that they act for. */
export const defineRoute = <
  A extends z.ZodType | string,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
>(
  route: GuardedRoute<P, Q, B, A>,
): Route => route as unknown as Route
