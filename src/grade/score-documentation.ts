import { ASPECTS } from './aspects.ts'
import type { DatasetFacts, Measurement } from './indicator.ts'
import { toScore } from './score.ts'
import { isStandIn } from './stand-ins.ts'

/** Score of a documentation indicator: aspects present of five, X = A/B. Presence is judged, not adequacy. */
export function scoreDocumentation(dataset: DatasetFacts, code: keyof typeof ASPECTS): Measurement {
  const aspects = ASPECTS[code]
  const missing = aspects.filter(({ key }) => isStandIn(dataset.documentation.get(key) ?? ''))
  const present = aspects.filter((aspect) => !missing.includes(aspect))
  const list = (language: 'zh' | 'en', separator: string): string =>
    missing.map(({ key, write }) => `${key} (${write[language]})`).join(separator)
  return {
    status: 'measured',
    score: toScore(present.length / aspects.length),
    a: present.length,
    b: aspects.length,
    n: aspects.length,
    method: {
      zh: '五个方面中已说明的个数；只判断有无（“无”“待补充”之类不算），不判断是否充分。',
      en: 'How many of five aspects are described; presence is judged (n/a, tbd and the like are none), not adequacy.',
    },
    evidence: { present: present.map(({ key }) => key), missing: missing.map(({ key }) => key) },
    failing: [],
    advice:
      missing.length === 0
        ? { zh: '五个方面均已说明。', en: 'All five aspects are described.' }
        : {
            zh: `在 highgrade.yaml 的 documentation 下补充：${list('zh', '、')}。`,
            en: `Add under documentation: in highgrade.yaml: ${list('en', ', ')}.`,
          },
    reproducible: true,
  }
}
