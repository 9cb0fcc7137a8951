import type { Identifier, IdentifierKind } from '../../../src/base/kernels/identifiers.ts'
import type { LabelledText } from './labelled-sentence.ts'

export interface Score {
  /** Labels, found spans, and spans that are labels exactly: kind, start and end. */
  labels: number
  found: number
  right: number
}

export interface Scores {
  readonly all: Score
  readonly byKind: ReadonlyMap<IdentifierKind, Score>
  /** `kind/form` of what was missed and text of what was found wrongly, for people. */
  readonly missed: readonly string[]
  readonly wrong: readonly string[]
}

export const recall = ({ labels, right }: Score): number => (labels === 0 ? 1 : right / labels)
export const precision = ({ found, right }: Score): number => (found === 0 ? 1 : right / found)

export function scoreFinder(texts: readonly LabelledText[], find: (text: string) => readonly Identifier[]): Scores {
  const all: Score = { labels: 0, found: 0, right: 0 }
  const byKind = new Map<IdentifierKind, Score>()
  const of = (kind: IdentifierKind): Score => {
    const score = byKind.get(kind) ?? { labels: 0, found: 0, right: 0 }
    byKind.set(kind, score)
    return score
  }
  const missed: string[] = []
  const wrong: string[] = []
  for (const { text, labels } of texts) {
    const found = find(text)
    const key = (span: { kind: string; start: number; end: number }): string => `${span.kind} ${span.start} ${span.end}`
    const wanted = new Set(labels.map(key))
    const given = new Set(found.map(key))
    for (const span of found) {
      for (const score of [all, of(span.kind)]) {
        score.found++
        if (wanted.has(key(span))) score.right++
      }
      if (!wanted.has(key(span))) wrong.push(`${span.kind} «${span.text}» in «${text}»`)
    }
    for (const label of labels) {
      all.labels++
      of(label.kind).labels++
      if (!given.has(key(label))) missed.push(`${label.kind}/${label.form} «${text.slice(label.start, label.end)}» in «${text}»`)
    }
  }
  return { all, byKind, missed, wrong }
}

/** The table that the test prints. */
export function scoreTable({ all, byKind }: Scores): string {
  const line = (name: string, score: Score): string =>
    `${name.padEnd(12)} n ${String(score.labels).padStart(5)}  recall ${recall(score).toFixed(4)}  precision ${precision(score).toFixed(4)}`
  return [...[...byKind].map(([kind, score]) => line(kind, score)), line('all', all)].join('\n')
}
