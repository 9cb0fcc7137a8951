import { compareCodeUnits } from '../../base/record/index.ts'
import { distinctGroups, wilson } from '../../base/statistics/index.ts'
import type { DatasetFacts, Interval, Measurement, TableFacts } from '../indicator.ts'
import { firstIds, NOTHING_TO_MEND, noRecords } from '../record-share.ts'
import { rounded, toScore } from '../score.ts'
import type { CleanState } from './clean-state.ts'
import { RECORD_ITEMS } from './record-items.ts'
import { clockFailures, SET_ITEMS } from './set-items.ts'
import type { ItemResult } from './sub-item.ts'

const LEVEL = 0.95

/** All sub-indicators of one table, in order of their codes. */
function itemResults(table: TableFacts, state: CleanState): ItemResult[] {
  const ofRecords = RECORD_ITEMS[table.modality].map((item, at): ItemResult => {
    const head = { code: item.code, title: item.title, table: table.name }
    const why = item.blocked?.(table)
    const share = state.items[at]
    if (why) return { ...head, status: 'not-measured', why }
    if (!share || share.records === 0)
      return { ...head, status: 'not-measured', why: { zh: '没有可判断的值。', en: 'There was no value to judge.' } }
    return {
      ...head,
      status: 'measured',
      value: rounded(share.passing / share.records),
      n: share.records,
      method: item.method(table),
      decides: item.decides?.(table) ?? true,
      failing: share.failing,
    }
  })
  const ofSet = SET_ITEMS[table.modality].map(
    ({ code, title, conclude }): ItemResult => ({ code, title, table: table.name, ...conclude(state, table) }),
  )
  return [...ofRecords, ...ofSet].sort((a, b) => compareCodeUnits(a.code, b.code))
}

/** Clean records of a table: one of each content, if any of its copies passes; records that step back in time are taken off. */
function cleanRecords(table: TableFacts, state: CleanState): { readonly clean: number; readonly counted: number } {
  const groups = distinctGroups(state.contents)
  let clean = 0
  let counted = 0
  for (let group = 0; group < groups.distinct; group++) {
    counted += groups.first[group] as number
    if ((groups.second[group] as number) > 0) clean++
  }
  const records = state.share.records
  const estimate = counted === 0 ? 0 : Math.round((clean / counted) * records)
  return { clean: Math.max(0, estimate - clockFailures(state, table)), counted }
}

/** Cleanliness over all tables. */
export function concludeClean(dataset: DatasetFacts, states: readonly CleanState[]): Measurement {
  const tables = dataset.tables.flatMap((table, place) => {
    const state = states[place]
    return state && state.share.records > 0 ? [{ table, state, ...cleanRecords(table, state) }] : []
  })
  const records = tables.reduce((sum, { state }) => sum + state.share.records, 0)
  if (records === 0) return noRecords
  const clean = tables.reduce((sum, one) => sum + one.clean, 0)
  const counted = tables.reduce((sum, one) => sum + one.counted, 0)
  const items = tables.flatMap(({ table, state }) => itemResults(table, state))
  const deciding = items.filter((item) => item.status === 'measured' && item.decides)
  const worst = deciding.reduce<ItemResult | undefined>((least, item) => (passShare(item) < passShare(least) ? item : least), undefined)
  const failing = firstIds([
    ...tables.flatMap(({ state }) => state.share.failing),
    ...deciding.flatMap((item) => (item.status === 'measured' ? item.failing : [])),
  ])
  const interval: Interval | undefined =
    counted < records ? { ...scaled(wilson((clean / records) * counted, counted, LEVEL)), level: LEVEL, method: 'Wilson' } : undefined
  return {
    status: 'measured',
    score: toScore(clean / records),
    a: clean,
    b: records,
    n: counted,
    ...(interval ? { interval } : {}),
    method: {
      zh: '通过全部逐条子指标、且不是重复的记录数 ÷ 记录数（一条记录同时乱序又不洁时会被扣两次，得分只会偏低）。限值见各子指标；字段声明了 range 时以其为准。',
      en: 'Records that pass every sub-indicator decided record by record and are no duplicates, over all records (a record both out of order and unclean is taken off twice: the score errs downwards only). Limits stand with each sub-indicator; a declared range comes first.',
    },
    evidence: { subIndicators: items },
    failing,
    advice:
      clean === records || !worst
        ? NOTHING_TO_MEND
        : {
            zh: `首先处理“${worst.title.zh}”（表 ${worst.table}）；相应的清洗步骤见 highgrade operators。`,
            en: `Begin with "${worst.title.en}" (table ${worst.table}); highgrade operators lists the steps that clean it.`,
          },
    reproducible: true,
  }
}

const passShare = (item: ItemResult | undefined): number => (item?.status === 'measured' ? item.value : 1)

const scaled = ({ low, high }: { readonly low: number; readonly high: number }) => ({ low: rounded(100 * low), high: rounded(100 * high) })
