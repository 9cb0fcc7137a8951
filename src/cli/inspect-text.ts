import type { Words } from '../base/problem/index.ts'
import type { FieldProfile } from '../ingest/index.ts'
import type { InspectedTable, Inspection } from '../inspect.ts'
import { byteSize, grouped, percent } from './figures.ts'
import {
  copyWords,
  distinctText,
  fileWords,
  joined,
  MODALITIES,
  recordWords,
  refusedWords,
  shortened,
  timeWords,
  valueWords,
  warnings,
} from './inspect-words.ts'
import { say, table, width } from './print.ts'

/** Fields and refused files shown in a terminal; the page and --json hold all. */
const MAX_FIELDS = 30
const MAX_REFUSED = 20
const NAME_UNITS = 28

/** An inspection as lines for a terminal. @param places width of a line; longer ones are cut */
export function inspectionLines(inspection: Inspection, places: number): string[] {
  const { tables, refused } = inspection
  const lines = [...headLines(inspection), ...tables.flatMap((one) => ['', ...tableLines(one)])]
  if (refused.length > 0) {
    lines.push('', say(refusedWords(refused.length)))
    for (const { problem } of refused.slice(0, MAX_REFUSED)) lines.push(`  ${say(problem.message)}`)
    if (refused.length > MAX_REFUSED) lines.push(`  ${moreWords(refused.length - MAX_REFUSED)}`)
  }
  return [...lines.map((line) => cut(line, places)), '', ...nextLines(inspection)]
}

function headLines({ paths, files, bytes, records, refused, sampled, packs }: Inspection): string[] {
  const parts: Words[] = [fileWords(files), { zh: byteSize(bytes), en: byteSize(bytes) }, recordWords(records)]
  if (refused.length > 0) parts.push(refusedWords(refused.length))
  if (sampled) parts.push({ zh: '仅抽样', en: 'samples only' })
  const lines = [`${paths.join(' ')}  ${say(joined(parts))}`]
  const [likely] = packs
  if (likely) {
    const fits = likely.tables.map(({ table: name, schema, found, of }) => `${name} → ${schema} ${found}/${of}`)
    lines.push(`${say({ zh: '可能的行业包：', en: 'likely pack: ' })}${likely.pack} (${say(likely.title)})  ${fits.join(' · ')}`)
  }
  return lines
}

function tableLines(one: InspectedTable): string[] {
  const { profile } = one
  const formats = one.formats.map(({ format }) => format).join(', ')
  const encodings = one.encodings.filter(({ encoding }) => encoding !== 'utf-8').map(({ encoding }) => encoding)
  const about = joined([
    MODALITIES[one.modality],
    { zh: [formats, ...encodings].join(' '), en: [formats, ...encodings].join(' ') },
    fileWords(one.files),
    { zh: byteSize(one.bytes), en: byteSize(one.bytes) },
    recordWords(one.records),
    copyWords(profile),
  ])
  const lines = [`${one.name}  ${say(about)}`]
  if (profile.time) lines.push(`  ${say(timeWords(profile.time))}`)
  if (profile.sizes && profile.sizes.length > 0)
    lines.push(
      `  ${say({ zh: '尺寸 ', en: 'sizes ' })}${profile.sizes
        .slice(0, 4)
        .map(({ value, count }) => `${value} (${grouped(count)})`)
        .join(' · ')}`,
    )
  lines.push(...fieldLines(profile.fields, profile.records))
  lines.push(...warnings(profile).map((words) => `  ⚠ ${say(words)}`))
  return [...lines, ...one.assumptions.map((words) => `  ≈ ${say(words)}`)]
}

function fieldLines(fields: readonly FieldProfile[], records: number): string[] {
  const shown = fields.slice(0, MAX_FIELDS)
  const head: Words[] = [
    { zh: '字段', en: 'field' },
    { zh: '类型', en: 'type' },
    { zh: '单位', en: 'unit' },
    { zh: '角色', en: 'role' },
    { zh: '缺失', en: 'missing' },
    { zh: '不同值', en: 'distinct' },
    { zh: '取值', en: 'values' },
  ]
  const rows = shown.map((profile) => [
    shortened(profile.field.name, NAME_UNITS),
    profile.field.type,
    profile.field.unit ?? '',
    profile.field.role ?? '',
    profile.missing === 0 ? '0' : percent(profile.missing / records),
    distinctText(profile),
    say(valueWords(profile)),
  ])
  const lines = table([head.map(say), ...rows]).map((line) => `  ${line}`)
  return fields.length > shown.length ? [...lines, `  ${moreWords(fields.length - shown.length)}`] : lines
}

const moreWords = (n: number): string =>
  say({ zh: `…… 还有 ${grouped(n)} 个，见 --html 或 --json`, en: `… ${grouped(n)} more: see --html or --json` })

function nextLines({ paths, packs }: Inspection): string[] {
  const [path] = paths
  if (paths.length !== 1 || path === undefined) return []
  const pack = packs[0] ? ` --pack ${packs[0].pack}` : ''
  return [say({ zh: '下一步：', en: 'Next:' }), `  highgrade init ${path}${pack}`, `  highgrade build ${path}${pack}`]
}

/** A line cut to so many places. */
function cut(line: string, places: number): string {
  if (width(line) <= places) return line
  let kept = ''
  let used = 1
  for (const character of line) {
    used += width(character)
    if (used > places) break
    kept += character
  }
  return `${kept}…`
}
