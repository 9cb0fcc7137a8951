import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, canonicalRecords, type Field, recordHashes } from '../../../src/base/record/index.ts'
import { batchOf, type Value } from '../make-release.ts'

describe('canonical JSON', () => {
  it('is what RFC 8785 gives for its sample (3.2.2 to 3.2.4)', () => {
    const sample = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts members by UTF-16 code units, as the sample of RFC 8785, 3.2.3 does', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.values(JSON.parse(canonicalJson(sample)) as Record<string, string>).length).toBe(7)
    const order = [...canonicalJson(sample).matchAll(/:"(?<name>[^"]+)"/g)].map((match) => match.groups?.['name'])
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  it.each([
    // RFC 8785, appendix B: IEEE 754 bits, and the JSON number.
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s as %s', (bits, expected) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(expected)
  })

  it('refuses numbers that JSON cannot hold', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(() => canonicalJson(value)).toThrow(RangeError)
  })

  it('equals the npm package canonicalize on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 5 }), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value))
      }),
      { numRuns: 500 },
    )
  })
})

describe('canonical records', () => {
  const fields: Field[] = [
    { name: 'z', type: 'text' },
    { name: 'n', type: 'number' },
    { name: 'b', type: 'boolean' },
    { name: 't', type: 'timestamp' },
    { name: 'd', type: 'date' },
    { name: 'j', type: 'json' },
    { name: '名', type: 'category' },
  ]
  const row = fc.record<Record<string, Value>>({
    z: fc.option(fc.string({ unit: 'grapheme' })),
    n: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    b: fc.option(fc.constantFrom(0, 1)),
    t: fc.option(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 })),
    d: fc.option(fc.integer({ min: -719_162, max: 2_932_896 }).map((days) => days * 86_400_000)),
    j: fc.option(fc.jsonValue({ stringUnit: 'grapheme' }).map((value) => canonicalize(value) ?? 'null')),
    名: fc.option(fc.string({ unit: 'grapheme' })),
  })

  it('are the canonical JSON of what the record holds, without what is missing', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const ids = rows.map((_, i) => `id-${i}`)
        const texts = canonicalRecords(batchOf(fields, ids, rows))
        for (const [i, text] of texts.entries()) {
          const one = rows[i] ?? {}
          const held: Record<string, unknown> = { id: ids[i] }
          for (const [name, value] of Object.entries(one)) {
            if (value === null) continue
            if (name === 'b') held[name] = value === 1
            else if (name === 't') held[name] = new Date(Number(value)).toISOString()
            else if (name === 'd') held[name] = new Date(Number(value)).toISOString().slice(0, 10)
            else held[name] = name === 'j' ? JSON.parse(String(value)) : value
          }
          expect(text).toBe(canonicalize(held))
        }
      }),
    )
  })

  it('count a lone surrogate as U+FFFD, so that the hash is that of the file', () => {
    const batch = batchOf([{ name: 'x', type: 'text' }], ['1', '2'], [{ x: 'a\ud800b' }, { x: 'a\ufffdb' }])
    expect(canonicalRecords(batch)[0]).toBe('{"id":"1","x":"a\ufffdb"}')
    const same = batchOf([{ name: 'x', type: 'text' }], ['1'], [{ x: 'a\ufffdb' }])
    expect(recordHashes(batch)[0]).toEqual(recordHashes(same)[0])
  })
})
