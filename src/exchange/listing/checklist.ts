import { z } from 'zod'
import type { Words } from '../../base/problem/index.ts'
import type { SpecificationSheet } from './specification-sheet.ts'

/** What only the seller can say, and answers for. */
export const declarations = z.strictObject({
  /** The organisation may pass the data on. */
  authorised: z.boolean(),
  /** They were gathered lawfully. */
  lawful: z.boolean(),
  /** Nobody can be identified by them. */
  deidentified: z.boolean(),
})
export type Declarations = z.output<typeof declarations>

/** One point of the compliance checklist. */
export interface CheckPoint {
  readonly code: string
  readonly words: Words
  readonly holds: boolean
  /** Must it hold before the listing is submitted? The others are shown to the reviewer and the buyers. */
  readonly required: boolean
  /** Who says so: computed from the release, or declared by the seller. */
  readonly by: 'computed' | 'declared'
}

/** The checklist of a version: what can be computed is, the rest is declared by name. */
export function checklistOf(sheet: SpecificationSheet, said: Declarations): CheckPoint[] {
  const computed = (code: string, holds: boolean, required: boolean, zh: string, en: string): CheckPoint => ({
    code,
    holds,
    required,
    by: 'computed',
    words: { zh, en },
  })
  const declared = (code: keyof Declarations, zh: string, en: string): CheckPoint => ({
    code,
    holds: said[code],
    required: true,
    by: 'declared',
    words: { zh, en },
  })
  return [
    computed('graded', sheet.grade.quality !== null, true, '数据质量已评级', 'data quality is graded'),
    computed('records', sheet.records > 0, true, '含有记录', 'it holds records'),
    computed('license', sheet.license !== null, true, '写明许可', 'the licence is stated'),
    computed('sources', sheet.sources.withLicense === sheet.sources.files, false, '每个来源都有许可', 'every source has a licence'),
    computed('passes', sheet.grade.passes, false, '三个维度均达标', 'all three dimensions pass'),
    computed('described', sheet.description.zh !== sheet.dataset, false, '有说明文字', 'it is described'),
    declared('authorised', '本组织有权提供这些数据', 'the organisation may pass the data on'),
    declared('lawful', '数据来源合法', 'the data were gathered lawfully'),
    declared('deidentified', '不能识别到个人，或已取得同意', 'nobody can be identified, or has agreed'),
  ]
}
