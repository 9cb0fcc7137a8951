import type { Words } from '../../base/problem/index.ts'
import type { Field } from '../../base/record/index.ts'
import { compareCodeUnits } from '../../base/record/index.ts'
import type { AdaptiveHistogram, HistogramBin } from '../../base/statistics/index.ts'
import { adaptiveBins, adaptiveQuantile, equalBins, totalCount } from '../../base/statistics/index.ts'
import type { Grade } from '../grade.ts'
import type { TableFacts } from '../indicator.ts'
import type { FieldProfile } from '../profile.ts'
import type { DrawChart } from './chart.ts'
import { ACCENT, HAIR, LABEL, MUTED } from './chart.ts'
import type { Html } from './html.ts'
import { both, escapeHtml, figure, grouped, words } from './html.ts'

/** Fields drawn of each table: a page that people read, not a data dictionary. */
const MAX_FIELDS = 24
const BINS = 24
const MAX_BARS = 10

const WIDTH = 300
const HEIGHT = 150

const axis = {
  axisLabel: { ...LABEL, fontSize: 11 },
  axisTick: { show: false },
  axisLine: { lineStyle: { color: HAIR } },
  splitLine: { show: false },
}

const isTime = (field: Field): boolean => field.type === 'timestamp' || field.type === 'date'

const DAY_MS = 86_400_000

/** An end of the axis: a date where the range is days, else a number. */
function edgeText(value: number, field: Field, range: number): string {
  if (!isTime(field)) return figure(value)
  const iso = new Date(value).toISOString()
  return range < 2 * DAY_MS ? iso.slice(5, 16).replace('T', ' ') : iso.slice(0, 10)
}

/** Different numbers up to which each gets a bar of its own. */
const MAX_EXACT = 12

const valueText = (value: number, field: Field): string =>
  field.type === 'boolean' ? String(value === 1) : isTime(field) ? new Date(value).toISOString().slice(0, 10) : figure(value)

function numbersChart(profile: FieldProfile, field: Field, draw: DrawChart): string {
  const exact = adaptiveBins(profile.numbers)
  if (exact.length <= MAX_EXACT && exact.every(({ low, high }) => low === high)) return exactChart(exact, field, draw)
  const [low, high] = trimmedRange(profile)
  const bins = equalBins(exact, BINS, [low, high])
  const edges = bins.map((bin) => edgeText(bin.low, field, high - low))
  const shown = new Set([0, bins.length - 1])
  const labels = bins.map((_, at) => (at === bins.length - 1 ? edgeText(high, field, high - low) : (edges[at] ?? '')))
  return draw(
    {
      grid: { left: 14, right: 14, top: 10, bottom: 22 },
      xAxis: {
        type: 'category',
        data: labels,
        ...axis,
        axisLabel: { ...axis.axisLabel, interval: (at: number) => shown.has(at), alignMinLabel: 'left', alignMaxLabel: 'right' },
      },
      yAxis: { type: 'value', show: false, min: 0 },
      series: [{ type: 'bar', barCategoryGap: '12%', itemStyle: { color: ACCENT }, data: bins.map(({ count }) => count) }],
    },
    WIDTH,
    HEIGHT,
  )
}

/** A bar for each of a few different numbers. */
function exactChart(bins: readonly HistogramBin[], field: Field, draw: DrawChart): string {
  return draw(
    {
      grid: { left: 14, right: 14, top: 20, bottom: 22 },
      xAxis: { type: 'category', data: bins.map(({ low }) => valueText(low, field)), ...axis },
      yAxis: { type: 'value', show: false, min: 0 },
      series: [
        {
          type: 'bar',
          barMaxWidth: 28,
          itemStyle: { color: ACCENT },
          label: {
            show: bins.length <= MAX_EXACT / 2,
            position: 'top',
            color: MUTED,
            fontSize: 11,
            formatter: ({ value }: { value: number }) => grouped(value),
          },
          data: bins.map(({ count }) => count),
        },
      ],
    },
    WIDTH,
    HEIGHT,
  )
}

/** From the least to the greatest value; where a few lie far out, from the 0.5th to the 99.5th percentile. */
function trimmedRange({ numbers }: FieldProfile): [number, number] {
  const [min, max] = [numbers.min ?? 0, numbers.max ?? 0]
  const [low, high] = [adaptiveQuantile(numbers, 0.005), adaptiveQuantile(numbers, 0.995)]
  return high > low && max - min > 3 * (high - low) ? [low, high] : [min, max]
}

const shortened = (text: string): string => (text.length <= 14 ? text : `${text.slice(0, 13)}…`)

function valuesChart(values: readonly (readonly [string, number])[], draw: DrawChart): string {
  const sorted = [...values].sort(([a, x], [b, y]) => y - x || compareCodeUnits(a, b))
  const rest = sorted.slice(MAX_BARS).reduce((sum, [, records]) => sum + records, 0)
  const bars = [...sorted.slice(0, MAX_BARS), ...(rest > 0 ? [[`+ ${sorted.length - MAX_BARS}`, rest] as const] : [])].reverse()
  return draw(
    {
      grid: { left: 104, right: 56, top: 4, bottom: 4 },
      xAxis: { type: 'value', show: false, min: 0 },
      yAxis: { type: 'category', data: bars.map(([value]) => shortened(value)), ...axis },
      series: [
        {
          type: 'bar',
          barMaxWidth: 14,
          itemStyle: { color: ACCENT },
          label: { show: true, position: 'right', color: MUTED, fontSize: 11, formatter: ({ value }: { value: number }) => grouped(value) },
          data: bars.map(([, records]) => records),
        },
      ],
    },
    WIDTH,
    Math.max(60, 8 + 19 * bars.length),
  )
}

function timeRange({ min, max }: AdaptiveHistogram): Words {
  const [from, to] = [min ?? 0, max ?? 0].map((time) => new Date(time).toISOString().slice(0, 10))
  return words(`${from} 至 ${to}`, `${from} to ${to}`)
}

function numberRange(numbers: AdaptiveHistogram, field: Field): Words {
  const [median, min, max] = [adaptiveQuantile(numbers, 0.5), numbers.min ?? 0, numbers.max ?? 0].map(figure)
  const unit = field.unit ? ` ${field.unit}` : ''
  const what = field.type === 'text' ? words('长度中位数', 'median length') : words('中位数', 'median')
  return words(`${what.zh} ${median}${unit}，${min} 至 ${max}`, `${what.en} ${median}${unit}, ${min} to ${max}`)
}

function summary(profile: FieldProfile, field: Field, records: number): Html {
  const { numbers } = profile
  const missing = records === 0 ? 0 : Math.round((1000 * profile.missing) / records) / 10
  const parts = [words(`缺失 ${missing}%`, `${missing}% missing`)]
  if (profile.values) parts.push(words(`${profile.values.length} 种取值`, `${profile.values.length} values`))
  else if (totalCount(numbers) > 0) parts.push(isTime(field) ? timeRange(numbers) : numberRange(numbers, field))
  return both(words(parts.map(({ zh }) => zh).join('；'), parts.map(({ en }) => en).join('; ')))
}

/** Does the field's distribution say something to a reader? */
function isShown(field: Field, profile: FieldProfile): boolean {
  if (
    field.type === 'json' ||
    field.type === 'media' ||
    field.role === 'identifier' ||
    field.name === 'thumbnail' ||
    field.name === 'phash'
  )
    return false
  if (field.type === 'text' && field.role !== 'text' && field.role !== 'label') return false
  return profile.values
    ? profile.values.length > 0
    : totalCount(profile.numbers) > 0 && (field.type !== 'category' || profile.values !== null)
}

function figureOf(profile: FieldProfile, field: Field, records: number, draw: DrawChart): Html {
  const chart = profile.values ? valuesChart(profile.values, draw) : numbersChart(profile, field, draw)
  const meaning = field.meaning ? ` <small>${both(field.meaning)}</small>` : ''
  return `<figure class="chart"><h4><code>${escapeHtml(field.name)}</code>${meaning}</h4>${chart}<figcaption>${summary(profile, field, records)}</figcaption></figure>`
}

/** How the fields of each table are distributed, the label first. */
export function distributions(grade: Grade, tables: readonly Pick<TableFacts, 'name' | 'fields'>[], draw: DrawChart): Html {
  return grade.tables
    .map(({ name, records, profile }) => {
      const fields = new Map(tables.find((table) => table.name === name)?.fields.map((field) => [field.name, field]))
      const shown = profile.flatMap((one) => {
        const field = fields.get(one.field)
        return field && isShown(field, one) ? [{ one, field }] : []
      })
      shown.sort((a, b) => Number(b.field.role === 'label') - Number(a.field.role === 'label'))
      if (shown.length === 0) return ''
      const left = shown.length - MAX_FIELDS
      const more = left > 0 ? `<p class="note">${both(words(`另有 ${left} 个字段未画出。`, `${left} more fields are not drawn.`))}</p>` : ''
      const figures = shown.slice(0, MAX_FIELDS).map(({ one, field }) => figureOf(one, field, records, draw))
      return `<h3>${escapeHtml(name)} <small>${both(words(`${grouped(records)} 条记录`, `${grouped(records)} records`))}</small></h3><div class="figures">${figures.join('')}</div>${more}`
    })
    .join('')
}
