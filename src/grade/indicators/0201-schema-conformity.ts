import { checkField, FIELD_RULES } from '../field-checks.ts'
import type { TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { addCounts, concludeShare, countRecords, emptyShare, mergeShares } from '../record-share.ts'

interface State {
  readonly share: RecordShare
  /** Values that broke each rule, field by field in the order of the table's fields. */
  readonly broken: readonly number[]
}

const nRules = FIELD_RULES.length

/** Counts of broken rules by `table.field rule`; code lists that are not at hand, so that their fields went unchecked. */
function evidenceOf(tables: readonly TableFacts[], states: readonly State[]): Record<string, unknown> {
  const broken: Record<string, number> = {}
  const unchecked: string[] = []
  tables.forEach((table, place) => {
    table.fields.forEach((field, at) => {
      FIELD_RULES.forEach((rule, offset) => {
        const count = states[place]?.broken[at * nRules + offset] ?? 0
        if (count > 0) broken[`${table.name}.${field.name} ${rule}`] = count
      })
      if (field.codeList !== undefined && !field.codes && !table.codeLists.has(field.codeList))
        unchecked.push(`${table.name}.${field.name}`)
    })
  })
  const fields = tables.flatMap((table) => table.fields)
  return {
    broken,
    rules: {
      fields: fields.length,
      ranges: fields.filter((field) => field.range).length,
      codes: fields.filter((field) => field.codes || field.codeList).length,
      required: fields.filter((field) => field.required).length,
    },
    uncheckedCodeLists: unchecked,
  }
}

export default defineIndicator<State>({
  version: 1,
  code: '0201',
  dimension: 'quality',
  title: { zh: '格式规范性', en: 'Schema conformity' },
  doc: {
    zh: '记录的每个值都符合声明的类型、取值范围、代码表和必填要求。',
    en: 'Every value of a record keeps to its declared type, range, code list and presence.',
  },
  source: 'TC609-5-2025-04 0201',
  accumulation: {
    start: () => ({ share: emptyShare(), broken: [] }),
    add: (state, batch, table) => {
      const rows = batch.ids.length
      const failed = new Uint8Array(rows)
      const broken = new Array<number>(table.fields.length * nRules).fill(0)
      table.fields.forEach((field, at) => {
        checkField(field, batch.columns.get(field.name), rows, table, (row, rule) => {
          failed[row] = 1
          const counter = at * nRules + FIELD_RULES.indexOf(rule)
          broken[counter] = (broken[counter] ?? 0) + 1
        })
      })
      return { share: countRecords(state.share, batch.ids, failed), broken: addCounts(state.broken, broken) }
    },
    merge: (left, right) => ({ share: mergeShares(left.share, right.share), broken: addCounts(left.broken, right.broken) }),
  },
  conclude: (dataset, states) =>
    concludeShare([...states.map(({ share }) => share), { ...emptyShare(), records: dataset.refused ?? 0 }], {
      method: {
        zh: '符合声明的模式（类型、范围、代码表、必填）的记录数 ÷ 记录数，逐条检查全部记录；完全无法读取或定型的记录按不符合计。',
        en: 'Records that keep to the declared schema (type, range, codes, required) over all records; every record is checked. Records that could not be read or typed at all count as failing.',
      },
      advice: {
        zh: '按证据中的字段与规则修正数据，或修正模式中不合适的范围与代码表。',
        en: 'Mend the values named in the evidence, or the range or code list that does not fit.',
      },
      evidence: { ...evidenceOf(dataset.tables, states), refused: dataset.refused ?? 0 },
    }),
})
