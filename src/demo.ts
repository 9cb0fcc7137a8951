import { fileURLToPath } from 'node:url'
import { type Effects, realEffects } from './base/effects/index.ts'
import { type Outcome, succeed } from './base/problem/index.ts'
import { join } from './base/store/index.ts'
import { build } from './build.ts'
import type { Released } from './release/index.ts'

/** Examples of the demo: a table, texts, time series and images; all but the texts are real data. */
const DEMO_SECTORS = ['agriculture', 'law', 'low-altitude', 'healthcare/imaging'] as const

const EXAMPLES = fileURLToPath(new URL('../examples/', import.meta.url))

/** One sector's result: the raw files as they came, and what was made of them. */
export interface DemoResult {
  readonly sector: string
  readonly raw: Released
  readonly refined: Released
}

/** Builds the demo's sectors, each once as it came and once refined, so that the difference can be seen. */
export async function demo(out: string, effects: Effects = realEffects): Promise<Outcome<DemoResult[]>> {
  const results: DemoResult[] = []
  for (const sector of DEMO_SECTORS) {
    const input = join(EXAMPLES, sector, 'highgrade.yaml')
    const raw = await build({ input, out: join(out, 'as-it-came'), asIs: true }, effects)
    if (!raw.ok) return raw
    const refined = await build({ input, out }, effects)
    if (!refined.ok) return refined
    results.push({ sector, raw: raw.value, refined: refined.value })
  }
  return succeed(results)
}
