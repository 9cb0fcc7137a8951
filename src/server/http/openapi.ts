import { z } from 'zod'
import type { Route } from '../../guard/index.ts'

const PROBLEM = {
  description: 'problem',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

const WORDS = { type: 'object', required: ['zh', 'en'], properties: { zh: { type: 'string' }, en: { type: 'string' } } }

/** JSON Schema 2020-12, which OpenAPI 3.1 is written in. */
const schemaOf = (type: z.ZodType, io: 'input' | 'output'): unknown => {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' })
  return schema
}

function parametersOf(type: z.ZodType | undefined, place: 'path' | 'query'): unknown[] {
  if (!type) return []
  const { properties = {}, required = [] } = schemaOf(type, 'input') as { properties?: Record<string, unknown>; required?: string[] }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }))
}

function operationOf(route: Route): unknown {
  const content =
    typeof route.answer === 'string'
      ? { [route.answer]: { schema: {} } }
      : { 'application/json': { schema: schemaOf(route.answer, 'input') } }
  const isPublic = route.permission === 'public'
  return {
    operationId: `${route.method} ${route.path}`.replace(/[^a-z0-9]+/gi, '-').replace(/-$/, ''),
    summary: route.summary.en,
    description: route.summary.zh,
    tags: [route.path.split('/')[2] ?? 'server'],
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: {
              [route.bodyType === 'form' ? 'application/x-www-form-urlencoded' : 'application/json']: {
                schema: schemaOf(route.body, 'input'),
              },
            },
          },
        }
      : {}),
    responses: { [route.status ?? 200]: { description: route.summary.en, content }, default: PROBLEM },
    ...(isPublic ? { security: [], 'x-public': true } : { security: [{ key: [] }, { session: [] }], 'x-permission': route.permission }),
  }
}

/** OpenAPI knows no parameter that takes slashes; a plain one stands for it. */
const pathOf = ({ path }: Route): string => path.replaceAll('*}', '}')

/** The OpenAPI 3.1 document of the routes, in the order of their paths. */
export function openApiOf(routes: readonly Route[], version: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of [...routes].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)))
    paths[pathOf(route)] = { ...paths[pathOf(route)], [route.method]: operationOf(route) }
  return {
    openapi: '3.1.0',
    info: { title: 'Highgrade', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'API key, hgk_…' },
        session: { type: 'apiKey', in: 'cookie', name: 'highgrade-session' },
      },
      schemas: {
        Problem: {
          type: 'object',
          description: 'RFC 9457',
          required: ['type', 'title', 'status', 'code', 'message', 'advice'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string' },
            message: WORDS,
            advice: WORDS,
            facts: { type: 'object' },
            instance: { type: 'string' },
          },
        },
      },
    },
  }
}
