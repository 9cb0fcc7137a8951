import { describe, expect, it } from 'vitest'
import { batchOf } from '../../unify/batch-of.ts'
import { operator, run } from '../run-operator.ts'

const PEOPLE = batchOf(
  {
    name: ['王小明', '李雷', '王小明', null],
    phone: ['1', '2', '王小明', '4'],
    born: [Date.UTC(1990, 5, 1), Date.UTC(1985, 0, 1), null, 0],
    n: [37, -3, 40, null],
  },
  { born: { type: 'date' }, n: { type: 'integer' } },
)

describe('mask-columns', () => {
  it('drops, masks and generalises', async () => {
    const one = await operator('table/mask-columns')
    expect(run(one, [PEOPLE], { columns: ['name', 'n'] }).cells).toMatchObject({
      name: [null, null, null, null],
      n: [null, null, null, null],
      phone: ['1', '2', '王小明', '4'],
    })
    expect(run(one, [PEOPLE], { columns: ['name', 'born'], action: 'mask' }).cells).toMatchObject({
      name: ['***', '***', '***', null],
      born: [null, null, null, null],
    })
    expect(run(one, [PEOPLE], { columns: ['name', 'born', 'n'], action: 'generalise' }).cells).toMatchObject({
      name: ['王', '李', '王', null],
      born: [Date.UTC(1990, 0, 1), Date.UTC(1985, 0, 1), null, 0],
      n: [30, -10, 40, null],
    })
  })

  it('gives pseudonyms that join within a field, not between fields, and not without the key', async () => {
    const one = await operator('table/mask-columns')
    const given = { columns: ['name', 'phone', 'n'], action: 'pseudonym' }
    const { name, phone, n } = run(one, [PEOPLE], given).cells as Record<string, (string | number | null)[]>
    expect(name?.[0]).toMatch(/^[0-9a-f]{16}$/)
    expect(name?.[0]).toBe(name?.[2])
    expect(name?.[0]).not.toBe(name?.[1])
    expect(name?.[3]).toBeNull()
    expect(phone?.[2]).not.toBe(name?.[0])
    expect(Number.isSafeInteger(n?.[0])).toBe(true)
    const other = one.run(PEOPLE, one.parameters.parse(given), { fitted: undefined, carry: new Map(), pseudonymKey: new Uint8Array(32) })
    expect(other.kept.columns.get('name')?.values[0]).not.toBe(name?.[0])
  })

  it('makes HMAC-SHA-256 (computed by openssl)', async () => {
    // printf 'name\0王小明' | openssl dgst -sha256 -hmac 'key of the tests'
    const { name } = run(await operator('table/mask-columns'), [PEOPLE], { columns: ['name'], action: 'pseudonym' }).cells
    expect(name?.[0]).toBe('611e8cd3f9912b19')
  })

  it('leaves JSON to be JSON, and no name of a medium', async () => {
    const one = await operator('table/mask-columns')
    const batch = batchOf(
      { who: ['{"name":"王小明"}', '"李雷"'], photo: ['ab.png', null] },
      { who: { type: 'json' }, photo: { type: 'media' } },
    )
    for (const action of ['mask', 'pseudonym', 'generalise']) {
      const { cells } = run(one, [batch], { columns: ['who', 'photo'], action })
      expect(cells['photo']).toEqual([null, null])
      for (const text of cells['who'] ?? []) expect(JSON.parse(String(text))).toMatch(/^(?:\*\*\*|[0-9a-f]{16})$/)
    }
  })

  it('finds the start of any year', async () => {
    const moments = [Date.parse('0050-06-01T12:00:00Z'), Date.parse('1969-12-31T23:59:59.999Z'), -1]
    const batch = batchOf({ born: moments }, { born: { type: 'timestamp' } })
    const { born } = run(await operator('table/mask-columns'), [batch], { columns: ['born'], action: 'generalise' }).cells
    expect(born).toEqual([Date.parse('0050-01-01T00:00:00Z'), Date.parse('1969-01-01'), Date.parse('1969-01-01')])
  })
})
