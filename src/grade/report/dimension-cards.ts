import type { Grade } from '../grade.ts'
import type { Dimension } from '../indicator.ts'
import { DIMENSIONS } from '../rules.ts'
import type { Html } from './html.ts'
import { both, scoreText, words } from './html.ts'
import { DIMENSION_TITLES } from './verdict.ts'

function card(grade: Grade, name: Dimension): Html {
  const { score, measured, total, passes } = grade[name]
  const shown = score === null ? '–' : scoreText(score)
  const mark = passes ? words('通过', 'passes') : words('未通过', 'does not pass')
  return [
    `<div class="card"><h3>${both(DIMENSION_TITLES[name])}</h3>`,
    `<p class="score">${shown}<small> / 100</small></p>`,
    `<div class="bar" aria-hidden="true"><i style="width:${score ?? 0}%"></i><b style="left:${grade.rules.threshold}%"></b></div>`,
    `<p class="note"><span class="mark ${passes ? 'yes' : 'no'}">${both(mark)}</span> ${both(words(`测量 ${measured} / ${total} 项`, `${measured} of ${total} measured`))}</p></div>`,
  ].join('')
}

/** The three dimensions side by side; the tick on each bar is the threshold. */
export const dimensionCards = (grade: Grade): Html => `<div class="cards">${DIMENSIONS.map((name) => card(grade, name)).join('')}</div>`
