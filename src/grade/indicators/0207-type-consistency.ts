import type { Field, RecordBatch } from '../../base/record/index.ts'
import { isMissing } from '../../base/record/index.ts'
import { annotatorReader, statesAnnotators } from '../annotation/annotators.ts'
import type { TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { concludeShare, countRecords, emptyShare, mergeShares, notMeasured } from '../record-share.ts'

/** What of a record shows its type of knowledge: a value of a sector's code list; work of an expert. */
interface Evidence {
  readonly industry: boolean
  readonly expert: boolean
}

const codeFields = (table: TableFacts): readonly Field[] =>
  table.fields.filter(({ codeList }) => codeList !== undefined && table.codeLists.has(codeList))
const expertFields = (table: TableFacts): readonly Field[] => table.fields.filter(({ expert }) => expert === true)

/** Can the declared type be checked on this table? */
function isCheckable(table: TableFacts): boolean {
  const [codes, experts] = [codeFields(table).length > 0, expertFields(table).length > 0]
  switch (table.demand.knowledge) {
    case 'general':
      return codes || experts || statesAnnotators(table)
    case 'industry-general':
      return codes
    case 'industry-expert':
      return (codes && experts) || statesAnnotators(table)
    default:
      return false
  }
}

function evidenceReader(batch: RecordBatch, table: TableFacts): (row: number) => Evidence {
  const hasValue = (fields: readonly Field[], row: number, accepts: (field: Field, value: string) => boolean): boolean =>
    fields.some((field) => {
      const column = batch.columns.get(field.name)
      return column !== undefined && !isMissing(column, row) && accepts(field, String(column.values[row]))
    })
  const inList = (field: Field, value: string): boolean => table.codeLists.get(field.codeList ?? '')?.has(value) ?? false
  const [codes, experts, annotatorAt] = [codeFields(table), expertFields(table), annotatorReader(batch, table)]
  return (row) => ({
    industry: hasValue(codes, row, inList),
    expert: hasValue(experts, row, () => true) || annotatorAt(row) === 'expert',
  })
}

/**
 * Does the evidence fit the declared type? Source: TC609-5-2025-03 tests the narrowest type first; a record is general where
 * it fits neither of the others.
 */
function fits({ industry, expert }: Evidence, table: TableFacts): boolean {
  const { knowledge } = table.demand
  if (knowledge === 'general') return !industry && !expert
  if (knowledge === 'industry-general') return industry
  return expert && (industry || codeFields(table).length === 0)
}

export default defineIndicator<RecordShare>({
  version: 2,
  code: '0207',
  dimension: 'quality',
  title: { zh: '类型一致性', en: 'Type consistency' },
  doc: {
    zh: '记录与声明的知识类型（通识、行业通识、行业专识）相符。',
    en: 'Records match the declared type of knowledge (general, industry-general, industry-expert).',
  },
  source: 'TC609-5-2025-04 0207; TC609-5-2025-03',
  accumulation: {
    start: emptyShare,
    add: (share, batch, table) => {
      if (!isCheckable(table)) return share
      const evidenceAt = evidenceReader(batch, table)
      return countRecords(
        share,
        batch.ids,
        Uint8Array.from(batch.ids, (_, row) => (fits(evidenceAt(row), table) ? 0 : 1)),
      )
    },
    merge: mergeShares,
  },
  conclude: (dataset, shares) => {
    const { knowledge } = dataset.demand
    const checked = dataset.tables.filter(isCheckable)
    if (knowledge === undefined) {
      return notMeasured(
        { zh: '没有声明数据集的知识类型。', en: 'The type of knowledge is not declared.' },
        {
          zh: '在 demand.knowledge 中声明 general、industry-general 或 industry-expert。',
          en: 'Declare general, industry-general or industry-expert under demand.knowledge.',
        },
      )
    }
    if (checked.length === 0) {
      return notMeasured(
        {
          zh: `声明为 ${knowledge}，但没有机器可核对的证据（行业代码表字段、专家字段、标注人员类型）。`,
          en: `Declared as ${knowledge}, but nothing here lets a machine check it (fields with a sector's code list, fields of experts, the kind of annotator).`,
        },
        {
          zh: '用行业包的代码表（codeList）与 expert 字段描述模式，或由专家抽样判断。',
          en: "Describe the schema with the pack's code lists and expert fields, or have experts judge a sample.",
        },
      )
    }
    return concludeShare(shares, {
      method: {
        zh: '证据与声明相符的记录数 ÷ 记录数：行业通识须有行业代码表中的取值；行业专识还须有专家字段取值或由行业领域专家标注；通识二者皆无。只核对这些证据，不判断知识深度。',
        en: "Records whose evidence fits the declared type over all records: industry-general carries a value of the sector's code lists, industry-expert also a value of an expert field or the annotation of a domain expert, general neither. Only this evidence is checked, not the depth of knowledge.",
      },
      advice: { zh: '补充行业代码或专家标注，或改正声明的类型。', en: 'Add codes or expert annotations, or mend the declared type.' },
      evidence: { declared: knowledge, tables: checked.map(({ name }) => name) },
    })
  },
})
