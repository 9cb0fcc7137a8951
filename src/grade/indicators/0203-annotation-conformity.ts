import type { Field } from '../../base/record/index.ts'
import { allowedCodes, checkField } from '../field-checks.ts'
import type { TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { concludeShare, countRecords, emptyShare, mergeShares, notMeasured } from '../record-share.ts'

const labelOf = (table: TableFacts): Field | undefined => table.fields.find((field) => field.role === 'label')

/** What the schema says a label must be: a closed set, a range, or only present. */
function rulesOf(field: Field, table: TableFacts): 'codes' | 'range' | 'presence' {
  if (allowedCodes(field, table)) return 'codes'
  return field.range ? 'range' : 'presence'
}

export default defineIndicator<RecordShare>({
  version: 1,
  code: '0203',
  dimension: 'quality',
  title: { zh: '标注规范性', en: 'Annotation conformity' },
  doc: { zh: '标注存在，且符合声明的标签集或取值范围。', en: 'The annotation is present and keeps to the declared label set or range.' },
  source: 'TC609-5-2025-04 0203',
  accumulation: {
    start: emptyShare,
    add: (share, batch, table) => {
      const label = labelOf(table)
      if (!label) return share
      const failed = new Uint8Array(batch.ids.length)
      checkField({ ...label, required: true }, batch.columns.get(label.name), failed.length, table, (row) => {
        failed[row] = 1
      })
      return countRecords(share, batch.ids, failed)
    },
    merge: mergeShares,
  },
  conclude: (dataset, shares) => {
    const labels = dataset.tables.flatMap((table) => {
      const field = labelOf(table)
      return field ? [{ field: `${table.name}.${field.name}`, rule: rulesOf(field, table) }] : []
    })
    if (labels.length === 0) {
      return notMeasured(
        { zh: '没有角色为 label 的字段，数据集未标注。', en: 'No field has the role label; the data set is not annotated.' },
        { zh: '在模式中用 role: label 指明标签字段。', en: 'Name the label field with role: label in the schema.' },
      )
    }
    return concludeShare(shares, {
      method: {
        zh: '标签存在且属于声明的标签集（或范围）的记录数 ÷ 带标签表的记录数；未声明标签集的字段只检查有无（见证据）。',
        en: 'Records whose label is present and in the declared set or range over the records of labelled tables; a label without a declared set is only checked for presence (see the evidence).',
      },
      advice: {
        zh: '补标或改正不在标签集中的标签；用 codes 或 codeList 声明标签集。',
        en: 'Label what is missing, mend labels outside of the set; declare the set with codes or codeList.',
      },
      evidence: { labels },
    })
  },
})
