import type { Words } from '../../base/problem/index.ts'
import { compareCodeUnits } from '../../base/record/index.ts'
import type { ItemResult } from '../clean/sub-item.ts'
import type { Grade, IndicatorGrade } from '../grade.ts'
import type { Html } from './html.ts'
import { both, escapeHtml, words } from './html.ts'

const SHOWN = 20

/** A record and what it fails. */
export interface WorstRecord {
  readonly id: string
  readonly reasons: readonly Words[]
}

/**
 * Released records that fail most indicators, then first by id. Each indicator keeps its first 100 failing ids, so it is a
 * list of examples, not all.
 */
export function worstRecords(grade: Grade): WorstRecord[] {
  const reasons = new Map<string, Map<string, Words>>()
  for (const one of Object.values(grade.indicators)) {
    for (const { id, key, title } of failuresOf(one)) {
      reasons.set(id, (reasons.get(id) ?? new Map<string, Words>()).set(key, title))
    }
  }
  return [...reasons]
    .sort(([a, x], [b, y]) => y.size - x.size || compareCodeUnits(a, b))
    .slice(0, SHOWN)
    .map(([id, found]) => ({ id, reasons: [...found.values()] }))
}

interface Failure {
  readonly id: string
  readonly key: string
  readonly title: Words
}

/** Failing ids of an indicator, each under the sub-indicator that names it where there is one. */
function failuresOf(one: IndicatorGrade): Failure[] {
  if (one.status !== 'measured') return []
  const items = (one.evidence['subIndicators'] ?? []) as readonly ItemResult[]
  const ofItems = items.flatMap((item) =>
    item.status === 'measured' && item.decides ? item.failing.map((id) => ({ id, key: item.code, title: item.title })) : [],
  )
  const named = new Set(ofItems.map(({ id }) => id))
  return [...ofItems, ...one.failing.filter((id) => !named.has(id)).map((id) => ({ id, key: one.code, title: one.title }))]
}

export function worstRecordsTable(grade: Grade): Html {
  const worst = worstRecords(grade)
  if (worst.length === 0) return ''
  const rows = worst.map(({ id, reasons }) => {
    const list = words(reasons.map(({ zh }) => zh).join('、'), reasons.map(({ en }) => en).join(', '))
    return `<tr><td><code>${escapeHtml(id)}</code></td><td>${both(list)}</td></tr>`
  })
  const intro = words(
    '发布的记录中不合格项最多的；用 highgrade explain <编号> 查看一条记录的来历。',
    'Released records that fail most; highgrade explain <id> tells the story of one.',
  )
  return `<p>${both(intro)}</p><table><thead><tr><th>${both(words('记录', 'record'))}</th><th>${both(words('不合格的指标', 'fails'))}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}
