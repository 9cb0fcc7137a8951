import type { DrawChart } from '../../grade/index.ts'
import { both, escapeHtml, type Html, words } from '../../grade/index.ts'
import type { Inspection } from '../../inspect.ts'
import { byteSize, grouped } from '../figures.ts'
import { fileWords, joined, MODALITIES, recordWords, refusedWords, warnings } from '../inspect-words.ts'
import { barsForEachWidth } from './field-charts.ts'

const MAX_FAMILIES = 24
const MAX_PACKS = 3

/** The head of the page: what was looked at, how much there is, which sector it is of. */
export function head({ paths, files, bytes, records, refused, sampled, packs }: Inspection): Html {
  const parts = [fileWords(files), words(byteSize(bytes), byteSize(bytes)), recordWords(records)]
  if (refused.length > 0) parts.push(refusedWords(refused.length))
  if (sampled) parts.push(words('仅抽样', 'samples only'))
  const title = escapeHtml(paths.map((path) => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path).join(', '))
  const fits = packs.slice(0, MAX_PACKS).map((fit) => {
    const tables = fit.tables.map(({ table, schema, found, of }) => `${table} → ${schema} ${found}/${of}`).join(' · ')
    return `<li><code>${fit.pack}</code> ${both(fit.title)} <small>${escapeHtml(tables)}</small></li>`
  })
  const likely =
    fits.length === 0 ? '' : `<h4 class="likely">${both(words('可能的行业包', 'Likely sector packs'))}</h4><ul>${fits.join('')}</ul>`
  return `<div class="top"><div><h1>${title}</h1><p class="sub-title">${both(joined(parts))}</p></div><button id="language" type="button"><span lang="zh-CN">English</span><span lang="en">中文</span></button></div>${likely}`
}

/** Families of files drawn by size, with a table of them. @param anchorOf id of a table's section */
export function families({ tables }: Inspection, anchorOf: (index: number) => string, draw: DrawChart): Html {
  const order = tables.map((table, at) => ({ table, at })).sort((a, b) => b.table.bytes - a.table.bytes || a.at - b.at)
  const bars = order
    .slice(0, MAX_FAMILIES)
    .map(({ table }) => [table.name, table.bytes, `${byteSize(table.bytes)} · ${grouped(table.records.count)}`] as const)
  const caption = words('按文件大小；数字为大小与记录数。', 'By size of the files; the figures are size and records.')
  const chart =
    tables.length < 2
      ? ''
      : `<figure class="chart families">${barsForEachWidth(bars, draw, { width: 920, names: 230, figures: 150 })}<figcaption>${both(caption)}</figcaption></figure>`
  const rows = order.map(({ table, at }) => {
    const kinds = table.formats.map(({ format, files }) => (table.formats.length > 1 ? `${format} ${files}` : format)).join(', ')
    const encodings = table.encodings
      .map(({ encoding, files }) => (table.encodings.length > 1 ? `${encoding} ${files}` : encoding))
      .join(', ')
    const open = warnings(table.profile).length
    return `<tr><td><a href="#${anchorOf(at)}">${escapeHtml(table.name)}</a></td><td>${both(MODALITIES[table.modality])}</td><td>${kinds}</td><td>${encodings}</td><td class="n">${grouped(table.files)}</td><td class="n">${byteSize(table.bytes)}</td><td class="n">${grouped(table.records.count)}</td><td class="n">${table.profile.fields.length}</td><td class="n">${open === 0 ? '' : `⚠ ${open}`}</td></tr>`
  })
  const titles: [string, string, boolean][] = [
    ['表', 'table', false],
    ['模态', 'modality', false],
    ['格式', 'format', false],
    ['编码', 'encoding', false],
    ['文件', 'files', true],
    ['大小', 'size', true],
    ['记录', 'records', true],
    ['字段', 'fields', true],
    ['需留意', 'to look at', true],
  ]
  const headings = titles.map(([zh, en, isNumber]) => `<th${isNumber ? ' class="n"' : ''}>${both(words(zh, en))}</th>`).join('')
  return `${chart}<div class="wide-table" tabindex="0"><table><thead><tr>${headings}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

/** Files that gave no records, each with why and what to do. */
export function refusals({ refused }: Inspection): Html {
  if (refused.length === 0) return ''
  const rows = refused.map(
    ({ bytes, problem }) =>
      `<tr><td>${both(problem.message)}</td><td>${both(problem.advice)}</td><td class="n">${byteSize(bytes)}</td></tr>`,
  )
  return `<div class="wide-table" tabindex="0"><table><thead><tr><th>${both(words('原因', 'why'))}</th><th>${both(words('怎么办', 'what to do'))}</th><th class="n">${both(words('大小', 'size'))}</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}
