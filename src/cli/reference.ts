import { z } from 'zod'
import { loadConsensusMethods } from '../annotate/index.ts'
import type { Words } from '../base/problem/index.ts'
import { loadIndicators } from '../grade/index.ts'
import { loadFormats } from '../ingest/index.ts'
import { loadOperators, packIds, readPack } from '../refine/index.ts'
import { loadExportForms } from '../release/index.ts'
import type { ReferenceEntry, ReferenceKind } from './reference-kinds.ts'

/** All entries of a kind, from the definitions themselves, sorted by id. */
export async function referenceEntries(kind: ReferenceKind): Promise<ReferenceEntry[]> {
  switch (kind) {
    case 'operators':
      return (await loadOperators()).map(({ id, plugin }) => ({
        id,
        title: plugin.title,
        doc: plugin.doc,
        source: plugin.source,
        details: [
          `Scope 作用范围: ${plugin.scope ?? 'row'}${plugin.fit ? '; needs a pass over the table first 需先遍历全表' : ''}`,
          ...parameterLines(plugin.parameters),
          ...reasonLines(plugin.reasons),
          `Example 示例: \`${JSON.stringify(plugin.example.parameters)}\` ${exampleText(plugin.example.before)} → ${exampleText(plugin.example.after)}${plugin.example.quarantined ? `; quarantined rows 隔离行 ${plugin.example.quarantined.join(', ')}` : ''}`,
        ],
      }))
    case 'formats':
      return (await loadFormats()).map(({ id, plugin }) => ({
        id,
        title: plugin.title,
        doc: plugin.doc,
        source: plugin.source,
        details: [
          `Extensions 扩展名: ${plugin.extensions.map((extension) => `.${extension}`).join(' ')}`,
          `Kind 类别: ${plugin.kind}`,
          ...parameterLines(plugin.parameters),
        ],
      }))
    case 'indicators':
      return (await loadIndicators()).map(({ code, title, doc, source, dimension }) => ({
        id: code,
        title,
        doc,
        source,
        details: [`Dimension 维度: ${dimension}`],
      }))
    case 'packs':
      return packEntries()
    case 'exports':
      return (await loadExportForms()).map(({ id, plugin }) => ({
        id,
        title: plugin.title,
        doc: plugin.doc,
        source: plugin.source,
        details: [
          `Needs 需要: ${plugin.needs.en} ${plugin.needs.zh}`,
          ...parameterLines(plugin.parameters),
          ...reasonLines(plugin.reasons),
        ],
      }))
    case 'consensus':
      return (await loadConsensusMethods()).map(({ id, plugin }) => ({
        id,
        title: plugin.title,
        doc: plugin.doc,
        source: plugin.source,
        details: parameterLines(plugin.parameters),
      }))
  }
}

const reasonLines = (reasons: Readonly<Record<string, Words>> | undefined): string[] =>
  Object.entries(reasons ?? {}).map(([name, words]) => `Reason 原因 \`${name}\`: ${words.en} ${words.zh}`)

async function packEntries(): Promise<ReferenceEntry[]> {
  const entries: ReferenceEntry[] = []
  for (const id of await packIds()) {
    const pack = await readPack(id)
    if (!pack) continue
    entries.push({
      id,
      title: pack.title,
      doc: pack.doc,
      source: pack.standards.map((standard) => `${standard.name} [${standard.mark}]`).join('; '),
      details: [
        `Industries 行业 (GB/T 4754-2017): ${pack.industries.map((industry) => `${industry.code} ${industry.title.en} ${industry.title.zh}`).join('; ')}`,
        ...Object.entries(pack.schemas).map(
          ([name, schema]) =>
            `Schema 模式 \`${name}\` (${schema.modality}): ${schema.title.en} ${schema.title.zh}: ${schema.fields.map((field) => `\`${field.name}\`${field.unit ? ` [${field.unit}]` : ''}`).join(', ')}`,
        ),
        ...pack.scenarios.map((scenario) => `Scenario 场景 \`${scenario.id}\`: ${scenario.title.en} ${scenario.title.zh}`),
        ...Object.entries(pack.labelSets).map(
          ([name, set]) => `Labels 标签 \`${name}\`: ${set.labels.map((label) => label.code).join(', ')}`,
        ),
        `Code lists 代码表: ${Object.entries(pack.codeLists)
          .map(([name, codes]) => `\`${name}\` (${codes.length})`)
          .join(', ')}`,
      ],
    })
  }
  return entries
}

const exampleText = (columns: Readonly<Record<string, readonly unknown[]>>): string => `\`${JSON.stringify(columns)}\``

interface Property {
  readonly type?: string
  readonly default?: unknown
  readonly description?: string
  readonly enum?: readonly unknown[]
}

/** A line a parameter, from its zod schema. */
function parameterLines(schema: z.ZodType): string[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Property>
    required?: string[]
  }
  return Object.entries(json.properties ?? {}).map(([name, property]) => {
    const kind = property.enum ? property.enum.map((value) => JSON.stringify(value)).join(' | ') : (property.type ?? 'value')
    const given =
      property.default === undefined
        ? json.required?.includes(name)
          ? 'required 必填'
          : 'optional 可选'
        : `default 默认 \`${JSON.stringify(property.default)}\``
    return `Parameter 参数 \`${name}\`: ${kind}, ${given}${property.description ? `: ${property.description}` : ''}`
  })
}

const KIND_TITLES: Readonly<Record<ReferenceKind, string>> = {
  formats: 'Formats 格式',
  operators: 'Operators 算子',
  indicators: 'Indicators 指标',
  packs: 'Packs 行业包',
  exports: 'Export forms 导出形式',
  consensus: 'Consensus methods 共识方法',
}

/** One page of docs/reference. */
export function referencePage(kind: ReferenceKind, entries: readonly ReferenceEntry[]): string {
  const sections = entries.map((entry) =>
    [
      `## \`${entry.id}\` ${entry.title.en} · ${entry.title.zh}`,
      '',
      entry.doc.en,
      '',
      entry.doc.zh,
      '',
      `Source 出处: ${entry.source}`,
      '',
      ...entry.details.map((line) => `- ${line}`),
      '',
    ].join('\n'),
  )
  return [
    `# ${KIND_TITLES[kind]}`,
    '',
    `Generated from the definitions by \`npm run reference\`; ${entries.length} entries. 由定义生成，共 ${entries.length} 项。`,
    '',
    ...sections,
  ].join('\n')
}
