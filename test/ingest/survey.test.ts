import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { matchesAny, reachesInto, startPlaces } from '../../src/ingest/glob.ts'
import { survey } from '../../src/ingest/index.ts'
import { zipBytes } from './archives.ts'

const work = mkdtempSync(join(tmpdir(), 'survey-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))
let folders = 0

function rawFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = join(work, String(folders++))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

/** Paths that a survey finds for some globs, and how many files it looked at. */
async function surveyed(folder: string, only: readonly string[]): Promise<{ paths: string[]; refused: string[]; seen: number }> {
  let seen = 0
  const options = { folder, only, except: [], unpackInto: join(work, `members-${folders++}`), formats: [] }
  const found = await survey(options, { report: ({ total = 0 }) => (seen = total) })
  return { paths: found.sources.map(({ entry }) => entry.path).sort(), refused: found.refused.map(({ entry }) => entry.path).sort(), seen }
}

const CSV = 'a,b\n1,2\n3,4\n'

describe('survey', () => {
  it('looks at a file that is named, and at nothing beside it', async () => {
    const folder = rawFolder({ 'x/a.csv': CSV, 'x/b.csv': CSV, 'x/deep/c.csv': CSV, 'y/d.csv': CSV })
    expect(await surveyed(folder, ['x/a.csv'])).toEqual({ paths: ['x/a.csv'], refused: [], seen: 1 })
    expect(await surveyed(folder, ['x/a.csv', 'y/*.csv'])).toEqual({ paths: ['x/a.csv', 'y/d.csv'], refused: [], seen: 2 })
    expect(await surveyed(folder, ['x'])).toMatchObject({ paths: ['x/a.csv', 'x/b.csv', 'x/deep/c.csv'], seen: 3 })
    expect(await surveyed(folder, ['x/none.csv'])).toMatchObject({ paths: [], refused: [] })
    expect(await surveyed(folder, ['none/none.csv'])).toMatchObject({ paths: [], refused: [] })
  })

  it('finds a named file whose name is written in other characters on the disk', async () => {
    const folder = rawFolder({ ['cafe\u0301.csv']: CSV, 'b.csv': CSV })
    expect((await surveyed(folder, ['caf\u00e9.csv'])).paths).toEqual(['cafe\u0301.csv'])
  })

  it('refuses a link that is named', async () => {
    const folder = rawFolder({ 'a.csv': CSV })
    symlinkSync(join(folder, 'a.csv'), join(folder, 'link.csv'))
    expect(await surveyed(folder, ['link.csv'])).toEqual({ paths: [], refused: ['link.csv'], seen: 1 })
  })

  it('opens archives of archives wherever a glob reaches', async () => {
    const inner = zipBytes([
      { name: 'in/c.csv', data: Buffer.from(CSV) },
      { name: 'd.json', data: Buffer.from('[{"a":1}]') },
    ])
    const folder = rawFolder({
      'outer.zip': zipBytes([
        { name: 'inner.zip', data: inner },
        { name: 'e.csv', data: Buffer.from(CSV) },
      ]),
      'other.zip': zipBytes([{ name: 'f.csv', data: Buffer.from(CSV) }]),
    })
    const [c, d, e] = ['outer.zip!/inner.zip!/in/c.csv', 'outer.zip!/inner.zip!/d.json', 'outer.zip!/e.csv']
    expect((await surveyed(folder, ['outer.zip!/**/*.csv'])).paths).toEqual([e, c])
    expect((await surveyed(folder, ['outer.zip!/inner.zip!/in/c.csv'])).paths).toEqual([c])
    expect((await surveyed(folder, ['outer.zip!/*.zip!/*.json'])).paths).toEqual([d])
    expect((await surveyed(folder, ['outer.zip!/*.csv'])).paths).toEqual([e])
    expect((await surveyed(folder, ['outer.zip'])).paths).toEqual([e, d, c])
  })
})

describe('globs', () => {
  const part = fc.constantFrom('a', 'b', '*', '**', 'x?', 'r.zip!', '数据')
  const name = fc.constantFrom('a', 'b', 'xy', 'r.zip!', '数据')
  const globs = fc.array(
    fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join('/')}/*`),
    { minLength: 1, maxLength: 3 },
  )
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => [...parts, 'f'].join('/'))

  it('are looked for in places that hold all that they name, none of which lies in another', () => {
    return fc.assert(
      fc.asyncProperty(globs, path, fc.boolean(), async (some, file, isThere) => {
        const places = await startPlaces(some, async () => isThere)
        const inside = (place: string): boolean => place === '' || `${file.split('!/')[0]}/`.startsWith(`${place}/`)
        if (matchesAny(some, file)) expect(places.some(inside)).toBe(true)
        for (const place of places)
          for (const other of places) if (place !== other) expect(`${place}/`.startsWith(`${other}/`) || other === '').toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  it('reach into every archive inside of an open one in which they name something', () => {
    fc.assert(
      fc.property(globs, path, (some, file) => {
        const levels = file.split('!/')
        for (let level = 2; level < levels.length; level++) {
          const archive = levels.slice(0, level).join('!/')
          const outerIsNamed = some.some((glob) => glob.includes('!/') && matchesAny([glob.split('!/')[0] as string], levels[0] as string))
          if (
            outerIsNamed &&
            some.some((glob) => matchesAny([glob], file) && matchesAny([glob.split('!/')[0] as string], levels[0] as string))
          )
            expect(matchesAny(some, archive) || reachesInto(some, archive)).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
