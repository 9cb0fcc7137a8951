import type { FieldProfile } from '../ingest/index.ts'
import type { DraftTable } from './draft-table.ts'
import { commentedOut, flow } from './recipe-text.ts'

/** Values of a label that are listed as bins, and records that each should have. */
const MAX_VALUES = 30
const AT_LEAST = 10

/**
 * A demand filled in from what was seen, commented out: what there is says nothing of what is needed, and a demand
 * that only repeats it would make the grade praise itself.
 */
export function draftDemand(tables: readonly DraftTable[]): string[] {
  const released = tables.filter(({ plan }) => !plan.auxiliary)
  const [main] = [...released].sort(
    (a, b) => Number(b.plan.task !== undefined) - Number(a.plan.task !== undefined) || b.profile.records - a.profile.records,
  )
  if (!main) return []
  const { plan, profile } = main
  const table = plan.name
  const records = released.reduce((sum, one) => sum + one.profile.records, 0)
  const target = profile.fields.find(({ field }) => field.name === plan.task?.target)
  const lines = [
    'demand:',
    "  scenario: { zh: '', en: '' }",
    '  knowledge: industry-expert',
    `  scale: { records: ${Math.max(1, records)} }`,
  ]
  const bins = target && coverageOf(target)
  if (target && bins) lines.push('  coverage:', `    - ${flow({ table, field: target.field.name, ...bins, atLeast: AT_LEAST })}`)
  if (profile.time?.isMoment)
    lines.push(`  window: ${flow({ table, field: profile.time.field, from: isoOf(profile.time.from), to: isoOf(profile.time.to) })}`)
  if (plan.task) {
    const { kind, target: name } = plan.task
    lines.push(`  task: ${flow({ table, kind, target: name, metric: kind === 'regression' ? 'r2' : 'macro-f1', goal: 0.8 })}`)
  }
  return [
    '# 需求：以下照现有数据填写，并非场景所需；改为实际需要后去掉 # · demand: filled in from what is there, which is not what is needed;',
    '# 不写需求，则规模、覆盖与时效记为“未测量” · change it to the real need, then take the # away; without it scale, coverage and timeliness are not measured',
    ...commentedOut(lines),
  ]
}

const isoOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Values, or edges at the quartiles, that say where the label should have records. */
function coverageOf({ field, top, numbers }: FieldProfile): { values: readonly string[] } | { edges: readonly number[] } | undefined {
  if (numbers && field.type !== 'boolean' && numbers.discrete)
    return { values: numbers.bins.filter(({ count }) => count > 0).map(({ low }) => String(low)) }
  if (numbers && field.type !== 'boolean') {
    const { min, max, quantiles } = numbers
    const inner = [quantiles.p25, quantiles.p50, quantiles.p75].map((edge) => Number(edge.toPrecision(3)))
    const edges = [outward(min, -1), ...inner.filter((edge) => edge > min && edge < max), outward(max, 1)]
    return { edges: [...new Set(edges)] }
  }
  return top && { values: top.values.slice(0, MAX_VALUES).map(({ value }) => value) }
}

/** A number with three digits that is not within `value` on the side of `sign`. */
function outward(value: number, sign: 1 | -1): number {
  if (value === 0) return 0
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2)
  return Number((sign * Math.ceil((sign * value) / step) * step).toPrecision(4))
}
