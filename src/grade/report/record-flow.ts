import type { Words } from '../../base/problem/index.ts'
import { compareCodeUnits } from '../../base/record/index.ts'
import type { ChartOption, DrawChart } from './chart.ts'
import { ACCENT, AMBER, INK, MUTED } from './chart.ts'
import type { Html } from './html.ts'
import { both, eachLanguage, eachWidth, grouped, words } from './html.ts'
import type { Outflow, RecordFlow } from './report-context.ts'

/** Reasons drawn one by one; smaller ones are drawn together. The table below holds all. */
const MAX_REASONS = 8

interface Branch extends Outflow {
  readonly colour: string
}

const OTHER = words('其他原因', 'other reasons')

function branches(flow: RecordFlow): Branch[] {
  const all = [
    ...flow.merged.map(({ reason, records }) => ({ reason: words(`合并：${reason.zh}`, `merged: ${reason.en}`), records, colour: MUTED })),
    ...flow.quarantined.map(({ reason, records }) => ({
      reason: words(`隔离：${reason.zh}`, `quarantined: ${reason.en}`),
      records,
      colour: AMBER,
    })),
  ]
  const sorted = all
    .filter(({ records }) => records > 0)
    .sort((a, b) => b.records - a.records || compareCodeUnits(a.reason.en, b.reason.en))
  const rest = sorted.slice(MAX_REASONS).reduce((sum, { records }) => sum + records, 0)
  return [...sorted.slice(0, MAX_REASONS), ...(rest > 0 ? [{ reason: OTHER, records: rest, colour: MUTED }] : [])]
}

const shortened = (text: string, limit: number): string => (text.length <= limit ? text : `${text.slice(0, Math.floor(limit) - 1)}…`)

function flowOption(flow: RecordFlow, language: keyof Words, narrow: boolean): ChartOption {
  const limit = (language === 'zh' ? 22 : 40) * (narrow ? 0.55 : 1)
  const released: Branch = { reason: words('发布', 'released'), records: flow.released, colour: ACCENT }
  const ends = [released, ...branches(flow)].filter(({ records }) => records > 0)
  const nodes: readonly Branch[] = [{ reason: words('读入', 'ingested'), records: flow.ingested, colour: MUTED }, ...ends]
  const textOf = ({ reason, records }: Outflow): string => `${shortened(reason[language], limit)}  ${grouped(records)}`
  const label = { color: INK, fontSize: narrow ? 11 : 12, textBorderWidth: 0 }
  return {
    series: [
      {
        type: 'sankey',
        left: 8,
        right: narrow ? 196 : language === 'zh' ? 250 : 300,
        top: 8,
        bottom: 8,
        nodeWidth: 10,
        nodeGap: 14,
        layoutIterations: 0,
        label,
        lineStyle: { color: MUTED, opacity: 0.22 },
        // Names only tell nodes apart: two reasons may read the same once they are shortened.
        data: nodes.map((node, at) => ({ name: String(at), itemStyle: { color: node.colour }, label: { formatter: () => textOf(node) } })),
        links: ends.map(({ records }, at) => ({ source: '0', target: String(at + 1), value: records })),
      },
    ],
  }
}

function reasonRows(title: Words, outflows: readonly Outflow[]): Html {
  const sorted = [...outflows].sort((a, b) => b.records - a.records || compareCodeUnits(a.reason.en, b.reason.en))
  return sorted
    .map(({ reason, records }) => `<tr><td>${both(title)}</td><td>${both(reason)}</td><td class="n">${grouped(records)}</td></tr>`)
    .join('')
}

/** What became of every record that came in, drawn and as a table that adds up. */
export function recordFlow(flow: RecordFlow, draw: DrawChart): Html {
  const gone = [...flow.merged, ...flow.quarantined].reduce((sum, { records }) => sum + records, 0)
  const height = 60 + 34 * (1 + branches(flow).length)
  const sum = words(
    `${grouped(flow.ingested)} 条读入 = ${grouped(flow.released)} 条发布 + ${grouped(gone)} 条合并或隔离。${flow.ingested === flow.released + gone ? '一条不少。' : '合计不符，请报告。'}`,
    `${grouped(flow.ingested)} ingested = ${grouped(flow.released)} released + ${grouped(gone)} merged or quarantined. ${flow.ingested === flow.released + gone ? 'None is lost.' : 'This does not add up: please report it.'}`,
  )
  const rows = reasonRows(words('合并', 'merged'), flow.merged) + reasonRows(words('隔离', 'quarantined'), flow.quarantined)
  const table = rows
    ? `<details><summary>${both(words('按原因列出', 'by reason'))}</summary><table><thead><tr><th>${both(words('去向', 'fate'))}</th><th>${both(words('原因', 'reason'))}</th><th class="n">${both(words('记录', 'records'))}</th></tr></thead><tbody>${rows}</tbody></table></details>`
    : ''
  const drawn = (narrow: boolean): Html => eachLanguage((language) => draw(flowOption(flow, language, narrow), narrow ? 350 : 760, height))
  return `<p>${both(sum)}</p>${flow.ingested > 0 ? eachWidth(drawn) : ''}${table}`
}
