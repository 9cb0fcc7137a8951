import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { remove, temporaryFolder } from '../../src/base/store/index.ts'
import type { Grade } from '../../src/grade/index.ts'
import { gradeData } from '../../src/grade-data.ts'
import { isRecordFormat } from '../../src/refine/index.ts'

/** A record that keeps to TC609-5-2025-02 in all. */
const good = (n: number): Record<string, unknown> => ({
  id: `r-${n}`,
  rid: null,
  data_content: [{ media_type: 'text', content: `第${n}号轴承的温度在十分钟内升高了五度，随后恢复正常。` }],
  annotation: { label: ['正常'], annotation_method: '人工标注', annotator: null },
  original_time: '2025-03-01T08:00:00Z',
  last_modified_time: '2025-03-01',
  version: '1.0.0',
  license: '仅内部',
  source: '自采',
  source_details: '一号线温度传感器',
  generated_data_indicator: 0,
})

type Change = (record: Record<string, unknown>) => unknown
const put =
  (key: string, value: unknown): Change =>
  (record) => {
    record[key] = value
  }
const drop =
  (key: string): Change =>
  (record) =>
    delete record[key]
const annotate =
  (values: object): Change =>
  (record) => {
    record['annotation'] = { ...(record['annotation'] as object), ...values }
  }

/** What is done to a record, and the indicators that must fail it: by hand from the field table of standards.md 1.3. */
const CASES: readonly (readonly [name: string, change: Change, fails: readonly string[]])[] = [
  ['last_modified_time equal to the day before', put('last_modified_time', '2025-02-28'), ['0201']],
  ['untouched but for the later time', put('last_modified_time', '2025-03-02'), []],
  ['rid key absent', drop('rid'), ['0201']],
  ['rid a list', put('rid', ['r-1']), []],
  ['rid a text', put('rid', 'r-1'), ['0201']],
  ['annotation null', put('annotation', null), []],
  ['annotation key absent', drop('annotation'), ['0201']],
  ['annotation a text', put('annotation', '正常'), ['0201', '0203']],
  ['label empty', annotate({ label: [] }), ['0203']],
  ['label a text', annotate({ label: '正常' }), ['0203']],
  ['annotator unknown', annotate({ annotator: '实习生' }), ['0203']],
  ['method unknown', annotate({ annotation_method: '机器标注' }), ['0203']],
  ['annotator key absent', put('annotation', { label: ['正常'], annotation_method: null }), ['0203']],
  ['data_content empty', put('data_content', []), ['0204']],
  ['data_content a text', put('data_content', '[{"media_type":"text","content":"x"}]'), ['0201']],
  ['data_content null', put('data_content', null), ['0201', '0204']],
  ['media_type absent', put('data_content', [{ content: '温度正常，无需处理。' }]), ['0201']],
  ['media_type unknown', put('data_content', [{ media_type: 'hologram', content: '温度正常，无需处理。' }]), ['0201']],
  ['media_type a list', put('data_content', [{ media_type: ['text'], content: '压力正常，无需处理。' }]), []],
  ['version a number', put('version', 3), ['0201']],
  ['version blank', put('version', '  '), ['0204']],
  ['licence absent', drop('license'), ['0201', '0204']],
  ['licence null', put('license', null), ['0201', '0204']],
  ['licence empty', put('license', ''), ['0204']],
  ["indicator '1'", put('generated_data_indicator', '1'), ['0201']],
  ['indicator true', put('generated_data_indicator', true), ['0201']],
  ['indicator 1', put('generated_data_indicator', 1), []],
  ['indicator 2', put('generated_data_indicator', 2), ['0201']],
  ['indicator null', put('generated_data_indicator', null), ['0201', '0204']],
  ['original_time in Chinese', put('original_time', '2025年3月1日'), []],
  ['original_time no date', put('original_time', 'soon'), ['0201']],
  ['30 February', put('original_time', '2025-02-30'), ['0201']],
  ['original_time a number', put('original_time', 20250301), ['0201']],
  ['internet with an address', (record) => Object.assign(record, { source: '互联网', source_details: 'https://example.org/a?b=1' }), []],
  ['internet without one', (record) => Object.assign(record, { source: '互联网', source_details: '某网站' }), ['0205']],
  ['source_details blank', put('source_details', ' '), ['0204', '0205']],
  ['more keys', put('note', { a: 1 }), []],
]

const JUDGED = ['0201', '0203', '0204', '0205']

async function gradeLines(lines: readonly string[]): Promise<Grade> {
  const folder = await temporaryFolder('highgrade-records-')
  try {
    const path = join(folder, 'records.jsonl')
    writeFileSync(path, `${lines.join('\n')}\n`)
    const graded = await gradeData(path)
    if (!graded.ok) throw new Error(graded.problem.message.en)
    return graded.value.grade
  } finally {
    await remove(folder)
  }
}

/** Line numbers, from 0, of failing records. */
function failingLines(grade: Grade, code: string): number[] {
  const one = grade.indicators[code]
  if (one?.status !== 'measured') throw new Error(`${code} was not measured`)
  return one.failing.map((id) => Number(id.split('-')[1])).sort((a, b) => a - b)
}

describe('the national record format, recognised and graded as it came', () => {
  let grade: Grade
  beforeAll(async () => {
    const records = CASES.map(([, change], n) => {
      const record = good(n)
      if (n > 0) record['last_modified_time'] = '2025-03-02'
      change(record)
      return record
    })
    grade = await gradeLines([
      ...records.map((record) => JSON.stringify(record)),
      JSON.stringify({ ...records[1], data_content: records[3]?.['data_content'] }),
    ])
  })

  test('every record is counted in every indicator', () => {
    for (const code of [...JUDGED, '0202', '0208'])
      expect(grade.indicators[code]).toMatchObject({ status: 'measured', b: CASES.length + 1 })
  })

  test.each(JUDGED)('%s fails the records that it should, and no other', (code) => {
    const wanted = CASES.flatMap(([, , fails], n) => (fails.includes(code) ? [n] : []))
    // The last line repeats the id of the second.
    expect(failingLines(grade, code)).toEqual(code === '0201' ? [...wanted, CASES.length] : wanted)
  })

  test('0201 says what is broken, by field', () => {
    expect(grade.indicators['0201']).toMatchObject({
      evidence: {
        broken: { 'records.annotation key': 1, 'records.generated_data_indicator type': 2, 'records.record_id unique': 1 },
        refused: 0,
      },
    })
  })
})

test('a file without one of the keys in any record is graded, not refused', async () => {
  const records = Array.from({ length: 3 }, (_, n) => {
    const { license: _absent, ...rest } = good(n)
    return JSON.stringify({ ...rest, last_modified_time: '2025-03-02' })
  })
  const grade = await gradeLines(records)
  for (const code of ['0201', '0204']) expect(grade.indicators[code]).toMatchObject({ a: 0, b: 3 })
})

test('texts inside data_content are judged as texts; records of media alone are not asked for any', async () => {
  const items = [
    [{ media_type: 'text', content: '锟斤拷锟斤拷 你好' }],
    [{ media_type: 'text', content: '电话\n13812345678联系' }],
    [{ media_type: 'image', content: 'media/a.png' }],
    [{ media_type: 'text', content: ' ' }],
    [{ media_type: 'text', content: '泵房巡检，一切正常。' }],
  ]
  const grade = await gradeLines(
    items.map((data_content, n) => JSON.stringify({ ...good(n), last_modified_time: '2025-03-02', data_content })),
  )
  expect(failingLines(grade, '0202')).toEqual([1])
  expect(failingLines(grade, '0208')).toEqual([0, 3])
})

test('other files are not taken for it', () => {
  expect(isRecordFormat(['data_content', 'id', 'source', 'version'])).toBe(false)
  expect(isRecordFormat(['id', 'source', 'version', 'license', 'original_time', 'annotation', 'rid'])).toBe(false)
  expect(isRecordFormat(Object.keys(good(0)))).toBe(true)
})
