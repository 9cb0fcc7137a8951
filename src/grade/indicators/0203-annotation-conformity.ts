import type { Field } from '../../base/record/index.ts'
import { isMissing } from '../../base/record/index.ts'
import { allowedCodes, checkField } from '../field-checks.ts'
import type { TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { addTally, concludeShare, countRecords, emptyShare, mergeShares, notMeasured, type Tally } from '../record-share.ts'

interface State {
  readonly share: RecordShare
  /** Records that carry an annotation. */
  readonly annotated: number
  /** Rules that annotations break. */
  readonly broken: Tally
}

/** Who annotated and how, beside a label: closed sets of their own. */
const ANNOTATION_TERMS: ReadonlySet<string> = new Set(['annotation_method', 'annotator', '标注方式', '标注人员'])

const labelOf = (table: TableFacts): Field | undefined => table.fields.find((field) => field.role === 'label')

/** The label, and what is said of how it came about where a set of values is declared for it. */
function annotationFields(table: TableFacts): readonly Field[] {
  const label = labelOf(table)
  if (!label) return []
  const terms = table.fields.filter((field) => field !== label && ANNOTATION_TERMS.has(field.name) && allowedCodes(field, table))
  // Where the label's shape allows none, a record may be without: it is not annotated.
  return [{ ...label, required: label.shape ? (label.required ?? false) : true }, ...terms]
}

/** What the schema says a label must be: a shape, a closed set, a range, or only present. */
function rulesOf(field: Field, table: TableFacts): 'shape' | 'codes' | 'range' | 'presence' {
  if (field.shape) return 'shape'
  if (allowedCodes(field, table)) return 'codes'
  return field.range ? 'range' : 'presence'
}

const nothingAnnotated = notMeasured(
  { zh: '没有一条记录带标注。', en: 'Not one record carries an annotation.' },
  { zh: '标注后再评测；无需标注的数据集可不计该项。', en: 'Annotate first; a data set that needs no annotation goes without.' },
)

export default defineIndicator<State>({
  version: 2,
  code: '0203',
  dimension: 'quality',
  title: { zh: '标注规范性', en: 'Annotation conformity' },
  doc: {
    zh: '标注存在，且符合声明的标签集、取值范围或结构。',
    en: 'The annotation is present and keeps to the declared label set, range or shape.',
  },
  source: 'TC609-5-2025-04 0203; TC609-5-2025-02 for annotations in the national format',
  accumulation: {
    start: () => ({ share: emptyShare(), annotated: 0, broken: [] }),
    add: (state, batch, table) => {
      const label = labelOf(table)
      if (!label) return state
      const rows = batch.ids.length
      const failed = new Uint8Array(rows)
      const broken = new Map<string, number>()
      for (const field of annotationFields(table)) {
        checkField(field, batch.columns.get(field.name), rows, table, (row, rule) => {
          failed[row] = 1
          broken.set(`${field.name} ${rule}`, (broken.get(`${field.name} ${rule}`) ?? 0) + 1)
        })
      }
      const column = batch.columns.get(label.name)
      let annotated = 0
      for (let row = 0; column && row < rows; row++) if (!isMissing(column, row) && column.values[row] !== 'null') annotated++
      return {
        share: countRecords(state.share, batch.ids, failed),
        annotated: state.annotated + annotated,
        broken: addTally(state.broken, broken),
      }
    },
    merge: (left, right) => ({
      share: mergeShares(left.share, right.share),
      annotated: left.annotated + right.annotated,
      broken: addTally(left.broken, right.broken),
    }),
  },
  conclude: (dataset, states) => {
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
    const annotated = states.reduce((sum, state) => sum + state.annotated, 0)
    const records = states.reduce((sum, { share }) => sum + share.records, 0)
    if (records > 0 && annotated === 0) return nothingAnnotated
    return concludeShare(
      states.map(({ share }) => share),
      {
        method: {
          zh: '标签存在且属于声明的标签集、范围或结构的记录数 ÷ 带标签表的记录数；未声明标签集的字段只检查有无（见证据）。国家格式的标注须有非空的 label 列表、annotation_method 与 annotator 两键及其取值，也可为 null。',
          en: 'Records whose label is present and in the declared set, range or shape over the records of labelled tables; a label without a declared set is only checked for presence (see the evidence). An annotation in the national format needs a list label that is not empty, the keys annotation_method and annotator with their sets of values, or is null.',
        },
        advice: {
          zh: '补标或改正不在标签集中的标签；用 codes、codeList 或 shape 声明标签的规则。',
          en: 'Label what is missing, mend labels outside of the set; declare the rules with codes, codeList or shape.',
        },
        evidence: {
          labels,
          annotated,
          broken: Object.fromEntries(
            dataset.tables.flatMap((table, place) =>
              (states[place]?.broken ?? []).map(([rule, n]) => [`${table.name}.${rule}`, n] as const),
            ),
          ),
        },
      },
    )
  },
})
