import type { Metric } from '../../base/learn/index.ts'
import type { Field } from '../../base/record/index.ts'
import { isNumeric } from '../../base/record/index.ts'
import { isGoldName } from '../annotation/gold.ts'
import { voteFieldsOf } from '../annotation/votes.ts'
import { textFieldsOf } from '../content-hash.ts'
import type { TableFacts } from '../indicator.ts'

/** What a model is to learn from a table, and from which of its fields. */
export interface LearningTask {
  readonly kind: 'classification' | 'regression'
  readonly target: string
  readonly metric: Metric
  /** Value of the metric that the scenario asks for. */
  readonly goal?: number | undefined
  /** False where the label field stood in for an undeclared task. */
  readonly declared: boolean
  /** Texts are read alone; else numbers and words as columns. */
  readonly features: { readonly texts: readonly string[]; readonly numbers: readonly string[]; readonly words: readonly string[] }
  /** Pixels of this 16 × 16 thumbnail are read too. */
  readonly thumbnail?: string | undefined
}

/** Columns that image readers measure on the pixels; all others (name, folder, camera) may give the label away. */
const PIXEL_FACTS: ReadonlySet<string> = new Set([
  ...['sharpness', 'brightness', 'contrast', 'dark_share', 'bright_share', 'entropy', 'noise', 'snr'],
])
const UNUSED_ROLES: ReadonlySet<string> = new Set(['identifier', 'note', 'split', 'group', 'time', 'label'])
function usable(table: TableFacts, target: string, chosen: readonly string[] | undefined): Field[] {
  if (chosen) return table.fields.filter(({ name }) => chosen.includes(name) && name !== target)
  const label = table.fields.find(({ name }) => name === target)
  const votes = label && voteFieldsOf(table, label)
  const voted = votes?.kind === 'columns' ? votes.names : []
  return table.fields.filter(
    ({ name, role }) => name !== target && !UNUSED_ROLES.has(role ?? '') && !isGoldName(name) && !voted.includes(name),
  )
}

function featuresOf(
  table: TableFacts,
  target: string,
  chosen: readonly string[] | undefined,
): Pick<LearningTask, 'features' | 'thumbnail'> {
  const fields = usable(table, target, chosen)
  const numbers = fields.filter(
    ({ type, role }) => isNumeric(type) && (chosen || (type !== 'timestamp' && type !== 'date')) && role !== 'text',
  )
  const words = fields.filter(({ type }) => type === 'category')
  const texts = textFieldsOf({ fields })
  const names = (of: readonly Field[]): string[] => of.map(({ name }) => name)
  if (table.modality === 'image' && !chosen) {
    const facts = table.fields.filter(({ name, type }) => PIXEL_FACTS.has(name) && isNumeric(type))
    const thumbnail = table.fields.find(({ name, type }) => name === 'thumbnail' && !isNumeric(type))?.name
    return { features: { texts: [], numbers: names(facts), words: [] }, thumbnail }
  }
  const readsText = texts.length > 0 && (table.modality === 'text' || numbers.length + words.length === 0)
  return {
    features: readsText ? { texts: names(texts), numbers: [], words: [] } : { texts: [], numbers: names(numbers), words: names(words) },
  }
}

const METRICS: Readonly<Record<LearningTask['kind'], readonly [usual: Metric, ...others: Metric[]]>> = {
  classification: ['macro-f1', 'accuracy'],
  regression: ['r2', 'mae', 'rmse'],
}

/** The metric asked for where it measures this kind of task, else the usual one. */
const metricFor = (kind: LearningTask['kind'], wanted: Metric | undefined): Metric =>
  wanted && METRICS[kind].includes(wanted) ? wanted : METRICS[kind][0]

/** The task on a table: the declared one, else the prediction of its label; undefined where it has neither. */
export function taskOf(table: TableFacts): LearningTask | undefined {
  const wanted = table.demand.task
  const forTable = wanted && (wanted.table === undefined || wanted.table === table.name)
  const target = wanted
    ? table.fields.find(({ name }) => forTable && name === wanted.target)
    : table.fields.find(({ role }) => role === 'label')
  if (!target || target.type === 'media' || target.type === 'json') return undefined
  const kind = wanted?.kind ?? (target.type === 'number' ? 'regression' : 'classification')
  if (kind === 'regression' && !isNumeric(target.type)) return undefined
  return {
    kind,
    target: target.name,
    metric: metricFor(kind, wanted?.metric),
    goal: wanted?.goal,
    declared: wanted !== undefined,
    ...featuresOf(table, target.name, wanted?.features),
  }
}
