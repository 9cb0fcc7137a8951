import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from '../../base/database/index.ts'
import { countJobs } from '../jobs/queries.ts'
import type { Served } from './app.ts'

/** Counters of this process in Prometheus's text format. */
export interface Metrics {
  readonly served: (facts: Served) => void
  readonly text: () => Promise<string>
  readonly contentType: string
}

export function createMetrics(db: Database): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const requests = new Counter({
    name: 'highgrade_http_requests_total',
    help: 'Requests by route and status',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'highgrade_http_request_seconds',
    help: 'Time until the head of the answer',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  new Gauge({
    name: 'highgrade_jobs',
    help: 'Jobs by state',
    labelNames: ['state'],
    registers,
    async collect() {
      for (const [state, n] of await countJobs(db)) this.set({ state }, n)
    },
  })
  return {
    served: ({ method, route, status, seconds: took }) => {
      requests.inc({ method, route, status })
      seconds.observe({ method, route }, took)
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
