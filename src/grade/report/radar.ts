import type { Grade, IndicatorGrade } from '../grade.ts'
import type { DrawChart } from './chart.ts'
import { ACCENT, AMBER, HAIR, LABEL, SOFT } from './chart.ts'
import type { Html } from './html.ts'
import { both, eachLanguage, eachWidth, words } from './html.ts'

/** Fewer axes make no shape. */
const LEAST_AXES = 3

/** Measured indicators on one wheel; those not measured are named under it instead of drawn as 0. */
export function radar(grade: Grade, draw: DrawChart): Html {
  const all = Object.values(grade.indicators)
  const measured = all.filter((one): one is IndicatorGrade & { status: 'measured' } => one.status === 'measured')
  if (measured.length < LEAST_AXES) return ''
  const missing = all.filter(({ status }) => status === 'not-measured')
  const wheel = (language: 'zh' | 'en', narrow: boolean): string =>
    draw(
      {
        radar: {
          shape: 'circle',
          radius: narrow ? '54%' : '72%',
          center: ['50%', '50%'],
          indicator: measured.map(({ title }) => ({ name: wrapped(title[language], language, narrow), max: 100, min: 0 })),
          axisName: { ...LABEL, fontSize: narrow ? 11 : 12, lineHeight: 15 },
          splitNumber: 4,
          splitArea: { show: false },
          splitLine: { lineStyle: { color: HAIR } },
          axisLine: { lineStyle: { color: HAIR } },
        },
        series: [
          {
            type: 'radar',
            symbol: 'none',
            data: [
              { value: measured.map(() => grade.rules.threshold), lineStyle: { color: AMBER, type: 'dashed', width: 1 } },
              { value: measured.map(({ score }) => score), lineStyle: { color: ACCENT, width: 2 }, areaStyle: { color: SOFT, opacity: 1 } },
            ],
          },
        ],
      },
      narrow ? 340 : 640,
      narrow ? 320 : 400,
    )
  const note = words(
    `虚线为 ${grade.rules.threshold} 分。${missing.length > 0 ? `未测量、未画出：${missing.map(({ title }) => title.zh).join('、')}。` : ''}`,
    `The dashed ring is ${grade.rules.threshold}. ${missing.length > 0 ? `Not measured and not drawn: ${missing.map(({ title }) => title.en).join(', ')}.` : ''}`,
  )
  return eachWidth((narrow) => eachLanguage((language) => wheel(language, narrow)), `<figcaption>${both(note)}</figcaption>`)
}

/** English titles of two words and more on two lines; on narrow pages Chinese ones too. */
function wrapped(title: string, language: 'zh' | 'en', narrow: boolean): string {
  if (language === 'en') return title.replace(/ (?=\S+$)/, '\n')
  return narrow && title.length > 5 ? `${title.slice(0, -3)}\n${title.slice(-3)}` : title
}
