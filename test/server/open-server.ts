import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realServeEffects, serve } from '../../src/server/serve.ts'

/** A server of its own on an empty home, and how to talk to it. */
export interface OpenServer {
  readonly home: string
  readonly url: string
  readonly stop: () => Promise<void>
}

export async function openServer(rawFolders: readonly string[] = []): Promise<OpenServer> {
  const home = mkdtempSync(join(tmpdir(), 'hg-server-'))
  const started = await serve({ home, host: '127.0.0.1', port: 0, rawFolders }, realServeEffects)
  if (!started.ok) throw new Error(started.problem.message.en)
  return {
    home,
    url: started.value.url,
    stop: async () => {
      await started.value.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the server says
  readonly body: any
}

/** Calls a server as someone; a `secret` is a session's token or a key. */
export type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

export const callAs =
  (url: string, secret?: string): Call =>
  async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }

export const PASSWORD = 'correct horse battery'
export const person = (name: string) => ({ email: `${name}@example.org`, password: PASSWORD, name, language: 'en' as const })

/** Makes the first account. @returns calls as its owner */
export async function setUp(url: string): Promise<Call> {
  const { body } = await callAs(url)('POST', '/api/setup', { ...person('first'), organisation: 'Operator' })
  return callAs(url, body.token)
}

export async function signIn(url: string, name: string): Promise<Call> {
  const { body } = await callAs(url)('POST', '/api/sessions', { email: person(name).email, password: PASSWORD })
  return callAs(url, body.token)
}

/** Waits for a job's end. */
export async function ended(call: Call, job: string): Promise<Answer['body']> {
  for (let tries = 0; tries < 600; tries++) {
    const { body } = await call('GET', `/api/jobs/${job}`)
    if (body.state === 'done' || body.state === 'failed') return body
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`job ${job} did not end`)
}
