import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverFiles, type FilePart } from '../../src/draft/cover-files.ts'
import { matchesAny } from '../../src/ingest/index.ts'

const whole = (path: string): FilePart => ({ path, part: '' })

/** The parts that globs name, as a build reads them. */
const named = (globs: readonly string[], all: readonly FilePart[]): FilePart[] =>
  all.filter(({ path, part }) => matchesAny(globs, path) || matchesAny(globs, `${path}#${part}`))

describe('globs of a table', () => {
  it.each<[string, string[], string[], string[]]>([
    ['one file by its name', ['a.csv'], ['b.csv'], ['a.csv']],
    ['a folder of one kind', ['x/1.csv', 'x/2.csv', 'x/3.csv'], ['y/1.csv'], ['x/*.csv']],
    ['folders below a folder', ['x/a/1.csv', 'x/b/2.csv', 'x/b/3.csv'], ['1.csv'], ['x/**/*.csv']],
    ['a folder that another table shares', ['x/1.csv', 'x/2.csv', 'x/3.csv'], ['x/9.csv'], ['x/1.csv', 'x/2.csv', 'x/3.csv']],
    ['members of an archive', ['d.zip!/1.csv', 'd.zip!/2.csv', 'd.zip!/3.csv'], ['1.csv'], ['d.zip!/*.csv']],
    ['an archive in an archive', ['d.zip!/e.zip!/1.csv'], [], ['d.zip!/e.zip!/1.csv']],
    ['a sharp in a name', ['no #1.csv'], [], ['no ?1.csv']],
  ])('%s', (_, wanted, others, globs) => {
    const all = [...wanted, ...others].map(whole)
    expect(coverFiles(wanted.map(whole), all)).toEqual(globs)
    expect(named(globs, all)).toEqual(wanted.map(whole))
  })

  it('names sheets of a workbook that several tables share', () => {
    const sheet = (part: string): FilePart => ({ path: 'a.xlsx', part })
    const all = [sheet('1921'), sheet('1922'), sheet('notes')]
    const globs = coverFiles([sheet('1921'), sheet('1922')], all)
    expect(globs).toEqual(['a.xlsx#1921', 'a.xlsx#1922'])
    expect(named(globs, all)).toEqual([sheet('1921'), sheet('1922')])
  })

  it('names exactly the parts of the table, for any tree', () => {
    const name = fc.constantFrom('a', 'b', 'c d', '数据', '[x]', 'e+', '(1)')
    const path = fc
      .tuple(fc.array(fc.constantFrom('p', 'q', 'r.zip!', '目录'), { maxLength: 3 }), name, fc.constantFrom('.csv', '.CSV', '.json', ''))
      .map(([folders, stem, extension]) => [...folders, `${stem}${extension}`].join('/'))
    const part = fc.record({ path, part: fc.constantFrom('', 'Sheet1', '表2') })
    fc.assert(
      fc.property(
        fc.uniqueArray(part, { selector: (one) => `${one.path}\n${one.part}`, minLength: 1, maxLength: 24 }),
        fc.nat(),
        (all, bits) => {
          const wanted = all.filter((_, at) => (bits >> (at % 24)) & 1)
          if (wanted.length > 0) expect(named(coverFiles(wanted, all), all)).toEqual(wanted)
        },
      ),
      { numRuns: 500 },
    )
  })
})
