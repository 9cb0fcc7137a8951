import type { Words } from './words.tsx'

/** What the server says when it refuses (RFC 9457). */
export class Refusal extends Error {
  readonly words: Words
  readonly advice: Words
  readonly id: string
  readonly status: number
  constructor(status: number, body: { message?: Words; advice?: Words; instance?: string }) {
    const words = body.message ?? { zh: `服务器回答 ${status}`, en: `The server answered ${status}` }
    super(words.en)
    this.words = words
    this.advice = body.advice ?? { zh: '稍后重试。', en: 'Try again later.' }
    this.id = (body.instance ?? '').replace('urn:uuid:', '')
    this.status = status
  }
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      // A click that is sent twice by a bad line is done once.
      ...(method === 'GET' ? {} : { 'idempotency-key': crypto.randomUUID() }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.json().catch(() => ({}))
  if (!response.ok) throw new Refusal(response.status, answer as { message?: Words })
  return answer as T
}

export const get = <T>(path: string): Promise<T> => ask('GET', path)
export const post = <T>(path: string, body?: unknown): Promise<T> => ask('POST', path, body ?? {})
export const remove = <T>(path: string): Promise<T> => ask('DELETE', path)

export interface Me {
  readonly name: string
  readonly email: string
  readonly organisation: string
  readonly handle: string
  readonly isOperator: boolean
  readonly permissions: readonly string[]
}

export interface Scores {
  readonly documentation: number | null
  readonly quality: number | null
  readonly application: number | null
  readonly passes: boolean
}

export interface Dataset {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly nRecords: number
  readonly root: string
  readonly passes: boolean
  readonly createdAt: string
}

export interface Version {
  readonly version: string
  readonly root: string
  readonly nRecords: number
  readonly tables: readonly { readonly name: string; readonly modality: string; readonly records: number }[]
  readonly counts: { readonly in: number; readonly out: number; readonly merged: number; readonly quarantined: number }
  readonly grade: Scores
  readonly createdAt: string
}

export interface StageProgress {
  readonly stage: string
  readonly done: number
  readonly total: number
  readonly unit: string
  readonly atMs: number
  readonly startedMs: number
}

export interface Job {
  readonly id: string
  readonly kind: string
  readonly state: 'queued' | 'running' | 'done' | 'failed'
  readonly progress: readonly StageProgress[]
  readonly result: { readonly dataset?: string; readonly version?: string } | null
  readonly problem: { readonly message: Words; readonly advice: Words } | null
  readonly createdAt: string
}

export interface Field {
  readonly name: string
  readonly type: string
  readonly unit?: string
  readonly meaning?: Words
}

export interface RecordPage {
  readonly table: string
  readonly fields: readonly Field[]
  readonly items: readonly Readonly<Record<string, unknown>>[]
  readonly total: number
  readonly next: string | null
}

export interface CatalogueEntry {
  readonly id: string
  readonly address: string
  readonly organisation: string
  readonly title: Words
  readonly summary: Words
  readonly keywords: readonly string[]
  readonly sector: string | null
  readonly modalities: readonly string[]
  readonly license: string | null
  readonly version: string
  readonly nRecords: number
  readonly passes: boolean
  readonly scores: Omit<Scores, 'passes'>
}

export interface Found {
  readonly items: readonly CatalogueEntry[]
  readonly total: number
  readonly isFuzzy: boolean
  readonly facets: Readonly<Record<string, readonly { readonly value: string; readonly n: number }[]>>
}

export interface Plan {
  readonly id: string
  readonly kind: string
  readonly title: Words
  readonly terms: Readonly<Record<string, unknown>>
  readonly upfront: string
}

export interface Listing {
  readonly id: string
  readonly address: string
  readonly organisation: string
  readonly title: Words
  readonly summary: Words
  readonly state: 'draft' | 'in-review' | 'listed' | 'refused' | 'withdrawn'
  readonly reviewNote: string | null
  readonly sheet: {
    readonly dataset: string
    readonly version: string
    readonly root: string
    readonly records: number
    readonly bytes: number
    readonly license: string | null
    readonly publisher: string | null
    readonly generated: boolean
    readonly tables: readonly {
      readonly name: string
      readonly modality: string
      readonly records: number
      readonly fields: readonly Field[]
    }[]
    readonly grade: Scores
  } | null
  readonly checklist: readonly {
    readonly code: string
    readonly words: Words
    readonly holds: boolean
    readonly by: 'computed' | 'declared'
  }[]
  readonly tokens: Readonly<Record<string, number>>
  readonly versions: readonly { readonly version: string; readonly commit: string; readonly addedAt: string }[]
  readonly plans: readonly Plan[]
}

export interface Entitlement {
  readonly id: string
  readonly address: string
  readonly title: Words
  readonly buyer: string
  readonly kind: string
  readonly version: string | null
  readonly startsAt: string
  readonly endsAt: string | null
  readonly revokedAt: string | null
  readonly used: { readonly records: number; readonly tokens: number; readonly calls: number }
  readonly charged: string
}

export interface UsageEvent {
  readonly id: string
  readonly sequence: number
  readonly at: string
  readonly protocol: string
  readonly subject: string
  readonly records: number
  readonly tokens: number
  readonly calls: number
  readonly charge: string
}
