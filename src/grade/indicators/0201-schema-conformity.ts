import { checkField } from '../field-checks.ts'
import type { TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import type { KeyUse } from '../key-use.ts'
import { addKeys, keyFieldsOf, mergeKeyUse, repeatedKeys, startKeyUse } from '../key-use.ts'
import type { RecordShare } from '../record-share.ts'
import { addTally, concludeShare, countRecords, emptyShare, firstIds, mergeShares, type Tally } from '../record-share.ts'
import { findWrongOrder } from '../record-terms.ts'
import { faultReader } from '../type-faults.ts'

interface State {
  readonly share: RecordShare
  /** Values that broke each rule, by `field rule`. */
  readonly broken: Tally
  /** Records by their key, where the table has one. */
  readonly keys: KeyUse | null
}

/** How a fault of reading is called beside the rules that are checked on typed values. */
const RULE_OF_FAULT: Readonly<Record<string, string>> = { 'refine/key-absent': 'key', 'refine/code-unknown': 'code' }

function evidenceOf(tables: readonly TableFacts[], states: readonly State[]): Record<string, unknown> {
  const broken = tables.flatMap((table, place) => (states[place]?.broken ?? []).map(([rule, n]) => [`${table.name}.${rule}`, n] as const))
  const repeated = tables.flatMap((table, place) => {
    const { records } = repeatedKeys(states[place]?.keys ?? null)
    return records === 0
      ? []
      : [
          [
            `${table.name}.${keyFieldsOf(table)
              .map(({ name }) => name)
              .join('+')} unique`,
            records,
          ] as const,
        ]
  })
  const fields = tables.flatMap((table) => table.fields)
  return {
    broken: Object.fromEntries([...broken, ...repeated]),
    rules: {
      fields: fields.length,
      ranges: fields.filter((field) => field.range).length,
      codes: fields.filter((field) => field.codes || field.codeList).length,
      required: fields.filter((field) => field.required).length,
      shapes: fields.filter((field) => field.shape).length,
      keys: tables.filter((table) => keyFieldsOf(table).length > 0).length,
    },
    uncheckedCodeLists: tables.flatMap((table) =>
      table.fields
        .filter(({ codeList, codes }) => codeList !== undefined && !codes && !table.codeLists.has(codeList))
        .map(({ name }) => `${table.name}.${name}`),
    ),
  }
}

/** Passing records, of which those that repeat a key are taken off. */
function passingShares(states: readonly State[]): RecordShare[] {
  return states.map(({ share, keys }) => {
    const repeated = repeatedKeys(keys)
    return { ...share, passing: Math.max(0, share.passing - repeated.passing), failing: firstIds([...share.failing, ...repeated.examples]) }
  })
}

export default defineIndicator<State>({
  version: 2,
  code: '0201',
  dimension: 'quality',
  title: { zh: '格式规范性', en: 'Schema conformity' },
  doc: {
    zh: '记录的每个值都符合声明的类型、取值范围、代码表、结构和必填要求，主键不重复。',
    en: 'Every value of a record keeps to its declared type, range, code list, shape and presence; keys do not repeat.',
  },
  source: 'TC609-5-2025-04 0201; TC609-5-2025-02 for records in the national format',
  accumulation: {
    start: (table) => ({ share: emptyShare(), broken: [], keys: keyFieldsOf(table).length > 0 ? startKeyUse() : null }),
    add: (state, batch, table) => {
      const failed = new Uint8Array(batch.ids.length)
      const broken = new Map<string, number>()
      const enter = (row: number, field: string, rule: string): void => {
        failed[row] = 1
        broken.set(`${field} ${rule}`, (broken.get(`${field} ${rule}`) ?? 0) + 1)
      }
      const faultsAt = faultReader(batch, table)
      for (let row = 0; table.faults !== undefined && row < failed.length; row++) {
        for (const [field, reason] of faultsAt(row)) enter(row, field, RULE_OF_FAULT[reason] ?? 'type')
      }
      for (const field of table.fields) {
        // The inside of an annotation is 0203's.
        const { type } = field.shape ?? {}
        const judged = field.role === 'label' && field.shape ? { ...field, shape: { type } } : field
        checkField(judged, batch.columns.get(field.name), failed.length, table, (row, rule) => {
          if (rule !== 'required' || !faultsAt(row).some(([name]) => name === field.name)) enter(row, field.name, rule)
        })
      }
      findWrongOrder(batch, table, (row, field) => enter(row, field, 'order'))
      return {
        share: countRecords(state.share, batch.ids, failed),
        broken: addTally(state.broken, broken),
        keys: state.keys && addKeys(state.keys, batch, table, failed),
      }
    },
    merge: (left, right) => ({
      share: mergeShares(left.share, right.share),
      broken: addTally(left.broken, right.broken),
      keys: left.keys && right.keys && mergeKeyUse(left.keys, right.keys),
    }),
  },
  conclude: (dataset, states) =>
    concludeShare([...passingShares(states), { ...emptyShare(), records: dataset.refused ?? 0 }], {
      method: {
        zh: '符合声明的模式（类型、范围、代码表、JSON 结构、必填、主键唯一）的记录数 ÷ 记录数，逐条检查全部记录；按国家格式给出的记录还须各键齐全、类型不经转换即相符、修改时间不早于产生时间。完全无法读取的记录按不符合计。',
        en: 'Records that keep to the declared schema (type, range, codes, JSON shape, required, unique key) over all records; every record is checked. Records in the national format must also have every key, be of the right type as they stand, and not be modified before they were made. Records that could not be read at all count as failing.',
      },
      advice: {
        zh: '按证据中的字段与规则修正数据，或修正模式中不合适的范围与代码表。',
        en: 'Mend the values named in the evidence, or the range or code list that does not fit.',
      },
      evidence: { ...evidenceOf(dataset.tables, states), refused: dataset.refused ?? 0 },
    }),
})
