import { describe, expect, it } from 'vitest'
import { findIdentifiers } from '../../../src/base/kernels/identifiers.ts'
import { FIELD_NOTES, HARD_CASES, readHardCase } from './hard-cases.ts'
import { NEGATIVES } from './hard-negatives.ts'
import { labelledTexts } from './labelled-sentence.ts'
import { precision, recall, scoreFinder, scoreTable } from './scoring.ts'
import { seeded } from './seeded.ts'

const GOAL = 0.98
const ENOUGH = 30
const EACH_NEGATIVE = 45

const negatives = (seed: number): { text: string; labels: [] }[] => {
  const r = seeded(seed)
  return Object.values(NEGATIVES).flatMap((make) => Array.from({ length: EACH_NEGATIVE }, () => ({ text: make(r), labels: [] as [] })))
}

describe('identifiers in the labelled set', () => {
  const positives = labelledTexts(seeded(20260601))
  const texts = [...positives, ...negatives(20260602), ...[...HARD_CASES, ...FIELD_NOTES].map(readHardCase)]
  const scores = scoreFinder(texts, (text) => findIdentifiers(text))
  process.stderr.write(`\nidentifiers: ${texts.length} texts\n${scoreTable(scores)}\n`)

  it('has the size that was promised', () => {
    expect(scores.all.labels).toBeGreaterThanOrEqual(1500)
    expect(texts.filter(({ labels }) => labels.length === 0).length).toBeGreaterThanOrEqual(1000)
  })

  it('finds them and nothing else', () => {
    const shown = [...scores.missed.map((line) => `missed ${line}`), ...scores.wrong.map((line) => `wrong ${line}`)].slice(0, 40).join('\n')
    expect(recall(scores.all), shown).toBeGreaterThanOrEqual(GOAL)
    expect(precision(scores.all), shown).toBeGreaterThanOrEqual(GOAL)
    for (const [kind, score] of scores.byKind) {
      if (score.labels < ENOUGH) continue
      expect(recall(score), `${kind}\n${shown}`).toBeGreaterThanOrEqual(GOAL)
      expect(precision(score), `${kind}\n${shown}`).toBeGreaterThanOrEqual(GOAL)
    }
  })

  it.each([...HARD_CASES, ...FIELD_NOTES])('%s', (marked) => {
    const { text, labels } = readHardCase(marked)
    expect(findIdentifiers(text).map(({ kind, start, end }) => ({ kind, text: text.slice(start, end) }))).toEqual(
      labels.map(({ kind, start, end }) => ({ kind, text: text.slice(start, end) })),
    )
  })
})
