import type { Column } from '../../base/record/index.ts'
import { isMissing } from '../../base/record/index.ts'
import { clopperPearson } from '../../base/statistics/index.ts'
import { isGoldName } from '../baseline/task.ts'
import type { TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { concludeShare, countRecords, emptyShare, mergeShares, notMeasured } from '../record-share.ts'
import { rounded } from '../score.ts'

const LEVEL = 0.95

/** The label of a table and the field that holds its verified values: `gold`, `review`, `gold_<label>`, `<label>_review` … */
function verifiedLabel(table: TableFacts): { readonly label: string; readonly gold: string } | undefined {
  const label = table.fields.find(({ role }) => role === 'label')?.name
  if (label === undefined) return undefined
  const about = (name: string): string => name.toLowerCase().replace(/^(?:gold|review)_?|_?(?:gold|review)$/g, '')
  const gold = table.fields.find(({ name }) => name !== label && isGoldName(name) && ['', label.toLowerCase()].includes(about(name)))?.name
  return gold === undefined ? undefined : { label, gold }
}

const sameValue = (label: Column | undefined, gold: Column, row: number): boolean =>
  label !== undefined && !isMissing(label, row) && String(label.values[row]) === String(gold.values[row])

export default defineIndicator<RecordShare>({
  version: 1,
  code: '0304',
  dimension: 'application',
  title: { zh: '标注准确性', en: 'Annotation accuracy' },
  doc: { zh: '与金标准或复核结果一致的标注比例。', en: 'Share of annotations that agree with gold or reviewed values.' },
  source: 'TC609-5-2025-04 0304; Clopper & Pearson 1934',
  accumulation: {
    start: emptyShare,
    add: (share, batch, table) => {
      const fields = verifiedLabel(table)
      const gold = fields && batch.columns.get(fields.gold)
      if (!fields || !gold) return share
      const label = batch.columns.get(fields.label)
      const reviewed = batch.ids.flatMap((_, row) => (isMissing(gold, row) ? [] : [row]))
      const ids = reviewed.map((row) => batch.ids[row] as string)
      return countRecords(
        share,
        ids,
        Uint8Array.from(reviewed, (row) => (sameValue(label, gold, row) ? 0 : 1)),
      )
    },
    merge: mergeShares,
  },
  conclude: (dataset, shares) => {
    const total = shares.reduce(mergeShares, emptyShare())
    const fields = dataset.tables.flatMap((table) => {
      const found = verifiedLabel(table)
      return found ? [`${table.name}: ${found.label} ~ ${found.gold}`] : []
    })
    if (total.records === 0) {
      return notMeasured(
        {
          zh: '没有金标准或复核样本；标注是否准确，机器不能自证。',
          en: 'There is no gold or reviewed sample; no machine can vouch for labels by itself.',
        },
        {
          zh: '抽样复核，并把结果放在 gold_<标签字段> 一列；模型可疑的标签见 0305 的证据。',
          en: 'Review a sample and put the result in a column gold_<label field>; labels that a model doubts are in the evidence of 0305.',
        },
      )
    }
    const measured = concludeShare([total], {
      method: {
        zh: '与金标准一致的记录数 ÷ 有金标准的记录数；区间为 95% Clopper–Pearson 精确区间，前提是样本随机抽取。',
        en: 'Records that agree with their gold value over records that have one; the interval is the exact 95% one of Clopper and Pearson, if the sample was drawn at random.',
      },
      advice: { zh: '改正不一致的标注，并检查同类记录。', en: 'Mend the labels that disagree, and look at records like them.' },
      evidence: { fields },
    })
    if (measured.status !== 'measured') return measured
    const { low, high } = clopperPearson(total.passing, total.records, LEVEL)
    return { ...measured, interval: { low: rounded(100 * low), high: rounded(100 * high), level: LEVEL, method: 'Clopper–Pearson' } }
  },
})
