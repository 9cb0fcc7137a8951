import { ACCENT, type DrawChart, HAIR, LABEL, MUTED } from '../../grade/index.ts'
import type { FieldProfile, NumberSummary, TopValue } from '../../ingest/index.ts'
import { byteSize, figure, grouped, moment } from '../figures.ts'
import { shortened } from '../inspect-words.ts'

const WIDTH = 300
const HEIGHT = 130
const BAR = 19
const MAX_BARS = 8
const NAME_UNITS = 14

const axis = {
  axisLabel: { ...LABEL, fontSize: 11 },
  axisTick: { show: false },
  axisLine: { lineStyle: { color: HAIR } },
  splitLine: { show: false },
}

/** Are a field's values themselves drawn, each with a bar? */
export const drawsValues = ({ field, top }: FieldProfile): boolean =>
  top !== undefined && (field.type === 'boolean' || field.type === 'category')

/** Draws how the values of a field are distributed; empty where a drawing would say nothing. */
export function fieldChart(profile: FieldProfile, draw: DrawChart): string {
  const { top, numbers, lengths, bytes, distinct } = profile
  if (distinct.count < 2) return ''
  if (top && drawsValues(profile)) return barsChart(top.values, profile, draw)
  if (numbers) return binsChart(numbers, labelOf(profile), draw)
  if (bytes) return binsChart(bytes, byteSize, draw)
  return lengths && lengths.max > lengths.min ? binsChart(lengths, figure, draw) : ''
}

const DAY_MS = 86_400_000

function labelOf({ field, numbers }: FieldProfile): (value: number) => string {
  if (field.type !== 'timestamp' && field.type !== 'date') return figure
  const isShort = numbers !== undefined && numbers.max - numbers.min < 2 * DAY_MS
  return (ms) => (isShort ? moment(ms).slice(5) : moment(ms).slice(0, 10))
}

/** Bars over equal bins, or one a value where there are few; the axis names its ends, or all values. */
function binsChart({ bins, discrete }: NumberSummary, label: (value: number) => string, draw: DrawChart): string {
  const last = bins.length - 1
  const names = bins.map(({ low, high }, at) => label(at === last ? high : low))
  const ends = { interval: (at: number) => at === 0 || at === last, alignMinLabel: 'left', alignMaxLabel: 'right' }
  return draw(
    {
      grid: { left: 10, right: 10, top: 8, bottom: 22 },
      xAxis: { type: 'category', data: names, ...axis, axisLabel: { ...axis.axisLabel, ...(discrete ? { hideOverlap: true } : ends) } },
      yAxis: { type: 'value', show: false, min: 0 },
      series: [{ type: 'bar', barCategoryGap: '12%', barMaxWidth: 28, itemStyle: { color: ACCENT }, data: bins.map(({ count }) => count) }],
    },
    WIDTH,
    HEIGHT,
  )
}

/** Bars of the most frequent values, with what is left over. */
function barsChart(values: readonly TopValue[], { present, distinct }: FieldProfile, draw: DrawChart): string {
  const shown = values.slice(0, MAX_BARS)
  const rest = present - shown.reduce((sum, { count }) => sum + count, 0)
  const more = distinct.count - shown.length
  const bars = [...shown.map(({ value, count }) => [shortened(value, NAME_UNITS), count] as const)]
  if (rest > 0 && more > 0) bars.push([`+ ${grouped(more)}`, rest])
  return horizontalBars(bars, draw, {})
}

/** A bar with its name and what stands behind it. */
export type NamedBar = readonly [name: string, value: number, shown?: string]

/** Horizontal bars, the first on top. */
export function horizontalBars(bars: readonly NamedBar[], draw: DrawChart, look: BarLook): string {
  const upward = [...bars].reverse()
  const { width, names, figures, colour } = { ...FIELD_BARS, ...look }
  return draw(
    {
      grid: { left: names, right: figures, top: 4, bottom: 4 },
      xAxis: { type: 'value', show: false, min: 0 },
      yAxis: {
        type: 'category',
        data: upward.map(([name]) => name),
        ...axis,
        axisLabel: { ...axis.axisLabel, width: names - 8, overflow: 'truncate' },
      },
      series: [
        {
          type: 'bar',
          barMaxWidth: 14,
          itemStyle: { color: colour },
          label: {
            show: true,
            position: 'right',
            color: MUTED,
            fontSize: 11,
            formatter: ({ dataIndex, value }: { dataIndex: number; value: number }) => upward[dataIndex]?.[2] ?? grouped(value),
          },
          data: upward.map(([, value]) => value),
        },
      ],
    },
    width,
    8 + BAR * Math.max(2, bars.length),
  )
}

/** Pixels of the drawing, of the names before the bars, of the figures behind them. */
export interface BarLook {
  readonly width?: number
  readonly names?: number
  readonly figures?: number
  readonly colour?: string
}

const FIELD_BARS = { width: WIDTH, names: 104, figures: 62, colour: ACCENT }

/** The same bars for wide and for narrow pages, of which the page shows one. */
export function barsForEachWidth(bars: readonly NamedBar[], draw: DrawChart, look: BarLook): string {
  const narrow = horizontalBars(bars, draw, { ...look, width: 326, names: 112, figures: Math.min(look.figures ?? 62, 104) })
  return `<div class="when-wide">${horizontalBars(bars, draw, look)}</div><div class="when-narrow">${narrow}</div>`
}
