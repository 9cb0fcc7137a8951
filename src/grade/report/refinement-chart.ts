import type { RefinementLift } from '../baseline/refinement.ts'
import type { DrawChart } from './chart.ts'
import { ACCENT, HAIR, INK, LABEL, MUTED } from './chart.ts'
import type { Html } from './html.ts'
import { both, eachLanguage, figure, grouped, words } from './html.ts'

/** What refinement was worth: the same model on the same test records, trained on raw and on refined ones. */
export function refinementChart(comparison: RefinementLift, draw: DrawChart): Html {
  const { refined, unrefined, metric, lift, interval, testRows } = comparison
  const sure =
    interval.low > 0
      ? words('确有提升', 'a real gain')
      : interval.high < 0
        ? words('确有下降', 'a real loss')
        : words('差别在误差之内', 'within the error')
  const sentence = words(
    `同一个模型在同样的 ${grouped(testRows)} 条测试记录上：用原始数据训练 ${metric} 为 ${figure(unrefined.mean)}，用精炼后的数据训练为 ${figure(refined.mean)}；提升 ${figure(lift)}（95% 区间 ${figure(interval.low)} 至 ${figure(interval.high)}），${sure.zh}。`,
    `The same model on the same ${grouped(testRows)} test records: trained on raw data its ${metric} is ${figure(unrefined.mean)}, on refined data ${figure(refined.mean)}; the gain is ${figure(lift)} (95% interval ${figure(interval.low)} to ${figure(interval.high)}): ${sure.en}.`,
  )
  const names = { zh: ['精炼后', '原始'], en: ['refined', 'raw'] }
  const chart = eachLanguage((language) =>
    draw(
      {
        grid: { left: 56, right: 56, top: 8, bottom: 28 },
        xAxis: { type: 'value', min: 0, axisLabel: LABEL, splitLine: { lineStyle: { color: HAIR } } },
        yAxis: {
          type: 'category',
          data: names[language],
          axisLabel: LABEL,
          axisTick: { show: false },
          axisLine: { lineStyle: { color: HAIR } },
        },
        series: [
          {
            type: 'bar',
            barWidth: 18,
            label: { show: true, position: 'right', color: INK, formatter: ({ value }: { value: number }) => figure(value) },
            data: [
              { value: refined.mean, itemStyle: { color: ACCENT } },
              { value: unrefined.mean, itemStyle: { color: MUTED } },
            ],
          },
        ],
      },
      350,
      110,
    ),
  )
  return `<p>${both(sentence)}</p><figure class="chart wide">${chart}</figure>`
}
