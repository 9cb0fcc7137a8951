import { z } from 'zod'
import { sql } from '../../base/database/index.ts'
import { succeed } from '../../base/problem/index.ts'
import { definePublicRoute, type Route } from '../../guard/index.ts'
import type { Metrics } from '../http/metrics.ts'

/** What the machine's own tools ask: health and metrics. */
export function systemRoutes(metrics: Metrics, version: string): Route[] {
  return [
    definePublicRoute({
      method: 'get',
      path: '/healthz',
      summary: { zh: '服务与数据库是否可用', en: 'Whether server and database answer' },
      answer: z.object({ status: z.literal('ok'), version: z.string() }),
      run: async (_, { db }) => {
        await sql`select 1`.execute(db)
        return succeed({ status: 'ok' as const, version })
      },
    }),
    definePublicRoute({
      method: 'get',
      path: '/metrics',
      summary: { zh: 'Prometheus 指标', en: 'Metrics for Prometheus' },
      answer: 'text/plain',
      run: async () => new Response(await metrics.text(), { headers: { 'content-type': metrics.contentType } }),
    }),
  ]
}
