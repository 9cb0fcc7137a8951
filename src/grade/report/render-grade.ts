import type { Grade } from '../grade.ts'
import type { TableFacts } from '../indicator.ts'
import type { DrawChart } from './chart.ts'
import { loadCharts } from './chart.ts'
import { dimensionCards } from './dimension-cards.ts'
import { distributions } from './distributions.ts'
import type { Html } from './html.ts'
import { both, escapeHtml, grouped, section, words } from './html.ts'
import { indicatorTable } from './indicator-table.ts'
import { radar } from './radar.ts'
import { recordFlow } from './record-flow.ts'
import { refinementChart } from './refinement-chart.ts'
import type { ReportContext } from './report-context.ts'
import { sealSvg } from './seal.ts'
import { STYLE } from './style.ts'
import { verdict } from './verdict.ts'
import { worstRecordsTable } from './worst-records.ts'

/** Chooses the reader's language, and lets the button change it. The page reads without it, in Chinese. */
const SCRIPT = `
(function(){
var root=document.documentElement;
function show(language){root.setAttribute('data-language',language);root.lang=language==='zh'?'zh-CN':'en'}
show(/^zh/i.test(navigator.language||'')?'zh':'en');
document.getElementById('language').addEventListener('click',function(){show(root.getAttribute('data-language')==='zh'?'en':'zh')});
})()
`
  .trim()
  .replace(/\n/g, '')

function head(grade: Grade, context: ReportContext): Html {
  const about = [
    words(`版本 ${grade.version}`, `version ${grade.version}`),
    words(`${grouped(grade.records)} 条记录`, `${grouped(grade.records)} records`),
    ...(context.publisher ? [words(context.publisher, context.publisher)] : []),
    ...(context.license ? [words(`许可 ${context.license}`, `licence ${context.license}`)] : []),
  ]
  const line = words(about.map(({ zh }) => zh).join(' · '), about.map(({ en }) => en).join(' · '))
  const title = context.title ? both(context.title) : escapeHtml(grade.dataset)
  const name = context.title ? `<code>${escapeHtml(grade.dataset)}</code> · ` : ''
  return `<div class="top"><div><h1>${title}</h1><p class="sub-title">${name}${both(line)}</p></div><button id="language" type="button"><span lang="zh-CN">English</span><span lang="en">中文</span></button></div>`
}

function hallmark(grade: Grade, context: ReportContext): Html {
  const check = context.verifyCommand
    ? `<p>${both(words('任何人都可以自己核对：', 'Anyone can check it: '))}<code>${escapeHtml(context.verifyCommand)}</code></p>`
    : ''
  const hash = context.releaseHash
    ? `<p class="note">${both(words('发布哈希 ', 'release hash '))}<code>${escapeHtml(context.releaseHash)}</code></p>`
    : ''
  return `<div class="hallmark">${sealSvg(grade, context.releaseHash)}<div>${verdict(grade)}${check}${hash}</div></div>`
}

function footer(grade: Grade): Html {
  const { threshold, leastMeasuredShare, weights } = grade.rules
  const changed = Object.entries(weights)
    .map(([code, weight]) => `${code} × ${weight}`)
    .join(', ')
  const text = words(
    `评级方法：《高质量数据集 质量评测规范》TC609-5-2025-04 的 3 个维度、17 项指标。维度得分为已测量指标的加权平均（${changed || '各指标等权'}）；每个维度须达到 ${threshold} 分（实施者引述的门槛），并至少测量 ${percentOf(leastMeasuredShare)} 的指标（本工具的规定）。逐条统计的指标检查全部记录，因此没有抽样区间；抽样或训练得到的数字附有区间。盖章的三段弧依次为说明文档、数据质量、应用适配。`,
    `Method: the 3 dimensions and 17 indicators of TC609-5-2025-04 (quality evaluation of high-quality data sets). A dimension is the weighted mean of its measured indicators (${changed || 'equal weights'}); each must reach ${threshold} (the threshold as implementers quote it) with at least ${percentOf(leastMeasuredShare)} of its indicators measured (our own rule). Indicators counted record by record look at every record and have no sampling interval; figures from samples or training carry one. The arcs of the seal are documentation, quality and fitness for use.`,
  )
  return `<footer><p>${both(text)}</p></footer>`
}

const percentOf = (share: number): string => `${Math.round(share * 100)}%`

function body(grade: Grade, tables: readonly Pick<TableFacts, 'name' | 'fields'>[], context: ReportContext, draw: DrawChart): Html {
  return [
    head(grade, context),
    hallmark(grade, context),
    dimensionCards(grade),
    radar(grade, draw),
    section('indicators', words('逐项指标', 'Indicators'), indicatorTable(grade)),
    section('flow', words('记录去向', 'What became of the records'), context.flow ? recordFlow(context.flow, draw) : ''),
    section(
      'comparison',
      words('精炼的效果', 'What refinement is worth'),
      context.comparison ? refinementChart(context.comparison, draw) : '',
    ),
    section('worst', words('最差的记录', 'Worst records'), worstRecordsTable(grade)),
    section('fields', words('字段分布', 'Fields'), distributions(grade, tables, draw)),
  ].join('\n')
}

/**
 * The grade as one page: no network, no fonts, both languages, light and dark, fit for A4.
 * @param tables their fields, for names, units and meanings
 * The same arguments give the same bytes.
 */
export async function renderGradeHtml(
  grade: Grade,
  tables: readonly Pick<TableFacts, 'name' | 'fields'>[],
  context: ReportContext = {},
): Promise<string> {
  const draw = await loadCharts()
  return [
    '<!doctype html>',
    '<html lang="zh-CN" data-language="zh">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(grade.dataset)} ${escapeHtml(grade.version)} · Highgrade</title><style>${STYLE}</style></head>`,
    `<body><main>${body(grade, tables, context, draw)}</main>${footer(grade)}<script>${SCRIPT}</script></body>`,
    '</html>',
    '',
  ].join('\n')
}
