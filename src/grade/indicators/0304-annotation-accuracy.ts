import type { RecordBatch } from '../../base/record/index.ts'
import { isMissing } from '../../base/record/index.ts'
import { clopperPearson } from '../../base/statistics/index.ts'
import type { Agreement, VoteEstimate } from '../annotation/agreement.ts'
import { addVotes, countVotes, estimateFromVotes, LEAST_VOTES, mergeAgreements, startAgreement } from '../annotation/agreement.ts'
import { isVerified, verifiedLabel } from '../annotation/gold.ts'
import { voteFieldsOf, voteReader } from '../annotation/votes.ts'
import type { DatasetFacts, Measurement, TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { concludeShare, countRecords, emptyShare, mergeShares, NOTHING_TO_MEND, notMeasured } from '../record-share.ts'
import { rounded, toScore } from '../score.ts'

const LEVEL = 0.95

interface State {
  /** Records with a verified value, and whether their label stands. */
  readonly gold: RecordShare
  /** Records with votes, and whether no other value got more of them than their label. */
  readonly voted: RecordShare
  readonly agreement: Agreement
}

function addGold(share: RecordShare, batch: RecordBatch, table: TableFacts): RecordShare {
  const fields = verifiedLabel(table)
  const gold = fields && batch.columns.get(fields.gold.name)
  if (!fields || !gold) return share
  const label = batch.columns.get(fields.label.name)
  const reviewed = batch.ids.flatMap((_, row) => (isMissing(gold, row) ? [] : [row]))
  const ids = reviewed.map((row) => batch.ids[row] as string)
  return countRecords(
    share,
    ids,
    Uint8Array.from(reviewed, (row) => (isVerified(fields, label, gold, row) ? 0 : 1)),
  )
}

function addVoted(state: Pick<State, 'voted' | 'agreement'>, batch: RecordBatch, table: TableFacts): Pick<State, 'voted' | 'agreement'> {
  const field = table.fields.find(({ role }) => role === 'label')
  const fields = field && voteFieldsOf(table, field)
  const labels = field && batch.columns.get(field.name)
  if (!fields || !labels) return state
  const votesAt = voteReader(batch, fields)
  const records = batch.ids.flatMap((id, row) => {
    const votes = isMissing(labels, row) ? [] : votesAt(row)
    return votes.length >= LEAST_VOTES ? [{ id, label: String(labels.values[row]), votes }] : []
  })
  const isOutvoted = records.map(({ label, votes }) => {
    const counts = countVotes(votes)
    return (counts.get(label) ?? 0) < Math.max(...counts.values()) ? 1 : 0
  })
  return {
    voted: countRecords(
      state.voted,
      records.map(({ id }) => id),
      Uint8Array.from(isOutvoted),
    ),
    agreement: addVotes(state.agreement, records),
  }
}

const unverified = notMeasured(
  {
    zh: '没有金标准或复核样本，也没有每条三人以上的标注；标注是否准确，机器不能自证，标注者或模型自报的置信度也不算。',
    en: 'There is no gold or reviewed sample, nor three annotators a record; no machine can vouch for labels by itself, and a confidence that annotators or models give themselves is none.',
  },
  {
    zh: '抽样复核，并把结果放在 gold_<标签字段> 或 review 一列（值或“正确、错误”）；或给出每位标注者的标签（annotator_1 …，或 votes 列表）。模型可疑的标签见 0305 的证据。',
    en: 'Review a sample and put the result in a column gold_<label field> or review (values, or right and wrong); or give the label of each annotator (annotator_1 …, or a list votes). Labels that a model doubts are in the evidence of 0305.',
  },
)

/** From verified values: X = A/B, with its exact interval. */
function concludeGold(dataset: DatasetFacts, share: RecordShare, votes: VoteEstimate | undefined): Measurement {
  const fields = dataset.tables.flatMap((table) => {
    const found = verifiedLabel(table)
    return found ? [`${table.name}: ${found.label.name} ~ ${found.gold.name}`] : []
  })
  const measured = concludeShare([share], {
    method: {
      zh: '与金标准一致（或复核为正确）的记录数 ÷ 有金标准或复核的记录数；区间为 95% Clopper–Pearson 精确区间，前提是样本随机抽取。',
      en: 'Records that agree with their gold value, or that a review found right, over records that have one; the interval is the exact 95% one of Clopper and Pearson, if the sample was drawn at random.',
    },
    advice: { zh: '改正不一致的标注，并检查同类记录。', en: 'Mend the labels that disagree, and look at records like them.' },
    evidence: { basis: 'gold', fields, votes: votes ? voteEvidence(votes) : null },
  })
  if (measured.status !== 'measured') return measured
  const { low, high } = clopperPearson(share.passing, share.records, LEVEL)
  return { ...measured, interval: { low: rounded(100 * low), high: rounded(100 * high), level: LEVEL, method: 'Clopper–Pearson' } }
}

const voteEvidence = ({ records, votes, alpha }: VoteEstimate): Record<string, unknown> => ({
  records,
  votes,
  krippendorffAlpha: alpha === null ? null : rounded(alpha),
})

/** From votes: an estimate, with the span between shared and independent errors. */
function concludeVotes(dataset: DatasetFacts, voted: RecordShare, votes: VoteEstimate): Measurement {
  const fields = dataset.tables.flatMap((table) => {
    const label = table.fields.find(({ role }) => role === 'label')
    const found = label && voteFieldsOf(table, label)
    return found ? [`${table.name}: ${found.kind === 'json' ? found.name : found.names.join(', ')}`] : []
  })
  return {
    status: 'measured',
    score: toScore(votes.share),
    n: voted.records,
    interval: {
      low: rounded(100 * votes.low),
      high: rounded(100 * votes.high),
      level: LEVEL,
      method: 'agreement without one vote for the label … one-coin model',
    },
    method: {
      zh: `没有金标准，按多人标注估计：每条（至少 ${LEAST_VOTES} 人）中与标签一致的标注所占比例的均值。下限不计可能就是标签本身的一票，上限假设各人独立出错，各加减 1.96 倍标准误。这是一致性，不是准确性：大家共同的错误看不出来（在 7 个有金标准的公开众包集上，真值 6 次落在区间内，1 次低于下限）。`,
      en: `Estimated from several annotators, for want of a gold sample: the mean share of those (at least ${LEAST_VOTES} a record) who gave the label. The low end leaves out one vote, which may be the label itself; the high end takes errors for independent; each with 1.96 standard errors. It is agreement, not accuracy: mistakes that annotators share stay unseen (of 7 public crowd sets with gold, the truth lay in the interval in 6, below it in 1).`,
    },
    evidence: { basis: 'votes', fields, votes: voteEvidence(votes), outvoted: voted.records - voted.passing },
    failing: voted.failing,
    advice:
      voted.passing === voted.records && votes.share === 1
        ? NOTHING_TO_MEND
        : {
            zh: '先裁决被多数标注者否定的标签（见不合格记录），再随机抽样复核，以金标准代替估计。',
            en: 'First adjudicate the labels that most annotators contradict (the failing records), then review a random sample, so that gold takes the place of the estimate.',
          },
    reproducible: true,
  }
}

export default defineIndicator<State>({
  version: 2,
  code: '0304',
  dimension: 'application',
  title: { zh: '标注准确性', en: 'Annotation accuracy' },
  doc: {
    zh: '与金标准或复核结果一致的标注比例；没有时按多人标注的一致性估计。',
    en: 'Share of annotations that agree with gold or reviewed values; without these, an estimate from the agreement of several annotators.',
  },
  source: 'TC609-5-2025-04 0304; Clopper & Pearson 1934; Krippendorff 2011; Dawid & Skene 1979',
  accumulation: {
    start: () => ({ gold: emptyShare(), voted: emptyShare(), agreement: startAgreement() }),
    add: (state, batch, table) => ({ ...state, ...addVoted(state, batch, table), gold: addGold(state.gold, batch, table) }),
    merge: (left, right) => ({
      gold: mergeShares(left.gold, right.gold),
      voted: mergeShares(left.voted, right.voted),
      agreement: mergeAgreements(left.agreement, right.agreement),
    }),
  },
  conclude: (dataset, states) => {
    const gold = states.map((state) => state.gold).reduce(mergeShares, emptyShare())
    const votes = estimateFromVotes(states.map(({ agreement }) => agreement).reduce(mergeAgreements, startAgreement()))
    if (gold.records > 0) return concludeGold(dataset, gold, votes)
    const voted = states.map((state) => state.voted).reduce(mergeShares, emptyShare())
    return votes ? concludeVotes(dataset, voted, votes) : unverified
  },
})
