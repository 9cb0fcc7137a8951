import { beforeAll, describe, expect, it } from 'vitest'
import type { Field } from '../../../src/base/record/index.ts'
import { editDistance } from '../../../src/refine/unify/edit-distance.ts'
import { mapColumns } from '../../../src/refine/unify/map-columns.ts'
import { loadSimplifier } from '../../../src/refine/unify/simplify-han.ts'

let simplify: (text: string) => string
beforeAll(async () => {
  simplify = await loadSimplifier()
})

const FIELDS: readonly Field[] = [
  { name: 'temperature', type: 'number', unit: 'Cel', from: ['温度', 'temp'], range: [-40, 200] },
  { name: 'status', type: 'category', codeList: 'status' },
  { name: 'device', type: 'category', from: ['设备编号'] },
  { name: 'measured_at', type: 'timestamp', from: ['采集时间'] },
]
const codeLists = {
  status: [
    { code: 'RUN', zh: '运行', en: 'running', aliases: ['on'] },
    { code: 'STOP', zh: '停机', en: 'stopped', aliases: [] },
    { code: 'FAULT', zh: '故障', en: 'fault', aliases: ['报警'] },
  ],
}
const reasons = (names: string[], columns: unknown[][]): Record<string, string> => {
  const { mapping, proposals } = mapColumns(names, columns, FIELDS, { codeLists, simplify })
  return Object.fromEntries(
    Object.entries(mapping).map(([field, column]) => [
      field,
      `${column}: ${proposals.find((one) => one.field === field && one.column === column)?.reason}`,
    ]),
  )
}

describe('mapColumns', () => {
  it('knows same names, synonyms, letters, likeness and values', () => {
    const values = [
      ['20', '21.5'],
      ['运行', '停机', '报警'],
      ['A1', 'B2'],
      ['2024-03-05 10:00', '2024-03-05 10:01'],
    ]
    expect(reasons(['温度', 'col2', '設備編號', 'Measured At'], values)).toEqual({
      temperature: '温度: synonym',
      status: 'col2: same-values',
      device: '設備編號: same-letters',
      measured_at: 'Measured At: same-letters',
    })
    expect(reasons(['ＴＥＭＰ（℃）', 'status', 'device', 'mesured_at'], values)).toEqual({
      temperature: 'ＴＥＭＰ（℃）: same-letters',
      status: 'status: same-name',
      device: 'device: same-name',
      measured_at: 'mesured_at: similar-name',
    })
  })

  it('does not take a like name whose values are of another type', () => {
    expect(mapColumns(['mesured_at'], [['red', 'blue', 'green']], FIELDS, { codeLists }).mapping).toEqual({})
    expect(mapColumns(['temperatura'], [['20', '21']], FIELDS, { codeLists }).mapping).toEqual({ temperature: 'temperatura' })
    expect(mapColumns(['temperatura'], [['2000', '2100']], FIELDS, { codeLists }).mapping).toEqual({})
  })

  it('maps one to one and says what was ambiguous and what was left', () => {
    const { mapping, ambiguous, unmappedColumns, unmappedFields } = mapColumns(['temp', '温度', 'extra'], [['20'], ['21'], ['x']], FIELDS, {
      codeLists,
    })
    expect(mapping).toEqual({ temperature: 'temp' })
    expect(ambiguous).toMatchObject([{ field: 'temperature', column: '温度', reason: 'synonym' }])
    expect(unmappedColumns).toEqual(['温度', 'extra'])
    expect(unmappedFields).toEqual(['status', 'device', 'measured_at'])
  })
})

describe('editDistance', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['温度', '湿度', 1],
    ['flaw', 'lawn', 2],
    ['same', 'same', 0],
  ])('%s → %s: %d', (a, b, d) => expect(editDistance(a, b)).toBe(d))
})
