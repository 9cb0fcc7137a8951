import { z } from 'zod'
import { mapNumbers } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

export default defineOperator({
  version: 1,
  title: { zh: '去除拍摄位置', en: 'Strip GPS positions' },
  doc: {
    zh: '清空记录中的 GPS 列，或按小数位取整（2 位约 1.1 km，3 位约 110 m；高度取整到 10 m）。只处理列；图像文件自身的 EXIF 由 image/strip-metadata 去除。',
    en: 'Empties the GPS columns of records, or rounds them (2 decimals are about 1.1 km, 3 about 110 m; heights to 10 m). Columns only: the Exif inside of the image files is for image/strip-metadata.',
  },
  source: 'GB/T 35273-2020 6.2, 6.3 (de-identification); decimal degrees by WGS 84',
  parameters: z.strictObject({
    decimals: z.number().int().min(0).max(5).optional(),
    columns: z.array(z.string()).min(1).default(['gps_latitude', 'gps_longitude']),
    heights: z.array(z.string()).default(['gps_altitude']),
  }),
  example: {
    parameters: { decimals: 2 },
    before: { gps_latitude: [46.84286461], gps_longitude: [-91.99369667], gps_altitude: [198.409] },
    after: { gps_latitude: [46.84], gps_longitude: [-91.99], gps_altitude: [200] },
  },
  run: (batch, { decimals, columns, heights }) => {
    if (decimals === undefined) return mapNumbers(batch, [...columns, ...heights], () => Number.NaN)
    // Rounding through decimal text, for 1.005 × 100 is 100.49999999999999 and a second run must change nothing.
    const { kept } = mapNumbers(batch, columns, (degrees) => Number(degrees.toFixed(decimals)) + 0)
    return mapNumbers(kept, heights, (height) => Math.round(height / 10) * 10 + 0)
  },
})
