import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import jsonl from '../../../src/ingest/formats/jsonl.ts'
import { parseJson } from '../../../src/ingest/json-text.ts'
import { readBytes } from '../reading.ts'

const readLine = async (line: string): Promise<Record<string, unknown> | undefined> => (await readBytes(jsonl, 'a.jsonl', line)).rows[0]

describe('whole numbers in JSON Lines', () => {
  it('keep all digits past 2^53, as text', async () => {
    const { rows } = await readBytes(
      jsonl,
      'a.jsonl',
      '{"id":1234567890123456789,"deep":{"ids":[-9007199254740993, 7]}}\n{"id":9007199254740991,"deep":null}\n',
    )
    expect(rows).toEqual([
      { id: '1234567890123456789', deep: { ids: ['-9007199254740993', 7] } },
      { id: 9007199254740991, deep: null },
    ])
  })

  it.each<[what: string, line: string, expected: Record<string, unknown>]>([
    ['digits in a string', '{"a":"1234567890123456789"}', { a: '1234567890123456789' }],
    ['digits in a string like a number', '{"a":"x, 1234567890123456789, y","b":1}', { a: 'x, 1234567890123456789, y', b: 1 }],
    ['a long fraction', '{"a":0.1234567890123456789}', { a: 0.12345678901234568 }],
    ['a long number with a fraction', '{"a":1234567890123456.5}', { a: 1234567890123456.5 }],
    ['an exponent', '{"a":1234567890123456789e2}', { a: 123456789012345680000 }],
    ['microseconds since 1970', '{"a":1700000000000001}', { a: 1700000000000001 }],
  ])('leave %s as JSON.parse gives it', async (_, line, expected) => {
    expect(await readLine(line)).toEqual(expected)
  })

  it('are exact wherever they stand on the line', async () => {
    const value = fc.oneof(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      fc.string({ unit: fc.constantFrom('1', '9', '0', ',', ' ', '"', '\\', ':') }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 6 }), fc.nat({ max: 40 }), async (values, padding) => {
        const tokens = values.map((one) => (typeof one === 'bigint' ? String(one) : JSON.stringify(one)))
        const row = await readLine(`{"v":${' '.repeat(padding)}[${tokens.join(', ')}]}`)
        const read = row?.['v'] as unknown[] | undefined
        expect(read?.map(String)).toEqual(values.map(String))
      }),
    )
  })

  it('make no text JSON that is none, and none that is', () => {
    const unit = fc.constantFrom('12345678901234567890', '0', '-', '1', ',', ' ', '"', '\\', ':', '{', '}', '[', ']', '.', 'e', 'true')
    const texts = fc.oneof(
      fc.string({ unit, maxLength: 12 }),
      fc.jsonValue().map((value) => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(texts, (text) => {
        let expected: unknown
        try {
          expected = JSON.parse(text)
        } catch (error) {
          expect(() => parseJson(text)).toThrow(error as SyntaxError)
          return
        }
        expect(JSON.parse(JSON.stringify(parseJson(text)), asNumber)).toEqual(JSON.parse(JSON.stringify(expected), asNumber))
      }),
      { numRuns: 3000 },
    )
  })

  it('cost time in proportion to the line', () => {
    const start = performance.now()
    const value = parseJson(`{"a":[${'12345678901234567890,'.repeat(100_000)}1]}`) as { a: unknown[] }
    expect(value.a.length).toBe(100_001)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

/** Strings of digits as the numbers they may have been. */
const asNumber = (_key: string, value: unknown): unknown => (typeof value === 'string' && /^-?\d{16,}$/.test(value) ? Number(value) : value)
