import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const ROOT = new URL('../../examples/', import.meta.url)

/** Folders under examples/ that hold the named file, with a slash at the end. */
const foldersWith = (file: string): string[] =>
  readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(`/${file}`))
    .map((path) => path.slice(0, -file.length))
    .sort()

describe.each(foldersWith('generate.ts'))('raw files of %s', async (folder) => {
  const { generate } = (await import(new URL(`${folder}generate.ts`, ROOT).href)) as { generate: () => Map<string, Uint8Array> }
  const raw = new URL(`${folder}raw/`, ROOT)
  const made = generate()

  // Writes them anew: HIGHGRADE_WRITE_EXAMPLES=1 npx vitest run test/packs/generators.test.ts
  if (process.env['HIGHGRADE_WRITE_EXAMPLES'] === '1') {
    rmSync(raw, { recursive: true, force: true })
    mkdirSync(raw, { recursive: true })
    for (const [name, bytes] of made) writeFileSync(new URL(name, raw), bytes)
  }

  it('equal what the generator gives, byte for byte', () => {
    expect(readdirSync(raw).sort()).toEqual([...made.keys()].sort())
    for (const [name, bytes] of made) expect(readFileSync(new URL(name, raw)).equals(bytes), name).toBe(true)
  })

  it('are given the same a second time', () => {
    for (const [name, bytes] of generate()) expect(Buffer.from(bytes).equals(made.get(name) ?? Buffer.alloc(0)), name).toBe(true)
  })

  it('are small', () => {
    let total = 0
    for (const name of readdirSync(raw)) total += statSync(new URL(name, raw)).size
    expect(total).toBeLessThanOrEqual(250_000)
  })
})
