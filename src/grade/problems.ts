import { defineProblem } from '../base/problem/index.ts'

export const weightUnknown = defineProblem<{ at: string; found: string }>('grade/weight-unknown', {
  zh: (p) => `${p.at}：没有指标 ${p.found}。`,
  en: (p) => `${p.at}: there is no indicator ${p.found}.`,
  advice: { zh: '权重的键写指标代码，如 0208。', en: 'Weights are keyed by indicator code, such as 0208.' },
})

export const weightInvalid = defineProblem<{ at: string; found: number; expected: string }>('grade/weight-invalid', {
  zh: (p) => `${p.at}：权重 ${p.found} 无效，应为${p.expected}。`,
  en: (p) => `${p.at}: the weight ${p.found} is not valid; expected ${p.expected}.`,
  advice: { zh: '给每个指标一个大于 0 的权重；省略即为 1。', en: 'Give each indicator a weight above 0; left out, it is 1.' },
})
