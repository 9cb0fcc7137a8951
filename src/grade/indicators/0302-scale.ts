import { defineIndicator } from '../indicator.ts'
import { noRecords, notMeasured } from '../record-share.ts'
import { toScore } from '../score.ts'

export default defineIndicator({
  version: 1,
  code: '0302',
  dimension: 'application',
  title: { zh: '规模完整性', en: 'Scale' },
  doc: { zh: '记录数达到场景需要的规模。', en: 'There are as many records as the scenario needs.' },
  source: 'TC609-5-2025-04 0302',
  conclude: (dataset) => {
    const needed = dataset.demand.scale?.records
    const records = dataset.tables.reduce((sum, table) => sum + table.records, 0)
    if (needed === undefined) {
      return notMeasured(
        { zh: '没有声明场景需要的规模。', en: 'The scale that the scenario needs is not declared.' },
        { zh: '在 highgrade.yaml 中填写 demand.scale.records。', en: 'Give demand.scale.records in highgrade.yaml.' },
      )
    }
    if (records === 0) return noRecords
    return {
      status: 'measured',
      score: toScore(records / needed),
      a: records,
      b: needed,
      n: records,
      method: { zh: '记录数 ÷ 场景需要的记录数，至多为 1。', en: 'Records over the records that the scenario needs, at most 1.' },
      evidence: { records, needed, byTable: Object.fromEntries(dataset.tables.map((table) => [table.name, table.records])) },
      failing: [],
      advice:
        records >= needed
          ? { zh: '规模已满足。', en: 'The scale is met.' }
          : { zh: `还缺 ${needed - records} 条记录。`, en: `${needed - records} more records are needed.` },
      reproducible: true,
    }
  },
})
