import type { ItemResult } from '../clean/sub-item.ts'
import type { Grade, IndicatorGrade } from '../grade.ts'
import type { Measurement } from '../indicator.ts'
import { DIMENSIONS } from '../rules.ts'
import { evidenceText } from './evidence-text.ts'
import type { Html } from './html.ts'
import { both, escapeHtml, grouped, percent, scoreText, words } from './html.ts'
import { DIMENSION_TITLES } from './verdict.ts'

type Measured = Measurement & { status: 'measured' }

/** Evidence longer than this is cut: the whole of it is in grade.json. */
const MAX_EVIDENCE = 6000
const MAX_IDS = 10

const figures = (one: Measured): Html => {
  const parts: Html[] = []
  if (one.a !== undefined && one.b !== undefined) parts.push(`${grouped(one.a)} / ${grouped(one.b)}`)
  else parts.push(`n = ${grouped(one.n)}`)
  if (one.interval) parts.push(`${percent(one.interval.level)}: ${scoreText(one.interval.low)} – ${scoreText(one.interval.high)}`)
  return parts.filter(Boolean).join('<br>')
}

function subIndicators(items: readonly ItemResult[]): Html {
  const row = (item: ItemResult): Html => {
    const head = `<tr><td><code>${escapeHtml(item.code)}</code></td><td>${both(item.title)}</td>`
    if (item.status === 'not-measured')
      return `${head}<td class="n dim">${both(words('未测量', 'not measured'))}</td><td class="n"></td><td>${both(item.why)}</td></tr>`
    const reported = item.decides ? '' : ` <span class="tag">${both(words('仅报告', 'reported'))}</span>`
    return `${head}<td class="n">${percent(item.value)}${reported}</td><td class="n">${grouped(item.n)}</td><td>${both(item.method)}</td></tr>`
  }
  const tables = [...new Set(items.map(({ table }) => table))]
  return tables
    .map(
      (table) =>
        `<h4>${escapeHtml(table)}</h4><table class="sub"><tbody>${items
          .filter((item) => item.table === table)
          .map(row)
          .join('')}</tbody></table>`,
    )
    .join('')
}

function evidence(one: Measured): Html {
  const items = one.evidence['subIndicators'] as readonly ItemResult[] | undefined
  if (items) return subIndicators(items)
  const text = evidenceText(one.evidence)
  if (text === '{}') return ''
  const cut = text.length > MAX_EVIDENCE ? `${text.slice(0, MAX_EVIDENCE)}\n…` : text
  return `<pre>${escapeHtml(cut)}</pre>`
}

function failing(ids: readonly string[]): Html {
  if (ids.length === 0) return ''
  const more = ids.length > MAX_IDS ? ' …' : ''
  const list = ids
    .slice(0, MAX_IDS)
    .map((id) => `<code>${escapeHtml(id)}</code>`)
    .join(' ')
  return `<p>${both(words('不合格的记录，例如：', 'Records that fail, such as: '))}${list}${more}</p>`
}

function measuredRow(one: IndicatorGrade & Measured, threshold: number): Html {
  const low = one.score < threshold
  return [
    `<article class="indicator${low ? ' low' : ''}" id="i${one.code}"><header><code>${one.code}</code><h4>${both(one.title)}</h4>`,
    `<div class="bar" aria-hidden="true"><i style="width:${one.score}%"></i><b style="left:${threshold}%"></b></div>`,
    `<p class="value">${scoreText(one.score)}${low ? `<span class="sr"> ${both(words('低于门槛', 'below the threshold'))}</span>` : ''}</p><p class="figures-of">${figures(one)}</p></header>`,
    `<p class="how">${both(one.method)}</p><p class="advice">${both(one.advice)}</p>`,
    `<details><summary>${both(words('证据', 'evidence'))}</summary>${evidence(one)}${failing(one.failing)}</details></article>`,
  ].join('')
}

function unmeasuredRow(one: IndicatorGrade & { status: 'not-measured' }): Html {
  return [
    `<article class="indicator none" id="i${one.code}"><header><code>${one.code}</code><h4>${both(one.title)}</h4>`,
    `<p class="value">${both(words('未测量', 'not measured'))}</p></header>`,
    `<p class="how">${both(one.why)}</p><p class="advice">${both(one.advice)}</p></article>`,
  ].join('')
}

/** All indicators by dimension: value, figures, interval, method, advice, and the evidence to unfold. */
export function indicatorTable(grade: Grade): Html {
  const all = Object.values(grade.indicators)
  return DIMENSIONS.map((name) => {
    const rows = all
      .filter(({ dimension }) => dimension === name)
      .map((one) => (one.status === 'measured' ? measuredRow(one, grade.rules.threshold) : unmeasuredRow(one)))
    return `<h3>${both(DIMENSION_TITLES[name])}</h3>${rows.join('')}`
  }).join('')
}
