import { defineIndicator } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { addTally, concludeShare, countRecords, emptyShare, mergeShares, type Tally } from '../record-share.ts'
import { RISK_CATEGORIES } from '../security/risk-words.ts'
import { OWN_RISK_WORDS, PERSONAL_KINDS, scannedFields, scanSecurity } from '../security/scan-security.ts'

interface State {
  readonly share: RecordShare
  /** Values that hold each kind of finding. */
  readonly findings: Tally
}

const nPhrases = RISK_CATEGORIES.reduce((sum, { words }) => sum + words.length, 0)
const nThings = RISK_CATEGORIES.reduce((sum, { goods, wares }) => sum + (goods?.length ?? 0) + (wares?.length ?? 0), 0)

export default defineIndicator<State>({
  version: 2,
  code: '0202',
  dimension: 'quality',
  title: { zh: '安全规范性', en: 'Security' },
  doc: {
    zh: '记录中没有残留的个人标识，也没有风险词命中。',
    en: 'No identifiers of persons are left in a record, and no risk word is hit.',
  },
  source: 'TC609-5-2025-04 0202; GB/T 35273-2020 annex B; TC260-003 appendix A',
  accumulation: {
    start: () => ({ share: emptyShare(), findings: [] }),
    add: (state, batch, table) => {
      const failed = new Uint8Array(batch.ids.length)
      const counts = new Map<string, number>()
      scanSecurity(batch, table, (row, kind) => {
        failed[row] = 1
        counts.set(kind, (counts.get(kind) ?? 0) + 1)
      })
      return { share: countRecords(state.share, batch.ids, failed), findings: addTally(state.findings, counts) }
    },
    merge: (left, right) => ({ share: mergeShares(left.share, right.share), findings: addTally(left.findings, right.findings) }),
  },
  conclude: (dataset, states) => {
    const own = dataset.tables.reduce((sum, table) => sum + (table.codeLists.get(OWN_RISK_WORDS)?.size ?? 0), 0)
    return concludeShare(
      states.map(({ share }) => share),
      {
        method: {
          zh: `没有命中的记录数 ÷ 记录数。已查：个人标识（密钥、邮箱、身份证、银行卡、电话、证件、车牌，带校验位核对）与 ${nPhrases + own} 个风险短语、${nThings} 种被兜售或教授制作的违禁物品（TC260-003 附录 A.1、A.2 共 17 类；法律、新闻语境中的提及不算）。未查：姓名、住址、图像与音频内容、需要理解上下文的违法、侵权与歧视内容；命中为疑似，须人工复核。`,
          en: `Records without a hit over all records. Looked for: identifiers of persons (secrets, e-mail, resident ID, bank card, phone, passport, plate; check digits verified) and ${nPhrases + own} phrases of risk and ${nThings} things where they are offered or taught (TC260-003 appendix A.1 and A.2, 17 risks; a mention by law or news is none). Not covered: names, addresses, what images and recordings show, and unlawful, infringing or discriminating content that takes understanding. A hit is a suspicion for people to review.`,
        },
        advice: {
          zh: '用 text/mask-identifiers 掩蔽标识；风险词命中的记录交人工复核后移除或保留。',
          en: 'Mask identifiers with text/mask-identifiers; have records with risk words reviewed, then take them out or keep them.',
        },
        evidence: {
          valuesWithFindings: Object.fromEntries(states.reduce<Tally>((all, { findings }) => addTally(all, findings), [])),
          identifierKinds: PERSONAL_KINDS,
          riskWords: { phrases: nPhrases, things: nThings, own },
          fields: dataset.tables.flatMap((table) => scannedFields(table).map(({ name }) => `${table.name}.${name}`)),
        },
      },
    )
  },
})
