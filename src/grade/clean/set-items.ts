import type { Words } from '../../base/problem/index.ts'
import type { Modality } from '../../base/recipe/index.ts'
import { adaptiveBins, adaptiveQuantile, bottomItems, distinctGroups, totalCount } from '../../base/statistics/index.ts'
import type { TableFacts } from '../indicator.ts'
import { firstIds } from '../record-share.ts'
import { rounded } from '../score.ts'
import type { CleanState } from './clean-state.ts'
import { MAX_CONTENTS } from './clean-state.ts'
import { timeFieldOf } from './series/clock.ts'
import { STUCK_RUN, stuckRecords } from './series/sequence.ts'
import type { ItemResult } from './sub-item.ts'
import { relativePerplexity } from './text/perplexity.ts'

type Result = ItemResult extends infer R ? (R extends unknown ? Omit<R, 'code' | 'title' | 'table'> : never) : never

/** A sub-indicator of 0208 that needs more than one record at a time. */
export interface SetItem {
  readonly code: string
  readonly title: Words
  readonly conclude: (state: CleanState, table: TableFacts) => Result
}

const unmeasured = (zh: string, en: string): Result => ({ status: 'not-measured', why: { zh, en } })

/** Ids beyond the first of each content, as far as examples were kept. */
function duplicateExamples(state: CleanState): string[] {
  const items = bottomItems(state.examples)
  return firstIds(items.filter(({ hash }, at) => at > 0 && items[at - 1]?.hash === hash).map(({ id }) => id))
}

function concludeDuplicates(state: CleanState): Result {
  const groups = distinctGroups(state.contents)
  const records = groups.first.reduce((sum, n) => sum + n, 0)
  const exact = groups.share === 1
  return {
    status: 'measured',
    value: records === 0 ? 1 : rounded(groups.distinct / records),
    n: records,
    method: exact
      ? { zh: '每种内容只算第一条，按 106 位内容哈希逐条计数', en: 'the first of each content passes; counted exactly by 106-bit hashes' }
      : {
          zh: `不同内容超过 ${MAX_CONTENTS} 种，按哈希抽取其中 ${rounded(100 * groups.share)}%，组内计数准确`,
          en: `more than ${MAX_CONTENTS} distinct contents: ${rounded(100 * groups.share)}% of them drawn by hash, exact within`,
        },
    decides: true,
    failing: duplicateExamples(state),
  }
}

const duplicates = (code: string, zh: string, en: string): SetItem => ({ code, title: { zh, en }, conclude: concludeDuplicates })

const perplexity: SetItem = {
  code: '02080101',
  title: { zh: '困惑度', en: 'perplexity' },
  conclude: (state) => {
    const found = relativePerplexity(bottomItems(state.texts))
    if (!found) return unmeasured('可用的文本不足 50 条。', 'There are fewer than 50 texts to compare.')
    return {
      status: 'measured',
      value: rounded(1 - found.outliers.length / found.n),
      n: found.n,
      method: {
        zh: `抽样；在其余文本的字符二元模型下不异常的比例（中位数 + 6 倍离散度），字符困惑度中位数 ${rounded(found.median)}。这是相对于本数据集的困惑度，不是语言模型的困惑度，只报告、不计入得分`,
        en: `on a sample; share that does not stand out (median + 6 deviations) under a character-bigram model of the other texts, median perplexity a character ${rounded(found.median)}. It is relative to this very set, not a language model's; reported, not scored`,
      },
      decides: false,
      failing: firstIds(found.outliers),
    }
  },
}

const signalToDistortion: SetItem = {
  code: '02080402',
  title: { zh: '音频信号失真比', en: 'audio signal-to-distortion ratio' },
  conclude: () =>
    unmeasured(
      '需要未失真的原始信号作对照；可见的失真（削波）见 0208-audio-2。',
      'It takes the undistorted signal to compare with; the distortion that shows (clipping) is 0208-audio-2.',
    ),
}

/** Share of backward steps past which ids do not follow the clock at all, so that neighbours mean nothing. */
const UNORDERED = 0.25
const GAP = 3

function clockProblem(state: CleanState, table: TableFacts): Result | undefined {
  const { overflow, sequences } = state.clock
  if (timeFieldOf(table) === undefined)
    return unmeasured('没有数值或时间类型的 time 字段。', 'There is no time field of a numeric or time type.')
  if (overflow) return unmeasured('序列超过 10000 条，未逐条核对。', 'There are more than 10,000 series to keep apart.')
  const pairs = sequences.reduce((sum, [, sequence]) => sum + sequence.records - 1, 0)
  if (pairs === 0) return unmeasured('没有相邻记录可比较。', 'No two records follow each other in a series.')
  return backwardSteps(state) > UNORDERED * pairs
    ? unmeasured(
        '记录编号与时间顺序无关，无法比较相邻记录。',
        'Records are not numbered in order of time, so neighbours cannot be compared.',
      )
    : undefined
}

export const backwardSteps = (state: CleanState): number => state.clock.sequences.reduce((sum, [, sequence]) => sum + sequence.backward, 0)

/** Records that clock order takes from the clean ones; 0 where it could not be measured. */
export const clockFailures = (state: CleanState, table: TableFacts): number =>
  table.modality === 'series' && !clockProblem(state, table) ? backwardSteps(state) : 0

const clockOrder: SetItem = {
  code: '0208-series-1',
  title: { zh: '时钟顺序', en: 'clock order' },
  conclude: (state, table) => {
    const records = state.clock.sequences.reduce((sum, [, sequence]) => sum + sequence.records, 0)
    return (
      clockProblem(state, table) ?? {
        status: 'measured',
        value: rounded(1 - backwardSteps(state) / records),
        n: records,
        method: {
          zh: '同一序列（分组或原始文件）内时间不早于前一条',
          en: 'time does not run backwards within a series (group, or raw file)',
        },
        decides: true,
        failing: state.clock.backwardIds,
      }
    )
  },
}

const gaps: SetItem = {
  code: '0208-series-2',
  title: { zh: '时间断档', en: 'gaps in time' },
  conclude: (state, table) => {
    const problem = clockProblem(state, table)
    const { steps } = state.clock
    const n = totalCount(steps)
    if (problem || n === 0) return problem ?? unmeasured('时间没有前进。', 'Time never moves on.')
    const usual = adaptiveQuantile(steps, 0.5)
    const long = adaptiveBins(steps).reduce((sum, bin) => sum + (bin.low > GAP * usual ? bin.count : 0), 0)
    return {
      status: 'measured',
      value: rounded(1 - long / n),
      n,
      method: {
        zh: `相邻间隔不超过通常间隔（${rounded(usual)}）的 ${GAP} 倍；断档处缺的是记录，不是记录不洁，只报告、不计入得分`,
        en: `steps of at most ${GAP} times the usual one (${rounded(usual)}); at a gap records are absent, not unclean: reported, not scored`,
      },
      decides: false,
      failing: [],
    }
  },
}

const stuck: SetItem = {
  code: '0208-series-3',
  title: { zh: '数值停滞', en: 'stuck values' },
  conclude: (state, table) => {
    const records = state.clock.sequences.reduce((sum, [, sequence]) => sum + sequence.records, 0)
    const held = state.clock.sequences.reduce((sum, [, sequence]) => sum + stuckRecords(sequence), 0)
    return (
      clockProblem(state, table) ?? {
        status: 'measured',
        value: rounded(1 - held / records),
        n: records,
        method: {
          zh: `所有数值通道连续 ${STUCK_RUN} 条以上完全相同视为停滞；也可能是真实的平稳，只报告、不计入得分`,
          en: `all numeric channels equal for ${STUCK_RUN} records or more count as stuck; it may be a true plateau: reported, not scored`,
        },
        decides: false,
        failing: [],
      }
    )
  },
}

/** Sub-indicators of 0208 that look at the set, by modality. */
export const SET_ITEMS: Readonly<Record<Modality, readonly SetItem[]>> = {
  text: [perplexity, duplicates('02080103', '重复内容', 'repeated content')],
  table: [duplicates('0208-table-4', '重复记录', 'duplicate records')],
  series: [duplicates('0208-table-4', '重复记录', 'duplicate records'), clockOrder, gaps, stuck],
  image: [duplicates('02080202', '图像重复', 'image duplication')],
  audio: [duplicates('0208-audio-1', '音频重复', 'audio duplication'), signalToDistortion],
}
