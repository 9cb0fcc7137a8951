import type { Words } from '../base/problem/index.ts'
import type { Recipe } from '../base/recipe/index.ts'
import type { Field } from '../base/record/index.ts'
import { ASPECTS } from '../grade/index.ts'
import type { FieldProfile, RefusedFile } from '../ingest/index.ts'
import { loadOperator, type PlannedStep, planAssumptions, type TablePlan } from '../refine/index.ts'
import { coverFiles, type FilePart } from './cover-files.ts'
import { draftDemand } from './draft-demand.ts'
import type { DraftTable } from './draft-table.ts'
import type { PackFit } from './pack-fit.ts'
import { Anchors, comment, commentedOut, flow, remarked } from './recipe-text.ts'

/** What a recipe is drafted from. */
export interface DraftFacts {
  readonly recipe: Recipe
  readonly pack: string | undefined
  /** Packs that the files would fit, for a hint where none was chosen. */
  readonly fits: readonly PackFit[]
  readonly tables: readonly DraftTable[]
  readonly refused: readonly RefusedFile[]
}

/** A commented `highgrade.yaml` that makes the same tables as the bare files do. */
export async function draftRecipe(facts: DraftFacts): Promise<string> {
  const all = facts.tables.flatMap(({ files }) => files)
  const lines = [...headLines(facts), '', 'tables:']
  for (const table of facts.tables) lines.push(...(await tableLines(table, all)), '')
  lines.push(...documentationLines(), '', ...draftDemand(facts.tables), '', ...releaseLines())
  if (facts.refused.length > 0) lines.push('', ...refusedLines(facts.refused, all))
  return `${lines.join('\n')}\n`
}

function headLines({ recipe, pack, fits }: DraftFacts): string[] {
  const hints = fits.map(
    (fit) =>
      `# pack: ${fit.pack}  # ${comment(`${fit.title.zh} ${fit.title.en}: ${fit.tables.map(({ table, schema, found, of }) => `${table} → ${schema} ${found}/${of}`).join(', ')}`)}`,
  )
  return [
    '# 由 highgrade init 按原始文件拟定；# 后为观察所得或可选项，请核对后修改。',
    '# Drafted by highgrade init from the raw files; what follows # was seen there or is optional: check it and change it.',
    `dataset: ${flow(recipe.dataset)}`,
    `version: ${recipe.version}`,
    ...commentedOut(["title: { zh: '', en: '' }", "description: { zh: '', en: '' }"]),
    ...(pack === undefined ? hints : [`pack: ${flow(pack)}`]),
    ...commentedOut(['license: CC-BY-4.0', "publisher: { name: '', contact: '' }"]),
    '# 来源与授权（TC609-5-2025-02） · where the data came from and by what right',
    ...commentedOut(["provenance: { source: '', details: '', collected: '', authorisation: '', generated: false }"]),
  ]
}

async function tableLines({ plan, profile, files, schema }: DraftTable, all: readonly FilePart[]): Promise<string[]> {
  const columns = new Map(profile.fields.map((one) => [one.field.name, one]))
  const records = `${profile.records} 条记录 records`
  const lines = [remarked(`  ${flow(plan.name)}:`, records)]
  if (schema) lines.push(remarked(`    schema: ${flow(schema.schema)}`, `${schema.found}/${schema.of} 个字段 fields`))
  lines.push(`    modality: ${plan.modality}`)
  const globs = coverFiles(files, all)
  lines.push(...(globs.length === 1 ? [`    from: [${flow(globs[0])}]`] : ['    from:', ...globs.map((glob) => `      - ${flow(glob)}`)]))
  const fields = plan.fields.map((field) =>
    fieldLine(field, plan.mapping[field.name] ?? field.name, columns.get(field.name), profile.records),
  )
  // The schema of the pack declares the fields: here they are only told.
  lines.push(
    ...(schema
      ? ['    # 字段来自行业包 · fields come from the pack:', ...fields.map((line) => `    #${line.slice(5)}`)]
      : fields.length === 0
        ? ['    fields: []']
        : ['    fields:', ...fields]),
  )
  lines.push(...assumptionLines(plan), ...(await stepLines(plan.steps)))
  return lines
}

/** Where values left a choice: what the fields' types, units and formats do not say. */
function assumptionLines(plan: TablePlan): string[] {
  const assumptions = planAssumptions(plan)
  if (assumptions.length === 0) return []
  return ['    # 读取时的假设 · assumed in reading:', ...assumptions.map(({ zh, en }) => `    #   ${comment(`${zh} ${en}`)}`)]
}

function fieldLine(field: Field, column: string, seen: FieldProfile | undefined, records: number): string {
  const { name, type, role, unit, rawUnit, codeList } = field
  const from = column === name ? undefined : [column]
  return remarked(`      - ${flow({ name, type, from, role, unit, rawUnit, codeList })}`, seen ? observed(seen, records) : '')
}

const short = (value: number): string => String(Number(value.toPrecision(6)))
const percent = (share: number): string => `${Number((100 * share).toPrecision(2))}%`

/** What was seen in a column: range or values, gaps, identifiers of persons. */
function observed({ field, numbers, top, present, missing, misfits, lengths, identifiers }: FieldProfile, records: number): string {
  const parts: string[] = []
  if (field.type === 'timestamp' || field.type === 'date') {
    if (numbers) parts.push(span(isoOf(numbers.min, field), isoOf(numbers.max, field), ' … '))
  } else if (field.type === 'category' || field.type === 'boolean') {
    parts.push(...(top?.values ?? []).slice(0, 4).map(({ value, count }) => `${value} ${percent(count / present)}`))
  } else if (numbers) parts.push(span(short(numbers.min), short(numbers.max), ' … '))
  else if (lengths) parts.push(`${span(short(lengths.min), short(lengths.max), '–')} 字符 characters`)
  if (missing > 0) parts.push(`缺失 missing ${percent(missing / records)}`)
  if (misfits > 0) parts.push(`不合类型 misfits ${misfits}`)
  if (identifiers.length > 0) parts.push(`⚠ ${identifiers.map(({ kind }) => kind).join(', ')}`)
  return parts.join(' · ')
}

const span = (low: string, high: string, between: string): string => (low === high ? low : `${low}${between}${high}`)
const isoOf = (ms: number, { type }: Field): string => new Date(ms).toISOString().slice(0, type === 'date' ? 10 : 19)

async function stepLines(steps: readonly PlannedStep[]): Promise<string[]> {
  if (steps.length === 0) return ['    steps: []']
  const given: { readonly use: string; readonly parameters: Readonly<Record<string, unknown>>; readonly title: Words | undefined }[] = []
  for (const { use, parameters } of steps) {
    const operator = (await loadOperator(use))?.plugin
    const least = operator ? leastParameters(parameters, (some) => operator.parameters.safeParse(some)) : (parameters as object)
    given.push({ use, parameters: { ...least }, title: operator?.title })
  }
  const lists = new Anchors(given.flatMap(({ parameters }) => Object.values(parameters)))
  const lines = given.map(({ use, parameters, title }) => {
    const members = [`use: ${flow(use)}`, ...Object.entries(parameters).map(([key, value]) => `${flow(key)}: ${lists.write(value)}`)]
    return remarked(`      - { ${members.join(', ')} }`, title ? `${title.zh} · ${title.en}` : '')
  })
  return ['    steps:', ...lines]
}

type Parse = (some: unknown) => { readonly success: boolean; readonly data?: unknown }

/** The parameters that say the same with the defaults left out. */
function leastParameters(parameters: unknown, parse: Parse): Readonly<Record<string, unknown>> {
  const whole = JSON.stringify(parameters)
  let least = { ...(parameters as Record<string, unknown>) }
  for (const key of Object.keys(least)) {
    const { [key]: _, ...without } = least
    const parsed = parse(without)
    if (parsed.success && JSON.stringify(parsed.data) === whole) least = without
  }
  return least
}

/** Aspects that no machine can write, to be filled in. */
const WRITTEN_BY_PEOPLE: ReadonlySet<string> = new Set([
  ...['access', 'support', 'limitations', 'source', 'collection', 'annotation-spec'],
  ...['license', 'scenarios', 'evaluation-method', 'benchmark', 'cases'],
])

function documentationLines(): string[] {
  const aspects = Object.values(ASPECTS)
    .flat()
    .filter(({ key }) => WRITTEN_BY_PEOPLE.has(key))
  return [
    '# 说明文档（TC609-5-2025-04 0101–0104）：每写一项，文档得分就高一分 · documentation: each aspect written raises its score',
    '# documentation:',
    ...aspects.map(({ key, title, write }) =>
      remarked(`#   ${key}: { zh: '', en: '' }`, `${title.zh}：${write.zh} · ${title.en}: ${write.en}`),
    ),
  ]
}

const releaseLines = (): string[] => [
  '# 划分；splitBy 使同组记录落入同一份 · splits; with splitBy records of one group stay together',
  ...commentedOut(['release:', '  splits: { train: 0.8, validation: 0.1, test: 0.1 }']),
]

const MAX_REFUSED = 20

function refusedLines(refused: readonly RefusedFile[], read: readonly FilePart[]): string[] {
  // The rest of a file that is read otherwise is found again with the file.
  const paths = refused.map(({ entry }) => entry.path).filter((path) => !path.endsWith('#rest'))
  const files = [...new Set(paths)].map((path) => ({ path, part: '' }))
  const globs = coverFiles(files, [...read, ...files])
  const shown = refused.slice(0, MAX_REFUSED).map(({ problem }) => `#   ${comment(`${problem.message.zh} ${problem.message.en}`)}`)
  const more = refused.length > MAX_REFUSED ? [`#   …… ${refused.length - MAX_REFUSED}`] : []
  const told = [
    `# 拒收 ${refused.length} 个文件，计入隔离 · ${refused.length} files give no records and count as quarantined:`,
    ...shown,
    ...more,
  ]
  return globs.length === 0 ? told : [...told, 'refused:', ...globs.map((glob) => `  - ${flow(glob)}`)]
}
