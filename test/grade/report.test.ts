import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import type { Grade } from '../../src/grade/grade.ts'
import { accumulate, gradeDataset, startAccumulation } from '../../src/grade/grade.ts'
import type { TableFacts } from '../../src/grade/indicator.ts'
import { loadIndicators } from '../../src/grade/registry.ts'
import { renderGradeHtml } from '../../src/grade/report/render-grade.ts'
import type { ReportContext } from '../../src/grade/report/report-context.ts'
import { sealSvg } from '../../src/grade/report/seal.ts'
import { worstRecords } from '../../src/grade/report/worst-records.ts'
import { batchOf, factsOf, idOf, type Value } from './make-batch.ts'

const HOSTILE = `<img src=x onerror=alert(1)>"'&{a}`

const table: TableFacts = {
  name: 'pumps',
  modality: 'table',
  fields: [
    { name: 'pressure', type: 'number', range: [0, 200], unit: 'kPa', meaning: { zh: '出口压力', en: 'outlet pressure' } },
    { name: 'seen', type: 'timestamp', role: 'time' },
    { name: 'stage', type: 'integer' },
    { name: HOSTILE, type: 'category' },
    { name: 'state', type: 'category', role: 'label', codes: ['good', 'bad'] },
  ],
  codeLists: new Map(),
  demand: { task: { kind: 'classification', target: 'state', goal: 0.8 } },
}
const rows = Array.from({ length: 400 }, (_, at): Value[] => [
  (at * 37) % 211,
  Date.UTC(2025, 0, 1) + at * 3_600_000,
  at % 4,
  at % 5 === 0 ? HOSTILE : `kind ${at % 30}`,
  (at * 37) % 211 > 120 ? 'bad' : 'good',
])

const indicators = await loadIndicators()
const batch = batchOf(table.fields, rows)
const origin = { split: 'train', sources: rows.map(() => 'raw/a.csv') }
const grade: Grade = gradeDataset(indicators, factsOf(table, 400), [
  accumulate(indicators, startAccumulation(indicators, table), batch, table, origin),
])
const context: ReportContext = {
  title: { zh: '水泵', en: 'Pumps' },
  releaseHash: 'abcdef0123456789',
  verifyCommand: 'highgrade verify <folder>',
  flow: {
    ingested: 430,
    released: 400,
    merged: [{ reason: { zh: '完全相同', en: HOSTILE }, records: 20 }],
    quarantined: [
      { reason: { zh: '超出范围', en: HOSTILE }, records: 5 },
      { reason: { zh: '无法解析', en: HOSTILE }, records: 5 },
    ],
  },
  comparison: {
    metric: 'accuracy',
    refined: { rows: 300, mean: 0.9, bySeed: [0.9] },
    unrefined: { rows: 330, mean: 0.8, bySeed: [0.8] },
    testRows: 80,
    lift: 0.1,
    interval: { low: 0.02, high: 0.18 },
  },
}
const html = await renderGradeHtml(grade, [table], context)

describe('grade.html', () => {
  test('has the same bytes whenever it is drawn, in this process and in another', async () => {
    expect(await renderGradeHtml(grade, [table], context)).toBe(html)
    // The seal and styles aside, what could differ is ECharts' numbering: count its traces.
    expect(html).not.toMatch(/zr\d|ecmeta|_ec_/)
  })

  test('needs no network and runs no foreign script', () => {
    expect(html).not.toMatch(/<[^>]*\b(?:src|href)=|@import|url\(|https?:\/\/(?!www\.w3\.org\/2000\/svg)/)
    expect(html.match(/<script/g)?.length).toBe(1)
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x')
  })

  test('says everything in both languages', () => {
    const bare = html.replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    const [zh, en] = [/ lang="zh-CN"/g, / lang="en"/g].map((mark) => bare.match(mark)?.length ?? 0)
    expect(zh).toBe((en ?? 0) + 1) // and the page's own
    const outside = bare.replace(/<(span|div) lang="(?:zh-CN|en)">(?:(?!<\/?\1)[\s\S])*<\/\1>/g, '').replace(/<[^>]+>/g, '')
    expect(outside).not.toMatch(/\p{Script=Han}/u)
  })

  test('is well-formed: every element is closed in its place', () => {
    const open: string[] = []
    for (const [, closing, name, rest] of html
      .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
      .matchAll(/<(\/?)([a-z][a-z0-9]*)\b([^>]*)>/gi)) {
      if (['meta', 'br'].includes(name ?? '') || rest?.endsWith('/')) continue
      if (closing) expect(open.pop()).toBe(name)
      else open.push(name ?? '')
    }
    expect(open).toEqual([])
  })

  test('tells the verdict, the flow that adds up, and what was not measured', () => {
    expect(html).toContain('This data set does not pass yet')
    expect(html).toContain('这个数据集尚未通过评级')
    expect(html).toContain('430 ingested = 400 released + 30 merged or quarantined. None is lost.')
    expect(html).toContain('The time window that the scenario needs is not declared.')
    expect(html).toContain('highgrade verify &lt;folder&gt;')
    expect(html).toContain('a real gain')
    for (const { code } of indicators) expect(html).toContain(`id="i${code}"`)
  })

  test('a loss is said, not hidden', async () => {
    const lost = await renderGradeHtml(grade, [table], { flow: { ingested: 10, released: 8, merged: [], quarantined: [] } })
    expect(lost).toContain('This does not add up')
  })

  test('renders an empty set and one without anything measured', async () => {
    const empty = gradeDataset(indicators, factsOf(table, 0), [startAccumulation(indicators, table)])
    const page = await renderGradeHtml(empty, [table], { flow: { ingested: 0, released: 0, merged: [], quarantined: [] } })
    expect(page).toContain('None of the 5 indicators of fitness for use was measured.')
    expect(page).not.toContain('NaN')
  })
})

test('the seal: full when passed, hollow when not, dashed where nothing was measured', () => {
  const passed = sealSvg({ ...grade, passes: true }, 'abcdef0123456789')
  expect(passed).toContain('class="seal passed"')
  expect(passed).toContain('>abcdef01<')
  const none = sealSvg({ ...grade, application: { score: null, measured: 0, total: 5, passes: false } }, undefined)
  expect(none).toContain('class="seal open"')
  expect(none.match(/groove hollow/g)?.length).toBe(1)
  expect(none.match(/class="fill"/g)?.length).toBe(1)
})

test('worst records: those that fail most come first', () => {
  const worst = worstRecords(grade)
  const outOfRange = rows.flatMap((row, at) => (Number(row[0]) > 200 ? [idOf(at)] : []))
  expect(worst.map(({ id }) => id)).toEqual(outOfRange.slice(0, 20))
  expect(worst[0]?.reasons.map(({ en }) => en)).toEqual(['Schema conformity', 'out of range'])
})

test('another process in another time zone and language writes the same page', () => {
  const face = new URL('../../dist/grade/report/render-grade.js', import.meta.url).href
  const script = `const [grade, tables, context] = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
    import(${JSON.stringify(face)}).then((room) => room.renderGradeHtml(grade, tables, context)).then((page) => process.stdout.write(page))`
  const page = execFileSync(process.execPath, ['-e', script], {
    input: JSON.stringify([grade, [{ name: table.name, fields: table.fields }], context]),
    env: { ...process.env, TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8' },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  expect(page).toBe(html)
})
