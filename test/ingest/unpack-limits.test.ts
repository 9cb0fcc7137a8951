import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../src/base/problem/index.ts'
import { memberPaths, safePath } from '../../src/ingest/member-path.ts'
import { unpackBudget } from '../../src/ingest/unpack-limits.ts'

const LIMITS = { bytes: 1000, ratio: 10, freeBytes: 100, members: 3 }

async function* zeros(pieces: number, length: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < pieces; i++) yield new Uint8Array(length)
}

async function drain(pieces: AsyncIterable<Uint8Array>): Promise<number | string> {
  let bytes = 0
  try {
    for await (const piece of pieces) bytes += piece.length
    return bytes
  } catch (error) {
    return error instanceof ProblemError ? error.problem.code : String(error)
  }
}

describe('unpackBudget', () => {
  it('counts over all members of an archive', async () => {
    const budget = unpackBudget({ path: 'a.zip', size: 1000 }, LIMITS)
    expect(await drain(budget.count(zeros(6, 100)))).toBe(600)
    expect(await drain(budget.count(zeros(4, 100)))).toBe(400)
    expect(await drain(budget.count(zeros(1, 1)))).toBe('ingest/archive-too-large')
    expect(() => budget.countMember()).toThrow(ProblemError)
  })

  it('lets little data unpack at any ratio, and more only up to the limit', async () => {
    expect(await drain(unpackBudget({ path: 'a', size: 1 }, LIMITS).count(zeros(10, 10)))).toBe(100)
    expect(await drain(unpackBudget({ path: 'a', size: 9 }, LIMITS).count(zeros(11, 10)))).toBe('ingest/archive-too-large')
    expect(await drain(unpackBudget({ path: 'a', size: 11 }, LIMITS).count(zeros(11, 10)))).toBe(110)
  })

  it('limits members', () => {
    const budget = unpackBudget({ path: 'a', size: 1 }, LIMITS)
    for (let i = 0; i < 3; i++) budget.countMember()
    expect(() => budget.countMember()).toThrow(/4 members; the limit is 3 members/)
  })
})

describe('safePath', () => {
  it.each([
    ['a/b.csv', 'a/b.csv', true],
    ['./a//b.csv', 'a/b.csv', true],
    ['/etc/passwd', 'etc/passwd', true],
    ['C:\\data\\x.csv', 'data/x.csv', true],
    ['c:/x', 'x', true],
    ['..', 'unnamed', false],
    ['a/../../b', 'a/b', false],
    ['..\\b', 'b', false],
    ['a\0b', 'a_b', false],
    ['a\nb', 'a_b', false],
    ['', 'unnamed', false],
    ['a..b/..c', 'a..b/..c', true],
  ])('%j → %s', (name, path, isSafe) => {
    const result = safePath(name)
    expect([result.path, result.unsafe === null]).toEqual([path, isSafe])
  })

  it('keeps paths of one archive apart, also those that differ only in composition', () => {
    const pathOf = memberPaths()
    expect(['é.csv', 'e\u0301.csv', 'é.csv', 'd/.x', 'd/.x', 'noext', 'noext'].map((name) => pathOf(name).path)).toEqual([
      'é.csv',
      'e\u0301~2.csv',
      'é~3.csv',
      'd/.x',
      'd/.x~2',
      'noext',
      'noext~2',
    ])
  })

  it('keep 200,000 members of one name apart in linear time', () => {
    const pathOf = memberPaths()
    const paths = new Set(Array.from({ length: 200_000 }, () => pathOf('a/same.csv').path))
    expect(paths.size).toBe(200_000)
  })
})
