import type { Words } from '../../base/problem/index.ts'
import { compareCodeUnits } from '../../base/record/index.ts'
import type { DimensionGrade, Grade, IndicatorGrade } from '../grade.ts'
import type { Dimension } from '../indicator.ts'
import { DIMENSIONS } from '../rules.ts'
import type { Html } from './html.ts'
import { both, grouped, scoreText, words } from './html.ts'

export const DIMENSION_TITLES: Readonly<Record<Dimension, Words>> = {
  documentation: words('说明文档', 'Documentation'),
  quality: words('数据质量', 'Data quality'),
  application: words('应用适配', 'Fitness for use'),
}

/** Indicators of a failing dimension that are named as its causes. */
const NAMED = 3

function weakest(grade: Grade, dimension: Dimension): IndicatorGrade[] {
  const low = Object.values(grade.indicators).filter(
    (one) => one.dimension === dimension && one.status === 'measured' && one.score < grade.rules.threshold,
  )
  return low.sort((a, b) => scoreOf(a) - scoreOf(b) || compareCodeUnits(a.code, b.code)).slice(0, NAMED)
}

const scoreOf = (one: IndicatorGrade): number => (one.status === 'measured' ? one.score : 100)

/** Why one dimension does not pass, in a sentence. */
function reason(grade: Grade, dimension: Dimension, { score, measured, total }: DimensionGrade): Words {
  const title = DIMENSION_TITLES[dimension]
  const { threshold } = grade.rules
  if (score === null)
    return words(`${title.zh}的 ${total} 项指标都没有测量。`, `None of the ${total} indicators of ${title.en.toLowerCase()} was measured.`)
  if (score >= threshold) {
    return words(
      `${title.zh} ${scoreText(score)} 分，但 ${total} 项指标只测量了 ${measured} 项，不足一半，不能算通过。`,
      `${title.en} scores ${scoreText(score)}, but only ${measured} of its ${total} indicators were measured; with less than half it cannot pass.`,
    )
  }
  const low = weakest(grade, dimension)
  const list = (language: 'zh' | 'en', separator: string): string =>
    low.map((one) => `${one.title[language]} ${scoreText(scoreOf(one))}`).join(separator)
  return words(
    `${title.zh} ${scoreText(score)} 分，低于 ${threshold} 分；最低的是：${list('zh', '、')}。`,
    `${title.en} scores ${scoreText(score)}, below ${threshold}; lowest are: ${list('en', ', ')}.`,
  )
}

/** The first words of the report: what the set is, whether it passes, and why. For readers without any background. */
export function verdict(grade: Grade): Html {
  const failing = DIMENSIONS.filter((name) => !grade[name].passes)
  const { threshold } = grade.rules
  const head = grade.passes
    ? words(`这个数据集通过评级：三个维度都达到 ${threshold} 分。`, `This data set passes: all three dimensions reach ${threshold} of 100.`)
    : words(
        `这个数据集尚未通过评级：${failing.length} 个维度没有达到要求。`,
        `This data set does not pass yet: ${failing.length} of 3 dimensions fall short.`,
      )
  const reasons = failing.map((name) => `<li>${both(reason(grade, name, grade[name]))}</li>`).join('')
  const total = Object.values(grade.indicators)
  const measured = total.filter(({ status }) => status === 'measured').length
  const scope = words(
    `评级覆盖全部 ${grouped(grade.records)} 条记录；${total.length} 项指标测量了 ${measured} 项，未测量的在下表中写明原因，不以估计代替。`,
    `The grade covers all ${grouped(grade.records)} records; ${measured} of ${total.length} indicators were measured, and for each of the others the table says why not: nothing is guessed.`,
  )
  return `<p class="verdict">${both(head)}</p>${reasons ? `<ul>${reasons}</ul>` : ''}<p>${both(scope)}</p>`
}
