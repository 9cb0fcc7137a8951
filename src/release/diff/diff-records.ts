import type { Field } from '../../base/record/index.ts'
import { compareCodeUnits } from '../../base/record/index.ts'
import { labelField } from '../annotations/annotated-fields.ts'
import type { ExportTable } from '../export-form.ts'
import { type CompareRecords, compareRecords } from './compare-records.ts'
import { countLabels, diffLabels, type LabelCounter, type LabelDiff } from './diff-labels.ts'
import { mergeInOrder, OrderedRecords } from './ordered-records.ts'
import { pairByContent, UnmatchedRecords } from './unmatched-records.ts'

/** How many, and the first of them in order of id. */
export interface Listed<T> {
  readonly count: number
  readonly examples: readonly T[]
}

/** How the records of a table differ. */
export interface RecordDiff {
  readonly unchanged: number
  readonly added: Listed<string>
  readonly removed: Listed<string>
  /** Same id, other content. */
  readonly changed: Listed<string>
  /** Same content in the fields that both releases have, other id: its raw file was renamed, or its row moved. */
  readonly moved: Listed<{ readonly from: string; readonly to: string }>
  /** Of the changed records, how many differ in each field; by name. */
  readonly changedFields: Readonly<Record<string, number>>
  readonly labels: LabelDiff | null
}

/** Examples kept of each kind. */
export const EXAMPLES = 20

/** Told how many records were read since it was last told. */
export type OnRead = (records: number) => void

const TELL_EVERY = 16_384

/**
 * Compares the records of a table in two releases: one merge over both in order of id, then the rest by content.
 * A row group of each split is in memory, and about 50 bytes for each record that has no partner.
 */
export async function diffRecords(
  before: ExportTable | undefined,
  after: ExportTable | undefined,
  onRead: OnRead = () => {},
): Promise<RecordDiff> {
  const [left, right] = [new OrderedRecords(before), new OrderedRecords(after)]
  const fields = { before: before?.fields ?? [], after: after?.fields ?? [] }
  const content = commonFields(fields.before, fields.after)
  const [removed, added] = [new UnmatchedRecords(content), new UnmatchedRecords(content)]
  const matched = countMatched(compareRecords(fields.before, fields.after))
  const labels = labelCounters(before, after)
  let read = 0
  const tell = (): void => {
    if (++read % TELL_EVERY === 0) onRead(TELL_EVERY)
  }
  await mergeInOrder(left, right, {
    both() {
      matched.add(left, right)
      labels.before?.add(left.batch, left.row)
      labels.after?.add(right.batch, right.row)
      tell()
    },
    before() {
      removed.add(left.batch, left.row)
      labels.before?.add(left.batch, left.row)
      tell()
    },
    after() {
      added.add(right.batch, right.row)
      labels.after?.add(right.batch, right.row)
      tell()
    },
  })
  onRead(read % TELL_EVERY)
  const labelDiff = labels.field === undefined ? null : diffLabels(labels.field, labels.before?.counts(), labels.after?.counts())
  return { ...matched.counts(), ...pairRest(removed.finish(), added.finish(), content.size > 0), labels: labelDiff }
}

function countMatched(compare: CompareRecords) {
  const fields = new Map<string, number>()
  const examples: string[] = []
  let [unchanged, count] = [0, 0]
  return {
    add(left: OrderedRecords, right: OrderedRecords): void {
      const differing = compare(left.batch, left.row, right.batch, right.row)
      for (const name of differing) fields.set(name, (fields.get(name) ?? 0) + 1)
      if (differing.length === 0) unchanged++
      else if (++count <= EXAMPLES) examples.push(left.id ?? '')
    },
    counts(): Pick<RecordDiff, 'unchanged' | 'changed' | 'changedFields'> {
      const changedFields = Object.fromEntries([...fields].sort(([a], [b]) => compareCodeUnits(a, b)))
      return { unchanged, changed: { count, examples }, changedFields }
    },
  }
}

/** Names of the fields that both have, of one type. */
function commonFields(before: readonly Field[], after: readonly Field[]): ReadonlySet<string> {
  const types = new Map(before.map((field) => [field.name, field.type]))
  return new Set(after.filter((field) => types.get(field.name) === field.type).map((field) => field.name))
}

interface LabelCounters {
  readonly field: string | undefined
  readonly before: LabelCounter | undefined
  readonly after: LabelCounter | undefined
}

function labelCounters(before: ExportTable | undefined, after: ExportTable | undefined): LabelCounters {
  const [left, right] = [before && labelField(before), after && labelField(after)]
  return { field: (right ?? left)?.name, before: left && countLabels(left), after: right && countLabels(right) }
}

/** Records without a partner by id get one by content, where there is one. */
function pairRest(removed: UnmatchedRecords, added: UnmatchedRecords, byContent: boolean): Pick<RecordDiff, 'added' | 'removed' | 'moved'> {
  const partners = byContent ? pairByContent(removed, added) : new Int32Array(removed.count).fill(-1)
  const isMoved = new Uint8Array(added.count)
  const moved: { from: string; to: string }[] = []
  let nMoved = 0
  for (const [from, to] of partners.entries()) {
    if (to < 0) continue
    isMoved[to] = 1
    if (++nMoved <= EXAMPLES) moved.push({ from: removed.id(from), to: added.id(to) })
  }
  return {
    removed: { count: removed.count - nMoved, examples: firstIds(removed, (at) => (partners[at] as number) < 0) },
    added: { count: added.count - nMoved, examples: firstIds(added, (at) => isMoved[at] === 0) },
    moved: { count: nMoved, examples: moved },
  }
}

function firstIds(records: UnmatchedRecords, isOne: (at: number) => boolean): string[] {
  const ids: string[] = []
  for (let at = 0; at < records.count && ids.length < EXAMPLES; at++) if (isOne(at)) ids.push(records.id(at))
  return ids
}
