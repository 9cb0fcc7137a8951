import { scryptSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hashPassword, hashSecret, isPassword, makeSecret } from '../../src/guard/access/secrets.ts'

describe('passwords', () => {
  it('are kept as scrypt with a salt of their own, and recognised in any Unicode form', async () => {
    const [one, other] = await Promise.all([hashPassword('pässword-密码'), hashPassword('pässword-密码')])
    expect(one).not.toBe(other)
    const [, n, r, p, salt, hash] = one.split('$') as string[]
    const expected = scryptSync('pässword-密码'.normalize('NFKC'), Buffer.from(salt as string, 'base64'), 32, {
      N: Number(n),
      r: Number(r),
      p: Number(p),
      maxmem: 2 ** 26,
    })
    expect(hash).toBe(expected.toString('base64'))
    expect(await isPassword('pässword-密码'.normalize('NFD'), one)).toBe(true)
    expect(await isPassword('password-密码', one)).toBe(false)
  })

  it('of no account are refused', async () => {
    expect(await isPassword('anything')).toBe(false)
    expect(await isPassword('')).toBe(false)
  })
})

it('secrets are long, tell what they are, and are kept as a hash', () => {
  expect(makeSecret('hgk')).toMatch(/^hgk_[\w-]{43}$/)
  expect(makeSecret('hgk')).not.toBe(makeSecret('hgk'))
  expect(hashSecret('a').toString('hex')).toBe('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb')
})
