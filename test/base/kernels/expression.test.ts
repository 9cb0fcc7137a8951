import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { expressionFields, parseExpression } from '../../../src/base/kernels/expression.ts'
import { conditionOver } from '../../../src/base/kernels/expression-columns.ts'
import { packSchema } from '../../../src/base/recipe/pack.ts'
import { packIds } from '../../../src/refine/packs.ts'
import { batchOf } from '../../refine/unify/batch-of.ts'

const DAY = 86_400_000
const BATCH = batchOf(
  {
    a: [1, 2, null, 4],
    b: [1, 1, 1, null],
    s: ['x', 'Xyz', null, "it's"],
    t: [0, DAY, 40 * DAY, null],
    温度: [36, 37, 38, 39],
    'a b': [1, 0, 1, 0],
    code: ['3', '4', 'q', null],
  },
  { t: { type: 'timestamp' } },
)
function judge(text: string): (boolean | null)[] {
  const parsed = parseExpression(text)
  if (!parsed.ok) throw new Error(`${text} at ${parsed.at}: ${parsed.expected}`)
  const condition = conditionOver(parsed.expression, BATCH)
  return [0, 1, 2, 3].map((row) => (Number.isNaN(condition(row)) ? null : condition(row) === 1))
}
const [T, F, U] = [true, false, null]

describe('conditionOver', () => {
  it.each([
    ['a == b', [T, F, U, U]],
    ['a <= 2', [T, T, U, F]],
    ['a + b * 2 = 3', [T, F, U, U]],
    ['(a + b) * 2 == 4', [T, F, U, U]],
    ['-a < -1', [F, T, U, T]],
    ['a is missing', [F, F, T, F]],
    ['a is not missing', [T, T, F, T]],
    ['not a == 1', [F, T, U, T]],
    ['a == 1 or b is missing', [T, F, U, T]],
    ['a == 1 and b == 1', [T, F, U, F]],
    ['a > 100 and b > 100', [F, F, F, F]],
    ['a in (1, 4)', [T, F, U, T]],
    ['a not in (1, 4)', [F, T, U, F]],
    ['s == "x"', [T, F, U, F]],
    ["s == 'it''s'", [F, F, U, T]],
    ['s in ("x", "y")', [T, F, U, F]],
    ['length(s) >= 3', [F, T, U, T]],
    ['lower(s) == "xyz"', [F, T, U, F]],
    ['contains(s, "y")', [F, T, U, F]],
    ['abs(a - 3) == 1', [F, T, U, T]],
    ['max(a, b) == 2', [F, T, U, U]],
    ['round(a / 3, 1) == 0.7', [F, T, U, F]],
    ['a / 0 == 1', [U, U, U, U]],
    ['温度 > 37', [F, F, T, T]],
    ['`a b` == true', [T, F, T, F]],
    ['t < "1970-01-02"', [T, F, F, U]],
    ['t >= date("1970-02-01")', [F, F, T, U]],
    ['year(t) == 1970 and month(t) == 2', [F, F, T, U]],
    ['code == 4', [F, T, U, U]],
    ['code == "4"', [F, T, F, U]],
    ['nothing > 1', [U, U, U, U]],
    ['nothing > 1 or a > 0', [T, T, U, T]],
    ['a && b', [T, T, U, U]],
    ['!a', [F, F, U, F]],
    ['1e3 > .5', [T, T, T, T]],
    ['not not a == 1', [T, F, U, F]],
  ])('%s', (text, expected) => expect(judge(text)).toEqual(expected))

  it.each([
    ['', 0],
    ['a ==', 4],
    ['a == = b', 5],
    ['(a', 2],
    ['a b', 2],
    ['foo(a)', 0],
    ['abs(a, b)', 0],
    ['a is', 4],
    ['a in ()', 6],
    ['"open', 0],
    ['a # b', 2],
    ['a < b < c', 6],
    ['and', 0],
    ['a;b', 1],
    [`${'('.repeat(100)}a`, 64],
    ['process.exit()', 7],
  ])('%s is wrong at %d', (text, at) => expect(parseExpression(text)).toMatchObject({ ok: false, at }))

  it('names the fields', () => {
    const parsed = parseExpression('abs(a - `b c`) <= max(a, 3) and d in ("x", e) or f is missing')
    expect(parsed.ok && expressionFields(parsed.expression)).toEqual(['a', 'b c', 'd', 'e', 'f'])
  })

  it('agrees with DuckDB on arithmetic, comparison and three-valued logic', async () => {
    const leaf = fc.constantFrom('a', 'b', '1', '2', '0.5')
    const sum = fc.letrec<{ sum: string; condition: string }>((tie) => ({
      sum: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.tuple(tie('sum'), fc.constantFrom('+', '-', '*'), tie('sum')).map(([l, o, r]) => `(${l} ${o} ${r})`),
        tie('sum').map((of) => `abs(${of})`),
      ),
      condition: fc.oneof(
        { maxDepth: 3 },
        fc.tuple(tie('sum'), fc.constantFrom('=', '!=', '<', '<=', '>', '>='), tie('sum')).map(([l, o, r]) => `${l} ${o} ${r}`),
        fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map(([l, o, r]) => `(${l}) ${o} (${r})`),
        tie('condition').map((of) => `not (${of})`),
      ),
    }))
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    await fc.assert(
      fc.asyncProperty(sum.condition, async (text) => {
        const sql = `SELECT (${text}) FROM (VALUES (0, 1::DOUBLE, 1::DOUBLE), (1, 2, 1), (2, NULL, 1), (3, 4, NULL)) t(n, a, b) ORDER BY n`
        const rows = await (await connection.run(sql)).getRows()
        expect(judge(text), text).toEqual(rows.map(([value]) => value))
      }),
      { numRuns: 150 },
    )
  })

  it('reads every rule of the packs, and each names fields of its schema', async () => {
    let rules = 0
    for (const id of await packIds()) {
      const pack = packSchema.parse(parse(readFileSync(new URL(`../../../packs/${id}/pack.yaml`, import.meta.url), 'utf8')))
      for (const schema of Object.values(pack.schemas)) {
        const names = new Set(schema.fields.map(({ name }) => name))
        for (const { rule } of schema.checks) {
          const parsed = parseExpression(rule)
          expect(parsed, rule).toMatchObject({ ok: true })
          if (parsed.ok)
            for (const name of expressionFields(parsed.expression)) expect(names.has(name), `${id}: ${name} in ${rule}`).toBe(true)
          rules++
        }
      }
    }
    expect(rules).toBeGreaterThan(20)
  })

  it('is linear on hostile input', () => {
    const start = performance.now()
    for (const text of [
      'a+'.repeat(5000),
      '('.repeat(10_000),
      'not '.repeat(2500),
      `"${'""'.repeat(4900)}`,
      '-'.repeat(10_000),
      'a or '.repeat(2000),
      'x'.repeat(1e6),
    ])
      parseExpression(text)
    expect(performance.now() - start).toBeLessThan(300)
  })
})
