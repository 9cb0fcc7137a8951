import { isMissing } from '../../../base/record/index.ts'
import { sameThingFields } from '../../content-hash.ts'
import type { RecordItem } from '../sub-item.ts'

const MAX_MISSING_SHARE = 0.5

export const missingValues: RecordItem = {
  code: '0208-table-1',
  title: { zh: '缺失值', en: 'missing values' },
  method: () => ({ zh: '缺失的字段不超过一半', en: 'at most half of the fields are missing' }),
  bind: (batch, table) => {
    const fields = sameThingFields(table)
    const columns = fields.map(({ name }) => batch.columns.get(name))
    return (row) => {
      let missing = 0
      for (const column of columns) if (!column || isMissing(column, row)) missing++
      return missing > MAX_MISSING_SHARE * columns.length
    }
  },
}
