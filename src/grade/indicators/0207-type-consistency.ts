import type { Field } from '../../base/record/index.ts'
import { isMissing } from '../../base/record/index.ts'
import type { TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { concludeShare, countRecords, emptyShare, mergeShares, notMeasured } from '../record-share.ts'

/** Fields of which a value shows that a record belongs to an industry: codes of its lists; for expert knowledge also fields only an expert may fill. */
function evidenceFields(table: TableFacts): { readonly codes: readonly Field[]; readonly expert: readonly Field[] } {
  return {
    codes: table.fields.filter(({ codeList }) => codeList !== undefined && table.codeLists.has(codeList)),
    expert: table.fields.filter(({ expert }) => expert === true),
  }
}

/** Can the declared type be checked on this table? */
function isCheckable(table: TableFacts): boolean {
  const { codes, expert } = evidenceFields(table)
  if (table.demand.knowledge === 'industry-general') return codes.length > 0
  return table.demand.knowledge === 'industry-expert' && codes.length > 0 && expert.length > 0
}

export default defineIndicator<RecordShare>({
  version: 1,
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
      const { codes, expert } = evidenceFields(table)
      const hasValue = (fields: readonly Field[], row: number, accepts: (field: Field, value: string) => boolean): boolean =>
        fields.some((field) => {
          const column = batch.columns.get(field.name)
          return column !== undefined && !isMissing(column, row) && accepts(field, String(column.values[row]))
        })
      const inList = (field: Field, value: string): boolean => table.codeLists.get(field.codeList ?? '')?.has(value) ?? false
      const needsExpert = table.demand.knowledge === 'industry-expert'
      const failed = Uint8Array.from(batch.ids, (_, row) =>
        hasValue(codes, row, inList) && (!needsExpert || hasValue(expert, row, () => true)) ? 0 : 1,
      )
      return countRecords(share, batch.ids, failed)
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
          zh: `声明为 ${knowledge}，但没有机器可核对的证据（行业代码表字段；行业专识还需专家字段）。`,
          en: `Declared as ${knowledge}, but nothing here lets a machine check it (fields with a sector's code list; for expert knowledge, fields of experts too).`,
        },
        {
          zh: '用行业包的代码表（codeList）与 expert 字段描述模式，或由专家抽样判断。',
          en: "Describe the schema with the pack's code lists and expert fields, or have experts judge a sample.",
        },
      )
    }
    return concludeShare(shares, {
      method: {
        zh: '带有行业代码表中取值（行业专识还须有专家字段取值）的记录数 ÷ 记录数；只核对这些证据，不判断知识深度。',
        en: "Records that carry a value of the sector's code lists (for expert knowledge, also a value of an expert field) over all records; only this evidence is checked, not the depth of knowledge.",
      },
      advice: { zh: '补充行业代码或专家标注，或改正声明的类型。', en: 'Add codes or expert annotations, or mend the declared type.' },
      evidence: { declared: knowledge, tables: checked.map(({ name }) => name) },
    })
  },
})
