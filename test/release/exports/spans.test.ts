import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inUtf16, type LabelledSpan, labelledBoxes, labelledSpans, withoutOverlaps } from '../../../src/base/kernels/index.ts'
import { bioTags, type TaggedToken } from '../../../src/release/annotations/bio-tags.ts'
import { streamed, written } from '../export-texts.ts'
import { idsOf, makeRelease } from '../make-release.ts'
import { SENTENCES } from './made-tables.ts'

describe('conll', () => {
  it('tags Han characters one by one and Latin words whole, cut where a span ends', async () => {
    const folder = await makeRelease({ tables: [SENTENCES] })
    const sentences = (await streamed(folder, 'conll')).trimEnd().split('\n\n')
    // Written by hand from the spans in made-tables.ts.
    expect(sentences[0]?.split('\n')).toEqual([
      '张\tB-人名',
      '三\tI-人名',
      '在\tO',
      '北\tB-机构',
      '京\tI-机构',
      '大\tI-机构',
      '学\tI-机构',
      '读\tO',
      '书\tO',
      '。\tO',
    ])
    expect(sentences[1]?.split('\n')).toEqual([
      'Anna\tB-PER',
      'visited\tO',
      'New\tB-LOC',
      'York\tI-LOC',
      'er\tO',
      'HQ\tO',
      '🌾\tB-CROP',
      'in\tO',
      '2024\tO',
    ])
    expect(sentences[2]).toBe('没\tO\n有\tO\n实\tO\n体\tO')
    expect(sentences[3]).toBe('out\tO')
    const { leftOut } = await written(folder, 'conll')
    expect(leftOut.map(({ count, examples }) => [count, examples])).toEqual([
      [1, [idsOf(SENTENCES)[1]]],
      [1, [idsOf(SENTENCES)[3]]],
      [2, [idsOf(SENTENCES)[4]]],
    ])
  })

  it('takes tokens and tags that are given, and leaves out records that do not fit', async () => {
    const fields = [
      { name: 'tokens', type: 'json' },
      { name: 'ner_tags', type: 'json' },
    ] as const
    const rows = [
      { tokens: '["EU","rejects"]', ner_tags: '["B-ORG","O"]' },
      { tokens: '["a","b"]', ner_tags: '["O"]' },
      { tokens: '["a b"]', ner_tags: '["O"]' },
      { tokens: '["x"]', ner_tags: '[3]' },
      { tokens: null, ner_tags: null },
    ]
    const { text, leftOut } = await written(await makeRelease({ tables: [{ name: 't', modality: 'text', fields, rows }] }), 'conll')
    expect(text('t.conll')).toBe('EU\tB-ORG\nrejects\tO\n\nx\t3\n\n')
    expect(leftOut.map(({ count }) => count)).toEqual([1, 1, 1])
  })
})

describe('labelled spans', () => {
  it.each([
    ['[{"start":1,"end":3,"label":"A"}]', [{ start: 1, end: 3, label: 'A' }]],
    [
      '[[1,3,"A"],[4,5,"B"]]',
      [
        { start: 1, end: 3, label: 'A' },
        { start: 4, end: 5, label: 'B' },
      ],
    ],
    ['[1,3,"A"]', [{ start: 1, end: 3, label: 'A' }]],
    ['{"entities":[{"start_offset":1,"end_offset":3,"label":"A"}]}', [{ start: 1, end: 3, label: 'A' }]],
    ['[{"begin":1,"end":3,"type":"A"}]', [{ start: 1, end: 3, label: 'A' }]],
    ['[{"value":{"start":1,"end":3,"labels":["A"]}}]', [{ start: 1, end: 3, label: 'A' }]],
    ['[{"start":1,"end":3}]', [{ start: 1, end: 3, label: 'ENTITY' }]],
    ['null', []],
    ['"x"', []],
    ['[{"start":"1","end":3}]', []],
  ])('of %s', (json, spans) => {
    expect(labelledSpans(JSON.parse(json))).toEqual(spans)
  })

  it('cannot overflow the stack or take more than linear time', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    expect(labelledSpans(JSON.parse(deep))).toEqual([])
    expect(labelledBoxes(JSON.parse(deep))).toEqual([])
  })

  it('count as Python does: the text that they cover is the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(40), fc.nat(40), (text, from, length) => {
        const points = [...text]
        const [span] = inUtf16(text, [{ start: from, end: from + length, label: 'x' }], 'code-points')
        if (from + length > points.length) expect(span && (span.start < 0 || span.end > text.length)).toBe(true)
        else expect(text.slice(span?.start, span?.end)).toBe(points.slice(from, from + length).join(''))
      }),
    )
  })
})

/** Spans as IOB2 tags tell them: text of each, without white space, and its label. */
function told(tagged: readonly TaggedToken[]): [string, string][] {
  const spans: [string, string][] = []
  for (const [token, tag] of tagged) {
    if (tag.startsWith('B-')) spans.push([token, tag.slice(2)])
    else if (tag.startsWith('I-')) (spans.at(-1) as [string, string])[0] += token
  }
  return spans
}

describe('BIO tags', () => {
  const unit = fc.constantFrom('a', 'B', '7', ' ', '\n', '张', '北', '，', '.', 'あ', 'é', '🌾', '한')
  const text = fc.string({ unit, maxLength: 40 })
  const spans = fc.array(fc.record({ start: fc.nat(45), length: fc.nat(10), label: fc.constantFrom('PER', '地名') }), { maxLength: 8 })

  it('tell every span that was kept, and every visible character once', () => {
    fc.assert(
      fc.property(text, spans, (whole, some) => {
        const given: LabelledSpan[] = some.map(({ start, length, label }) => ({ start, end: start + length, label }))
        const left: string[] = []
        const kept = withoutOverlaps(whole, inUtf16(whole, given, 'code-points'), (reason) => left.push(reason))
        expect(kept.length + left.length).toBe(given.length)
        const tagged = bioTags(whole, kept)
        const visible = (part: string): string => part.replace(/\s/g, '')
        expect(tagged.map(([token]) => token).join('')).toBe(visible(whole))
        expect(told(tagged)).toEqual(kept.map(({ start, end, label }) => [visible(whole.slice(start, end)), label]))
      }),
      { numRuns: 300 },
    )
  })
})

describe('labelled boxes', () => {
  it.each([
    ['[{"bbox":[1,2,3,4],"category":"car"}]', [[1, 2, 3, 4, 'car']]],
    [
      '{"bbox":[[1,2,3,4],[5,6,7,8]],"category":[0,1]}',
      [
        [1, 2, 3, 4, '0'],
        [5, 6, 7, 8, '1'],
      ],
    ],
    ['{"boxes":[[1,2,4,6]],"labels":["dog"]}', [[1, 2, 3, 4, 'dog']]],
    ['[{"category":"car","box2d":{"x1":1,"y1":2,"x2":4,"y2":6}}]', [[1, 2, 3, 4, 'car']]],
    [
      '{"labels":[{"category":"a","box2d":{"x1":0,"y1":0,"x2":1,"y2":1}},{"category":"b","x":1,"y":1,"w":2,"h":2}]}',
      [
        [0, 0, 1, 1, 'a'],
        [1, 1, 2, 2, 'b'],
      ],
    ],
    ['{"name":"人","xmin":1,"ymin":2,"xmax":4,"ymax":6}', [[1, 2, 3, 4, '人']]],
    ['[1,2,3,4]', [[1, 2, 3, 4, undefined]]],
    [
      '[[1,2,3,4],[5,6,7,8]]',
      [
        [1, 2, 3, 4, undefined],
        [5, 6, 7, 8, undefined],
      ],
    ],
    ['[{"bbox":[1,2,3],"category":"car"}]', []],
    ['[{"bbox":[1,2,3,"4"]}]', []],
    ['{}', []],
  ])('of %s', (json, boxes) => {
    expect(labelledBoxes(JSON.parse(json)).map((box) => [box.left, box.top, box.width, box.height, box.label])).toEqual(boxes)
  })
})
