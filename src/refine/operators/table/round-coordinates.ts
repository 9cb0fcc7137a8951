import { z } from 'zod'
import { mapNumbers } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

export default defineOperator({
  version: 1,
  title: { zh: '坐标降精度', en: 'Round coordinates' },
  doc: {
    zh: '把经纬度四舍五入到 decimals 位小数：3 位约 110 米，2 位约 1.1 公里。用于不必精确到户的位置。',
    en: 'Rounds latitudes and longitudes to `decimals` places: 3 are about 110 m, 2 about 1.1 km. For places that need not lead to a house.',
  },
  source: 'GB/T 37964-2019, generalisation; one degree of latitude is 111 km',
  parameters: z.strictObject({
    columns: z.array(z.string().min(1)).min(1).default(['latitude', 'longitude']),
    decimals: z.number().int().min(0).max(6).default(3),
  }),
  example: {
    parameters: {},
    before: { latitude: [31.230416, null], longitude: [121.473701, -0.12749] },
    after: { latitude: [31.23, null], longitude: [121.474, -0.127] },
  },
  run: (batch, { columns, decimals }) =>
    // Numbers beyond the globe are no coordinates; toFixed would write them in other ways.
    mapNumbers(batch, columns, (value) => (Math.abs(value) <= 360 ? Number(value.toFixed(decimals)) + 0 : value)),
})
