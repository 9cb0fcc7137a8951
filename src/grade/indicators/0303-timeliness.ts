import { numbersOf, textOf } from '../../base/record/index.ts'
import type { DatasetFacts, TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import { parseInstant, parseWindowEnd } from '../instants.ts'
import type { RecordShare } from '../record-share.ts'
import { concludeShare, countRecords, emptyShare, mergeShares, notMeasured } from '../record-share.ts'

type Window = NonNullable<DatasetFacts['demand']['window']>

/** The demanded window, where it concerns this table. */
function windowOf(table: TableFacts): Window | undefined {
  const window = table.demand.window
  if (!window || (window.table !== undefined && window.table !== table.name)) return undefined
  return table.fields.some(({ name }) => name === window.field) ? window : undefined
}

export default defineIndicator<RecordShare>({
  version: 1,
  code: '0303',
  dimension: 'application',
  title: { zh: '内容时效性', en: 'Timeliness' },
  doc: { zh: '记录落在场景需要的时间窗口内。', en: 'Records lie inside the time window that the scenario needs.' },
  source: 'TC609-5-2025-04 0303',
  accumulation: {
    start: emptyShare,
    add: (share, batch, table) => {
      const window = windowOf(table)
      if (!window) return share
      const [from, to] = [parseInstant(window.from), parseWindowEnd(window.to)]
      const numbers = numbersOf(batch, window.field)?.values
      const texts = textOf(batch, window.field)?.values
      const failed = Uint8Array.from(batch.ids, (_, row) => {
        const time = numbers ? (numbers[row] as number) : parseInstant(texts?.[row] ?? '')
        return time >= from && time <= to ? 0 : 1
      })
      return countRecords(share, batch.ids, failed)
    },
    merge: mergeShares,
  },
  conclude: (dataset, shares) => {
    const { window } = dataset.demand
    if (!window) {
      return notMeasured(
        { zh: '没有声明场景需要的时间窗口。', en: 'The time window that the scenario needs is not declared.' },
        {
          zh: '在 highgrade.yaml 中填写 demand.window（field、from、to）。',
          en: 'Give demand.window (field, from, to) in highgrade.yaml.',
        },
      )
    }
    if (Number.isNaN(parseInstant(window.from)) || Number.isNaN(parseWindowEnd(window.to)) || !dataset.tables.some(windowOf)) {
      return notMeasured(
        {
          zh: `时间窗口无法使用：字段 ${window.field}，${window.from} 至 ${window.to}。`,
          en: `The time window cannot be used: field ${window.field}, ${window.from} to ${window.to}.`,
        },
        { zh: '检查字段名；时间写作 ISO 8601，如 2025-01-01。', en: 'Check the field name; write times as ISO 8601, such as 2025-01-01.' },
      )
    }
    return concludeShare(shares, {
      method: {
        zh: `${window.field} 在 ${window.from} 至 ${window.to}（含，未注明时区按 UTC）之内的记录数 ÷ 该表记录数；没有时间的记录算在窗口之外。`,
        en: `Records whose ${window.field} lies in ${window.from} to ${window.to} (inclusive, UTC unless a zone is given) over the table's records; a record without a time counts as outside.`,
      },
      advice: { zh: '补充窗口内的新数据，或移除过期记录。', en: 'Add data from inside the window, or take out what is too old.' },
      evidence: { from: window.from, to: window.to, field: window.field },
    })
  },
})
