import { deflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { createCompressibility } from '../../../src/base/kernels/index.ts'

const measure = createCompressibility()
const PROSE =
  'The bearing of the feed pump was replaced on Monday after the vibration monitor had shown a slow rise over three weeks. Grease was found to be dry and dark. The coupling was aligned, the guard refitted, and the pump ran for two hours before it was handed back to the operators, who reported no further noise.'

it('puts texts in the order in which a real coder puts them', () => {
  const texts = ['正常'.repeat(200), PROSE.slice(0, 60).repeat(6), PROSE + PROSE, PROSE, '轴承温度压力流量阀门泵房巡检记录维修更换润滑']
  const estimates = texts.map(measure)
  const real = texts.map((text) => deflateRawSync(Buffer.from(text, 'utf16le'), { level: 1 }).length / text.length)
  const order = (values: readonly number[]): number[] =>
    values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number))
  expect(order(estimates)).toEqual(order(real))
  expect(estimates[0]).toBeLessThan(0.05)
  expect(estimates[4]).toBe(1)
})

it('is 1 for nothing and never above', () => {
  for (const text of ['', 'a', 'abc', '中', PROSE]) expect(measure(text)).toBeLessThanOrEqual(1)
  expect(measure('')).toBe(1)
})
