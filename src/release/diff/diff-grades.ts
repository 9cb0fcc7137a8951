import type { Words } from '../../base/problem/index.ts'
import type { Grade } from '../../grade/index.ts'

/** A score in two releases; null where it was not measured. */
export interface ScoreChange {
  readonly code: string
  readonly title: Words
  readonly before: number | null
  readonly after: number | null
}

export interface GradeDiff {
  readonly passes: { readonly before: boolean; readonly after: boolean }
  /** Dimensions and indicators whose score differs. */
  readonly scores: readonly ScoreChange[]
}

const DIMENSIONS: readonly (readonly [name: 'documentation' | 'quality' | 'application', title: Words])[] = [
  ['documentation', { zh: '文档', en: 'documentation' }],
  ['quality', { zh: '质量', en: 'quality' }],
  ['application', { zh: '应用', en: 'application' }],
]

export function diffGrades(before: Grade, after: Grade): GradeDiff {
  const dimensions = DIMENSIONS.map(([code, title]) => ({ code, title, before: before[code].score, after: after[code].score }))
  const codes = [...new Set([...Object.keys(before.indicators), ...Object.keys(after.indicators)])].sort()
  const indicators = codes.map((code) => {
    const [a, b] = [before.indicators[code], after.indicators[code]]
    return { code, title: (b ?? a)?.title ?? { zh: code, en: code }, before: scoreOf(a), after: scoreOf(b) }
  })
  return {
    passes: { before: before.passes, after: after.passes },
    scores: [...dimensions, ...indicators].filter((one) => one.before !== one.after),
  }
}

const scoreOf = (one: Grade['indicators'][string] | undefined): number | null => (one?.status === 'measured' ? one.score : null)
