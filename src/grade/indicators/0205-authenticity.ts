import { defineIndicator } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { concludeShare, countRecords, emptyShare, mergeShares, noRecords, notMeasured } from '../record-share.ts'

export default defineIndicator<RecordShare>({
  version: 1,
  code: '0205',
  dimension: 'quality',
  title: { zh: '内容真实性', en: 'Authenticity' },
  doc: {
    zh: '记录可追溯到来源文件；生成数据还须说明生成过程。',
    en: 'A record can be traced to its raw file; generated data must also describe how they were made.',
  },
  source: 'TC609-5-2025-04 0205',
  accumulation: {
    start: emptyShare,
    add: (share, batch, _table, origin) =>
      countRecords(
        share,
        batch.ids,
        Uint8Array.from(batch.ids, (_, row) => (origin.sources[row] ? 0 : 1)),
      ),
    merge: mergeShares,
  },
  conclude: (dataset, shares) => {
    const total = shares.reduce(mergeShares, emptyShare())
    if (total.records === 0) return noRecords
    if (total.passing === 0) {
      return notMeasured(
        { zh: '记录没有注明来自哪个原始文件，无法追溯。', en: 'No record says which raw file it is from, so none can be traced.' },
        {
          zh: '用 highgrade build 从原始文件构建，来源会随记录保存。',
          en: 'Build from the raw files with highgrade build; the source stays with each record.',
        },
      )
    }
    if (dataset.generated === true && !dataset.documentation.get('processing')?.trim()) {
      return notMeasured(
        {
          zh: '声明为生成数据，但没有说明生成过程。',
          en: 'The data are declared as generated, but the way they were made is not described.',
        },
        {
          zh: '在 documentation.processing 中说明生成方法与参数。',
          en: 'Describe the method and its parameters in documentation.processing.',
        },
      )
    }
    return concludeShare([total], {
      method: {
        zh: '注明来源文件的记录数 ÷ 记录数。来源内容本身是否真实，机器无法判断。',
        en: 'Records that name their raw file over all records. Whether the source itself tells the truth is beyond a machine.',
      },
      advice: { zh: '为没有来源的记录补充来源，或将其移除。', en: 'Give the untraced records a source, or take them out.' },
      evidence: { generated: dataset.generated ?? 'undeclared' },
    })
  },
})
