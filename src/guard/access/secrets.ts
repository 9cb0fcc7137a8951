import { createHash, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** 32 MiB and about 0.1 s a try. Source: OWASP Password Storage Cheat Sheet, scrypt with N = 2^15, r = 8, p = 3. */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const
const MEMORY = 64 * 1024 * 1024
const HASH_BYTES = 32
const SALT_BYTES = 16

const derive = (password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)))
  })

/** Hash of a password with its parameters and salt: `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string, salt: Buffer = randomBytes(SALT_BYTES)): Promise<string> {
  const key = await derive(password, salt, { ...COST, maxmem: MEMORY })
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$')
}

/** A hash that no password has, so that an unknown account takes as long to refuse as a wrong password. */
const NOBODY = `scrypt$${COST.N}$${COST.r}$${COST.p}$${Buffer.alloc(SALT_BYTES).toString('base64')}$${Buffer.alloc(HASH_BYTES).toString('base64')}`

/** Does the password belong to the hash? Takes as long when there is no hash. */
export async function isPassword(password: string, stored: string = NOBODY): Promise<boolean> {
  const [, n, r, p, salt, hash] = stored.split('$')
  const key = await derive(password, Buffer.from(salt ?? '', 'base64'), { N: Number(n), r: Number(r), p: Number(p), maxmem: MEMORY })
  const expected = Buffer.from(hash ?? '', 'base64')
  return expected.length === key.length && timingSafeEqual(expected, key)
}

/** A secret of 256 random bits with a head that tells what it is, as scanners of leaked secrets look for. */
export const makeSecret = (head: 'hgs' | 'hgk'): string => `${head}_${randomBytes(32).toString('base64url')}`

/** What is kept of a session's token or a key. It is random: a plain hash cannot be guessed back. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()
