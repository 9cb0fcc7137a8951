import { stringify } from 'yaml'
import type { Words } from '../base/problem/index.ts'
import type { Field } from '../base/record/index.ts'
import type { Grade } from '../grade/index.ts'
import type { Manifest } from './manifest.ts'

/** What the card of a release says beyond manifest and grade. */
export interface CardFacts {
  readonly title: Words
  readonly description: Words
  readonly license: string
  readonly publisher: string
  readonly contact: string
  readonly languages: readonly string[]
  readonly fields: ReadonlyMap<string, readonly Field[]>
  /** By table, what was assumed in reading its values. */
  readonly assumptions: ReadonlyMap<string, readonly Words[]>
  /** Documentation aspects with their names and texts, in order. */
  readonly documentation: readonly { readonly name: Words; readonly text: string }[]
  readonly generated: boolean
}

/** SPDX licences under the names that the Hugging Face hub knows; others are `other`. */
const HUB_LICENSES = new Set([
  'apache-2.0',
  'mit',
  'bsd-3-clause',
  'bsd-2-clause',
  'cc0-1.0',
  'cc-by-4.0',
  'cc-by-sa-4.0',
  'cc-by-sa-3.0',
  'cc-by-3.0',
  'cc-by-nc-4.0',
  'gpl-3.0',
  'odbl',
  'isc',
  'mpl-2.0',
])

function hubLicense(license: string): string {
  const lower = license.toLowerCase().replace(/-(?:only|or-later)$/, '')
  return HUB_LICENSES.has(lower) ? lower : 'other'
}

function frontMatter(manifest: Manifest, facts: CardFacts): string {
  const configs = manifest.tables
    .filter((table) => table.records > 0)
    .map((table) => ({
      config_name: table.name,
      data_files: [...new Set(table.files.map((file) => file.split))].map((split) => ({
        split,
        path: `data/${table.name}/${split}-*.parquet`,
      })),
    }))
  const license = hubLicense(facts.license)
  const named =
    license === 'other' ? { license, license_name: facts.license.toLowerCase().replace(/[^a-z0-9.-]+/g, '-') || 'unstated' } : { license }
  return stringify({ pretty_name: facts.title.en, language: facts.languages, ...named, tags: ['highgrade'], configs })
}

const score = (value: number | null): string => (value === null ? 'not measured 未测量' : value.toFixed(1))

/** `README.md` of a release: a Hugging Face dataset card, in both languages. */
export function cardText(manifest: Manifest, grade: Grade, facts: CardFacts): string {
  const lines = [
    '---',
    frontMatter(manifest, facts).trimEnd(),
    '---',
    '',
    `# ${facts.title.en}${facts.title.zh === facts.title.en ? '' : ` · ${facts.title.zh}`}`,
    '',
    facts.description.en,
    ...(facts.description.zh === facts.description.en ? [] : ['', facts.description.zh]),
    '',
    '## Grade 质量等级',
    '',
    '| dimension 维度 | score 得分 | measured 已测 | passes 达标 |',
    '|---|---|---|---|',
    ...(['documentation', 'quality', 'application'] as const).map((dimension) => {
      const one = grade[dimension]
      return `| ${dimension} | ${score(one.score)} | ${one.measured}/${one.total} | ${one.passes ? 'yes 是' : 'no 否'} |`
    }),
    '',
    `Details and evidence 详情与证据: [grade.html](grade.html), [grade.json](grade.json). Check it yourself 自行核验: \`highgrade verify .\``,
    '',
    '## Contents 内容',
    '',
    `Version ${manifest.version} · records 记录 ${manifest.counts.out} · root \`${manifest.root}\``,
    '',
    `${manifest.counts.in} records came in 输入 = ${manifest.counts.out} released 发布 + ${manifest.counts.merged} merged 合并 + ${manifest.counts.quarantined} quarantined 隔离`,
    '',
    ...(facts.generated ? ['This data set holds generated data 含生成数据 (generated_data_indicator: 1).', ''] : []),
    ...manifest.tables.flatMap((table) => tableSection(table, facts.fields.get(table.name) ?? [], facts.assumptions.get(table.name) ?? [])),
    '## Documentation 文档',
    '',
    ...facts.documentation.flatMap(({ name, text }) => [`- **${name.en} ${name.zh}**: ${text.replace(/\s*\n\s*/g, ' ')}`]),
    '',
    `Licence 许可: ${facts.license} · publisher 发布方: ${facts.publisher}${facts.contact ? ` · contact 联系: ${facts.contact}` : ''}`,
    '',
  ]
  return lines.join('\n')
}

function tableSection(table: Manifest['tables'][number], fields: readonly Field[], assumptions: readonly Words[]): string[] {
  const rows = fields.map((field) => {
    const limits = [
      field.unit ? `[${field.unit}]` : '',
      field.range ? `${field.range[0]} … ${field.range[1]}` : '',
      field.codes ? field.codes.slice(0, 12).join(', ') : '',
      field.role ?? '',
    ]
    return `| \`${field.name.replace(/[|`]/g, ' ')}\` | ${field.type} | ${limits.filter(Boolean).join(' ').replace(/\|/g, '/')} | ${field.meaning ? `${field.meaning.en} ${field.meaning.zh}`.replace(/\|/g, '/') : ''} |`
  })
  const splits = [...new Set(table.files.map((file) => file.split))].map(
    (split) => `${split} ${table.files.filter((file) => file.split === split).reduce((sum, file) => sum + file.records, 0)}`,
  )
  return [
    `### ${table.name}`,
    '',
    `${table.modality} · ${table.records} records 条记录 (${splits.join(', ')})`,
    '',
    '| field 字段 | type 类型 | unit, range, codes, role 单位、范围、代码、角色 | meaning 含义 |',
    '|---|---|---|---|',
    ...rows,
    '',
    ...(assumptions.length === 0
      ? []
      : ['Assumed in reading 读取时的假设:', '', ...assumptions.map(({ en, zh }) => `- ${en} ${zh}`.replace(/\s+/g, ' ')), '']),
  ]
}
