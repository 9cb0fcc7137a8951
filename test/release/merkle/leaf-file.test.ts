import { createHash } from 'node:crypto'
import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { mergeLeafFiles, writeLeafFile } from '../../../src/release/leaf-file.ts'
import { treeHash } from '../../../src/release/merkle.ts'

const work = mkdtempSync(join(tmpdir(), 'leaves-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const hashOf = (id: string): Buffer => createHash('sha256').update(id).digest()
let made = 0
async function write(ids: readonly string[]): Promise<string> {
  const path = join(work, `${made++}.leaves`)
  await writeLeafFile(path, ids, ids.map(hashOf))
  return path
}
const rootOf = (ids: readonly string[]): string => treeHash([...ids].sort().map(hashOf))

describe('leaf files', () => {
  it('merge to the root over all ids in their order, however they are dealt out', async () => {
    const ids = fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(ids, fc.integer({ min: 1, max: 7 }), fc.integer(), async (all, n, seed) => {
        const shards: string[][] = Array.from({ length: n }, () => [])
        for (const [i, id] of all.entries()) shards[Math.abs((i * 7919 + seed) % n)]?.push(id)
        const paths = await Promise.all(shards.map(write))
        expect(await mergeLeafFiles(paths)).toEqual({ root: rootOf(all), size: all.length })
        expect(await mergeLeafFiles([...paths].reverse())).toEqual({ root: rootOf(all), size: all.length })
      }),
      { numRuns: 40 },
    )
  })

  it('are read in windows: files larger than one, ranges and interleaved', async () => {
    const ids = Array.from({ length: 30_000 }, (_, i) => `${String(i).padStart(9, '0')}-${'x'.repeat(i % 90)}`)
    const ranges = await Promise.all([write(ids.slice(0, 9_000)), write(ids.slice(9_000, 9_001)), write([]), write(ids.slice(9_001))])
    expect(statSync(ranges[3] as string).size).toBeGreaterThan(1_000_000)
    const interleaved = await Promise.all([0, 1, 2].map((part) => write(ids.filter((_, i) => i % 3 === part).reverse())))
    const expected = { root: rootOf(ids), size: ids.length }
    expect(await mergeLeafFiles(ranges)).toEqual(expected)
    expect(await mergeLeafFiles(interleaved)).toEqual(expected)
  })

  it('refuse an id that occurs twice, in one shard or in two', async () => {
    await expect(write(['a', 'b', 'a'])).rejects.toThrow('id a occurs twice')
    await expect(mergeLeafFiles([await write(['a', 'c']), await write(['b', 'c'])])).rejects.toThrow('id c occurs twice')
  })

  it('that were cut or grew are not taken for whole', async () => {
    const cut = await write(['a', 'b', 'c'])
    truncateSync(cut, statSync(cut).size - 1)
    await expect(mergeLeafFiles([cut])).rejects.toThrow('ends within a leaf')
    const grown = await write(['a'])
    appendFileSync(grown, Buffer.from([1]))
    await expect(mergeLeafFiles([grown])).rejects.toThrow('ends within a leaf')
  })

  it('of no records are the empty tree', async () => {
    expect(await mergeLeafFiles([])).toEqual({ root: treeHash([]), size: 0 })
  })
})
