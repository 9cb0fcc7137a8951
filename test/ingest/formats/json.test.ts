import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import json from '../../../src/ingest/formats/json.ts'
import { JsonWalker } from '../../../src/ingest/json-walker.ts'
import { hasSharedData, readBytes, readShared, sniffBytes } from '../reading.ts'

describe.runIf(hasSharedData)('json on real files', () => {
  // Counts by `python3 -c "import json; print(len(json.load(open(…))['example']))"` and alike.
  it.each([
    [
      '04-education/GAOKAO-Bench/2010-2022_Biology_MCQs.json',
      150,
      ['year', 'category', 'question', 'answer', 'analysis', 'index', 'score'],
    ],
    [
      '04-education/GAOKAO-Bench/2010-2022_Math_II_MCQs.json',
      218,
      ['year', 'category', 'question', 'answer', 'analysis', 'index', 'score'],
    ],
    ['07-autonomous-driving/apolloscape/det3d_gt/180116_053947113_Camera_5.json', 5, ['area', 'car_id', 'pose', 'visible_rate']],
    ['10-chinese-text/dingo_test/test_local_json.json', 2, ['key', 'origin_prompt', 'prediction']],
    ['08-embodied-ai/g1_lerobot/meta/info.json', 1, ['codebase_version', 'robot_type', 'total_episodes']],
  ])('%s', async (path, nRecords, names) => {
    const { rows, batches, broken } = await readShared(json, path)
    expect([rows.length, broken.length]).toEqual([nRecords, 0])
    expect(batches[0]?.names.slice(0, names.length)).toEqual(names)
  })

  it('takes an ALFRED episode as one record', async () => {
    const { rows } = await readShared(
      json,
      '08-embodied-ai/alfred/train/look_at_obj_in_light-AlarmClock-None-DeskLamp-301/trial_T20190907_174127_043461/traj_data.json',
    )
    expect(rows.length).toBe(1)
    expect(rows[0]).toMatchObject({ task_id: 'trial_T20190907_174127_043461', task_type: 'look_at_obj_in_light' })
  })
})

describe('json shapes', () => {
  it.each<[what: string, text: string, expected: Record<string, unknown>[]]>([
    [
      'array of objects',
      '[{"a":1},{"b":[2]}]',
      [
        { a: 1, b: null },
        { a: null, b: [2] },
      ],
    ],
    ['array of numbers', '[1, 2.5]', [{ value: 1 }, { value: 2.5 }]],
    [
      'array of arrays',
      '[[1,"x"],[2,"y"]]',
      [
        { column_1: 1, column_2: 'x' },
        { column_1: 2, column_2: 'y' },
      ],
    ],
    ['an array inside', '{"n":2,"data":{"rows":[{"a":1},{"a":2}]}}', [{ a: 1 }, { a: 2 }]],
    [
      'object of objects',
      '{"x":{"a":1},"y":{"a":2}}',
      [
        { key: 'x', a: 1 },
        { key: 'y', a: 2 },
      ],
    ],
    [
      'a map whose objects have a key',
      '{"x":{"key":1},"y":{"a":2}}',
      [
        { key: 'x', key_2: 1, a: null },
        { key: 'y', key_2: null, a: 2 },
      ],
    ],
    ['one document', '{"name":"n","tags":["a"],"deep":{"b":true}}', [{ name: 'n', tags: ['a'], deep: { b: true } }]],
    ['an empty object', '[{}]', [{}]],
    ['a byte order mark', '\ufeff[{"a":1}]\n', [{ a: 1 }]],
    ['brackets in strings', '[{"a":"]}[{\\"\\\\"},{"a":"\\\\\\""}]', [{ a: ']}[{"\\' }, { a: '\\"' }]],
  ])('%s', async (_, text, expected) => {
    expect((await readBytes(json, 'a.json', text)).rows).toEqual(expected)
  })

  it('makes each long array of a COCO-like file a part', async () => {
    const annotations = Array.from({ length: 1200 }, (_, id) => ({ id, image_id: 1 }))
    const { batches } = await readBytes(json, 'a.json', JSON.stringify({ info: {}, images: [{ id: 1 }], annotations }))
    expect(batches.map((batch) => [batch.part, batch.ordinals.length])).toEqual([
      ['images', 1],
      ['annotations', 1200],
    ])
  })

  it('keeps whole numbers past 2^53 as strings', async () => {
    const { rows } = await readBytes(json, 'a.json', '[{"id":9007199254740993,"n":9007199254740991,"t":"9007199254740993, x","f":0.25}]')
    expect(rows[0]).toEqual({ id: '9007199254740993', n: 9007199254740991, t: '9007199254740993, x', f: 0.25 })
  })

  it('gives any array of values back, whatever the pieces of the stream', async () => {
    await fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 1 }), fc.integer({ min: 1, max: 7 }), (values, size) => {
        const text = JSON.stringify(values, null, size % 2)
        const elements: unknown[] = []
        const walker = new JsonWalker([''], 1 << 20, { element: (_path, _container, element) => elements.push(JSON.parse(element)) })
        for (let at = 0; at < text.length; at += size) walker.push(text.slice(at, at + size))
        walker.end()
        expect(walker.fault).toBeUndefined()
        expect(JSON.stringify(elements)).toBe(JSON.stringify(values))
      }),
    )
  })
})

describe('json elements past the limit', () => {
  it('are passed over without losing the next ones, whatever the pieces', () => {
    const long = `"${'x\\\\y\\"z]'.repeat(2000)}"`
    const text = `{"skip":${long},"rows":[1,${long},[2],{"a":${long}},3]}`
    for (const size of [1, 7, 100, 5000, 1_000_000]) {
      const elements: string[] = []
      let nOverlong = 0
      const walker = new JsonWalker(['rows/'], 1000, {
        element: (_path, _container, element) => elements.push(element),
        overlong: () => nOverlong++,
      })
      for (let at = 0; at < text.length; at += size) walker.push(text.slice(at, at + size))
      walker.end()
      expect(walker.fault).toBeUndefined()
      expect(elements.filter((element) => element.length < 10)).toEqual(['1', '[2]', '3'])
      if (size <= 100) expect([elements.length, nOverlong >= 2]).toEqual([3, true])
    }
  })
})

describe('json on bad input', () => {
  it('gives the byte of a trailing comma', async () => {
    const inArray = await readBytes(json, 'a.json', '[{"名":"é"},{"a":2},\n]')
    expect(inArray.rows.length).toBe(2)
    // Bytes by `printf | wc -c`: 12 for the first element, a bracket, two commas, 7 for the second.
    expect(inArray.broken).toMatchObject([{ place: 3, problem: { code: 'ingest/json-wrong', facts: { found: 'comma', byte: 22 } } }])
    const inObject = await readBytes(json, 'a.json', '{"a":1,}')
    expect(inObject.broken).toMatchObject([{ problem: { code: 'ingest/json-wrong', facts: { found: 'syntax', byte: 7 } } }])
  })

  it('keeps what stands before the cut of a truncated file', async () => {
    const { rows, problem } = await readBytes(json, 'a.json', '[{"a":1},{"a":2},{"a"')
    expect(rows).toEqual([{ a: 1 }, { a: 2 }])
    expect(problem).toMatchObject({ code: 'ingest/file-truncated' })
  })

  it.each([
    ['100,000 deep', '['.repeat(100_000), 'ingest/nesting-too-deep'],
    ['wrong brackets', '[{"a":1]}', 'ingest/json-wrong'],
    ['two documents', '[1] [2]', 'ingest/json-wrong'],
    ['no container', 'hello', 'ingest/json-wrong'],
    ['nothing', '', 'ingest/file-empty'],
    ['an empty array', '[]', 'ingest/file-empty'],
  ])('%s', async (_, text, code) => {
    expect((await readBytes(json, 'a.json', text)).problem?.code).toBe(code)
  })

  it('reports one broken element and reads the others', async () => {
    const { rows, broken } = await readBytes(json, 'a.json', '[{"a":1},{"a":nope},{"a":3}]')
    expect(rows).toEqual([{ a: 1 }, { a: 3 }])
    expect(broken).toMatchObject([{ place: 2, problem: { code: 'ingest/json-wrong' } }])
  })

  it('reads UTF-16 and GB 18030, and reports undecodable bytes', async () => {
    for (const encoding of ['utf-16le', 'gb18030']) {
      expect((await readBytes(json, 'a.json', iconv.encode('[{"名称":"水泵"}]', encoding))).rows).toEqual([{ 名称: '水泵' }])
    }
    const { broken } = await readBytes(json, 'a.json', Buffer.concat([Buffer.from('[{"a":"'), Buffer.from([0xff]), Buffer.from('"}]')]))
    expect(broken).toMatchObject([{ problem: { code: 'ingest/text-undecodable', facts: { found: 'ff' } } }])
  })

  it('takes any bytes without a crash', async () => {
    const marks = fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '1', 'a', ' ', '\n'), maxLength: 60 })
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), marks)
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => void (await readBytes(json, 'a.json', content))),
      { numRuns: 500 },
    )
  })

  it('leaves JSON Lines and INI files to others', () => {
    expect(sniffBytes(json, 'a.json', '{"a":1}\n{"a":2}\n')).toBeLessThan(0.8)
    expect(sniffBytes(json, 'a.conf', '[section]\nkey = 1\n')).toBe(0)
    expect(sniffBytes(json, 'a', '[{"a":1}]')).toBeGreaterThan(0.5)
  })
})
