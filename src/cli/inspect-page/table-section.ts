import { AMBER, both, type DrawChart, escapeHtml, type Html, words } from '../../grade/index.ts'
import type { FieldProfile } from '../../ingest/index.ts'
import type { InspectedTable } from '../../inspect.ts'
import { byteSize, grouped, percent } from '../figures.ts'
import { copyWords, distinctText, fileWords, joined, MODALITIES, recordWords, timeWords, valueWords, warnings } from '../inspect-words.ts'
import { barsForEachWidth, drawsValues, fieldChart } from './field-charts.ts'

/** Fields drawn of a table, and fields with gaps: a page that people read. The table below holds all. */
const MAX_FIGURES = 24
const MAX_GAPS = 20

/** One table: what it is, what to look at, where values are missing, how each field is distributed. */
export function tableSection(table: InspectedTable, id: string, draw: DrawChart): Html {
  const { profile } = table
  const title = table.title.en === table.name ? '' : ` <small>${both(table.title)}</small>`
  const notes = [
    ...(profile.time ? [timeWords(profile.time)] : []),
    ...(profile.sizes && profile.sizes.length > 0 ? [sizeWords(profile.sizes)] : []),
  ]
  return [
    `<section class="family" id="${id}"><h3>${escapeHtml(table.name)}${title}</h3>`,
    `<p class="note">${both(aboutWords(table))}</p>`,
    ...notes.map((note) => `<p>${both(note)}</p>`),
    warningList(table),
    assumptionList(table),
    gaps(profile.fields, profile.records, draw),
    figures(profile.fields, profile.records, draw),
    fieldTable(profile.fields, profile.records),
    '</section>',
  ].join('')
}

function aboutWords(table: InspectedTable) {
  const kinds = [...table.formats.map(({ format }) => format), ...table.encodings.map(({ encoding }) => encoding)].join(' ')
  const size = byteSize(table.bytes)
  return joined([
    MODALITIES[table.modality],
    words(kinds, kinds),
    fileWords(table.files),
    words(size, size),
    recordWords(table.records),
    copyWords(table.profile),
  ])
}

function sizeWords(sizes: NonNullable<InspectedTable['profile']['sizes']>) {
  const shown = sizes.map(({ value, count }) => `${value} (${grouped(count)})`).join(' · ')
  return words(`图像尺寸：${shown}`, `image sizes: ${shown}`)
}

function warningList({ profile }: InspectedTable): Html {
  const found = warnings(profile)
  return found.length === 0 ? '' : `<ul class="warnings">${found.map((one) => `<li>${both(one)}</li>`).join('')}</ul>`
}

function assumptionList({ assumptions }: InspectedTable): Html {
  if (assumptions.length === 0) return ''
  const title = both(words('读取时的假设', 'Assumed in reading'))
  return `<h4>${title}</h4><ul class="assumptions">${assumptions.map((one) => `<li>${both(one)}</li>`).join('')}</ul>`
}

function gaps(fields: readonly FieldProfile[], records: number, draw: DrawChart): Html {
  const gappy = fields.filter(({ missing }) => missing > 0).sort((a, b) => b.missing - a.missing)
  if (gappy.length === 0) return `<p class="note">${both(words('没有缺失值。', 'No missing values.'))}</p>`
  const bars = gappy.slice(0, MAX_GAPS).map(({ field, missing }) => [field.name, missing / records, percent(missing / records)] as const)
  const more =
    gappy.length > MAX_GAPS
      ? words(`；另有 ${gappy.length - MAX_GAPS} 个字段有缺失`, `; ${gappy.length - MAX_GAPS} more fields have gaps`)
      : words('', '')
  const caption = words(`缺失的比例，最多的在上${more.zh}`, `Share of missing values, the most on top${more.en}`)
  return `<figure class="chart gaps"><h4>${both(words('缺失', 'Missing'))}</h4>${barsForEachWidth(bars, draw, { width: 560, names: 190, colour: AMBER })}<figcaption>${both(caption)}</figcaption></figure>`
}

function figures(fields: readonly FieldProfile[], records: number, draw: DrawChart): Html {
  const order = [...fields].sort((a, b) => Number(b.field.role === 'label') - Number(a.field.role === 'label'))
  const drawn = order.flatMap((profile) => {
    if (profile.field.role === 'identifier' || HIDDEN.has(profile.field.name)) return []
    return [profile]
  })
  const shown: Html[] = []
  for (const profile of drawn) {
    if (shown.length >= MAX_FIGURES) break
    const chart = fieldChart(profile, draw)
    if (chart !== '') shown.push(fieldFigure(profile, chart, records))
  }
  return shown.length === 0 ? '' : `<div class="figures">${shown.join('')}</div>`
}

/** Columns of images that machines compare and people do not read. */
const HIDDEN: ReadonlySet<string> = new Set(['phash', 'thumbnail'])

function fieldFigure(profile: FieldProfile, chart: string, records: number): Html {
  const { field, missing } = profile
  const tags = [field.type, field.unit, field.role].flatMap((tag) =>
    tag === undefined ? [] : [`<span class="tag">${escapeHtml(tag)}</span>`],
  )
  const meaning = field.meaning ? ` <small>${both(field.meaning)}</small>` : ''
  const clipped = profile.numbers?.clipped ? [words('两端的柱含更远的值', 'the end bars hold what lies beyond')] : []
  const caption = joined([
    ...(drawsValues(profile) ? [] : [valueWords(profile)]),
    words(`${distinctText(profile)} 个不同值`, `${distinctText(profile)} distinct`),
    ...(missing > 0 ? [words(`缺失 ${percent(missing / records)}`, `${percent(missing / records)} missing`)] : []),
    ...clipped,
  ])
  return `<figure class="chart"><h4><code>${escapeHtml(field.name)}</code>${meaning}</h4><p class="tags">${tags.join(' ')}</p>${chart}<figcaption>${both(caption)}</figcaption></figure>`
}

function fieldTable(fields: readonly FieldProfile[], records: number): Html {
  const head = [
    words('字段', 'field'),
    words('原列', 'raw column'),
    words('类型', 'type'),
    words('单位', 'unit'),
    words('角色', 'role'),
    words('缺失', 'missing'),
    words('不合类型', 'not of type'),
    words('不同值', 'distinct'),
    words('取值', 'values'),
  ]
  const numeric = new Set([5, 6, 7])
  const cell = (html: Html, at: number): Html => `<td${numeric.has(at) ? ' class="n"' : ''}>${html}</td>`
  const rows = fields.map((profile) => {
    const { field, column, missing, misfits } = profile
    const cells = [
      `<code>${escapeHtml(field.name)}</code>`,
      column === field.name ? '' : escapeHtml(column),
      field.type,
      escapeHtml(field.unit ?? ''),
      field.role ?? '',
      missing === 0 ? '0' : `${grouped(missing)} (${percent(missing / records)})`,
      grouped(misfits),
      distinctText(profile),
      both(valueWords(profile)),
    ]
    return `<tr>${cells.map(cell).join('')}</tr>`
  })
  const summary = both(words(`全部 ${fields.length} 个字段`, `all ${fields.length} fields`))
  const titles = head.map((title, at) => `<th${numeric.has(at) ? ' class="n"' : ''}>${both(title)}</th>`).join('')
  return `<details><summary>${summary}</summary><div class="wide-table" tabindex="0"><table><thead><tr>${titles}</tr></thead><tbody>${rows.join('')}</tbody></table></div><button type="button" class="csv">CSV</button></details>`
}
