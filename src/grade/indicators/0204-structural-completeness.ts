import type { Column, Field } from '../../base/record/index.ts'
import { isMissing } from '../../base/record/index.ts'
import type { TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { addCounts, concludeShare, countRecords, emptyShare, mergeShares } from '../record-share.ts'
import { faultReader, wasPresent } from '../type-faults.ts'

interface State {
  readonly share: RecordShare
  /** Empty values of each needed field. */
  readonly empty: readonly number[]
}

const CONTENT_ROLES: ReadonlySet<string> = new Set(['text', 'image', 'label'])

/** Fields that no record may lack: those that say so, and keys; where none does, the text, the medium and the label. */
function neededFields(table: TableFacts): readonly Field[] {
  const declared = table.fields.filter((field) => field.required || field.key)
  return declared.length > 0 ? declared : table.fields.filter((field) => field.type === 'media' || CONTENT_ROLES.has(field.role ?? ''))
}

const HAS_CONTENT = /\S/
/** JSON that holds nothing; canonical JSON knows no other spelling of it. */
const EMPTY_JSON = /^(?:null|\[\]|\{\}|"\s*")$/

function isEmpty({ type }: Field, column: Column | undefined, row: number): boolean {
  if (!column || isMissing(column, row)) return true
  if (column.kind === 'number') return false
  const value = column.values[row] ?? ''
  return !HAS_CONTENT.test(value) || (type === 'json' && EMPTY_JSON.test(value))
}

/** Without needed fields: rows in which nothing at all is filled in. */
function flagBlankRows(table: TableFacts, columns: ReadonlyMap<string, Column>, failed: Uint8Array): void {
  for (let row = 0; row < failed.length; row++) {
    if (!table.fields.some((field) => !isEmpty(field, columns.get(field.name), row))) failed[row] = 1
  }
}

export default defineIndicator<State>({
  version: 2,
  code: '0204',
  dimension: 'quality',
  title: { zh: '结构完整性', en: 'Structural completeness' },
  doc: { zh: '记录的必填数据项均不为空。', en: 'No required item of a record is empty.' },
  source: 'TC609-5-2025-04 0204',
  accumulation: {
    start: () => ({ share: emptyShare(), empty: [] }),
    add: (state, batch, table) => {
      const failed = new Uint8Array(batch.ids.length)
      const needed = neededFields(table)
      const faultsAt = faultReader(batch, table)
      const empty = needed.map((field) => {
        const column = batch.columns.get(field.name)
        let count = 0
        for (let row = 0; row < failed.length; row++) {
          if (!isEmpty(field, column, row) || wasPresent(faultsAt(row), field.name)) continue
          failed[row] = 1
          count++
        }
        return count
      })
      if (needed.length === 0) flagBlankRows(table, batch.columns, failed)
      return { share: countRecords(state.share, batch.ids, failed), empty: addCounts(state.empty, empty) }
    },
    merge: (left, right) => ({ share: mergeShares(left.share, right.share), empty: addCounts(left.empty, right.empty) }),
  },
  conclude: (dataset, states) =>
    concludeShare(
      states.map(({ share }) => share),
      {
        method: {
          zh: '必填项均不为空（空白、空列表、空对象也算空）的记录数 ÷ 记录数。必填项为模式中 required 或 key 的字段；均未声明时为正文、媒体与标签字段；仍没有时要求至少一个字段有值。',
          en: 'Records without an empty required item (blanks, an empty list or object count as empty) over all records. Required are fields marked required or key; where none is, the text, medium and label; where there is none either, at least one filled field.',
        },
        advice: {
          zh: '补齐空值，或把确实可缺的字段改为非必填。',
          en: 'Fill the empty values, or stop requiring fields that may really be absent.',
        },
        evidence: {
          empty: Object.fromEntries(
            dataset.tables.flatMap((table, place) =>
              neededFields(table).map(({ name }, at) => [`${table.name}.${name}`, states[place]?.empty[at] ?? 0] as const),
            ),
          ),
        },
      },
    ),
})
