import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import yaml from '../../../src/ingest/formats/yaml.ts'
import { hasSharedData, readBytes, readShared } from '../reading.ts'

describe.runIf(hasSharedData)('yaml on real files', () => {
  it('reads the bluebirds votes and truth (39 people and 108 pictures: Welinder et al. 2010)', async () => {
    const votes = await readShared(yaml, '11-label-noise-crowd/bluebirds/labels.yaml')
    expect(votes.rows.length).toBe(39)
    expect(Object.keys(votes.rows[0] ?? {}).length).toBe(109)
    expect(votes.rows[0]).toMatchObject({ key: '39', 11573: true, 11577: false })
    const truth = await readShared(yaml, '11-label-noise-crowd/bluebirds/gt.yaml')
    expect(truth.rows.length).toBe(108)
    expect(truth.rows.filter((row) => row['value'] === true).length).toBe(48)
  })
})

describe('yaml', () => {
  it.each<[what: string, text: string, expected: Record<string, unknown>[]]>([
    [
      'a list',
      '- {id: 1, name: 泵}\n- {id: 2, name: 阀}\n',
      [
        { id: 1, name: '泵' },
        { id: 2, name: '阀' },
      ],
    ],
    ['documents', 'a: 1\n---\na: 2\n', [{ a: 1 }, { a: 2 }]],
    ['a list inside', 'site: x\nrows:\n  - a: 1\n  - a: 2\n', [{ a: 1 }, { a: 2 }]],
    ['one document', 'a: 1\nb: [x]\n', [{ a: 1, b: ['x'] }]],
    ['long numbers', '- id: 9007199254740993\n  n: 12\n', [{ id: '9007199254740993', n: 12 }]],
  ])('%s', async (_, text, expected) => {
    expect((await readBytes(yaml, 'a.yaml', text)).rows).toEqual(expected)
  })

  it('reports the line of a fault and keeps the other documents', async () => {
    const { rows, broken } = await readBytes(yaml, 'a.yaml', 'a: 1\n---\nb: [1,\nc: }\n---\na: 3\n')
    expect(rows.map((row) => row['a'])).toEqual([1, 3])
    expect(broken).toMatchObject([{ problem: { code: 'ingest/yaml-wrong' } }])
  })

  it('refuses bombs of aliases and of nesting', async () => {
    const names = 'abcdefghij'.split('')
    const bomb = names
      .map(
        (name, i) =>
          `${name}: &${name} [${Array(9)
            .fill(i === 0 ? 'x' : `*${names[i - 1]}`)
            .join(',')}]`,
      )
      .join('\n')
    expect((await readBytes(yaml, 'a.yaml', bomb)).broken).toMatchObject([{ problem: { code: 'ingest/yaml-wrong' } }])
    const deep = await readBytes(yaml, 'a.yaml', `a: ${'['.repeat(50_000)}`)
    expect([...deep.broken.map((record) => record.problem.code), deep.problem?.code].join()).toMatch(/yaml-wrong|nesting-too-deep/)
    const block = Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')
    expect((await readBytes(yaml, 'a.yaml', block)).rows.length).toBeLessThan(2)
  })

  it('takes any bytes without a crash', async () => {
    const marks = fc.string({ unit: fc.constantFrom('a', ':', ' ', '-', '\n', '[', '{', '&', '*', '"', '#', '!', '|', '1'), maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), marks),
        async (content) => void (await readBytes(yaml, 'a.yaml', content)),
      ),
    )
    expect((await readBytes(yaml, 'a.yaml', '# only a remark\n')).problem?.code).toBe('ingest/file-empty')
  })
})
