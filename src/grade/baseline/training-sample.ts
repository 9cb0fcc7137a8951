import { HASH_STRIDE } from '../../base/kernels/index.ts'
import type { Column, Field, RecordBatch } from '../../base/record/index.ts'
import { compareCodeUnits } from '../../base/record/index.ts'
import type { BottomSample, DistinctSample } from '../../base/statistics/index.ts'
import {
  addDistinct,
  addToBottomSample,
  admits,
  bottomItems,
  mergeBottomSamples,
  mergeDistinct,
  startBottomSample,
  startDistinctSample,
} from '../../base/statistics/index.ts'
import { contentHashes, hashOfText, sameThingFields } from '../content-hash.ts'
import type { RecordOrigin, TableFacts } from '../indicator.ts'
import { textReader } from '../record-text.ts'
import type { LearningTask } from './task.ts'
import { taskOf } from './task.ts'

/** Records of a table that models are trained on, and that they are judged on. */
export const TRAIN_SAMPLE = 4000
export const TEST_SAMPLE = 1000
/** Code units of a text that are kept: most of what a bag of words can use, at 3 MB a sample. */
const TEXT_UNITS = 600
/** Distinct contents, and groups, whose splits are compared exactly. */
const MAX_COMPARED = 1 << 18

/** One record as learners see it. */
export interface SampleRow {
  readonly id: string
  readonly split: string
  readonly group: string | null
  /** Class or number to predict. */
  readonly target: string | number | null
  readonly text: string
  /** Null is missing. */
  readonly numbers: readonly (number | null)[]
  readonly words: readonly (string | null)[]
}

/** What 0305 collects of a table. Plain JSON. */
export interface TrainingSample {
  readonly splits: readonly (readonly [split: string, rows: BottomSample<SampleRow>])[]
  /** By content without the target, and by group: records in training, records held out. */
  readonly contents: DistinctSample
  readonly groups: DistinctSample
}

export const startTrainingSample = (): TrainingSample => ({
  splits: [],
  contents: startDistinctSample(MAX_COMPARED),
  groups: startDistinctSample(MAX_COMPARED),
})

const HELD_OUT = ['test', 'holdout', 'validation', 'valid', 'val', 'dev']

export const isHeldOut = (split: string): boolean => HELD_OUT.includes(split)

const THUMBNAIL_SIDE = 16
const POOLED_SIDE = 8

/** Grey levels 0..1 of a thumbnail in hex, averaged down to 8 × 8. */
function pooledPixels(hex: string | null): (number | null)[] {
  const pixels: (number | null)[] = new Array(POOLED_SIDE * POOLED_SIDE).fill(null)
  if (hex?.length !== 2 * THUMBNAIL_SIDE * THUMBNAIL_SIDE) return pixels
  const level = (x: number, y: number): number => Number.parseInt(hex.substr(2 * (y * THUMBNAIL_SIDE + x), 2), 16)
  for (let y = 0; y < POOLED_SIDE; y++) {
    for (let x = 0; x < POOLED_SIDE; x++) {
      const sum = level(2 * x, 2 * y) + level(2 * x + 1, 2 * y) + level(2 * x, 2 * y + 1) + level(2 * x + 1, 2 * y + 1)
      pixels[y * POOLED_SIDE + x] = Number.isNaN(sum) ? null : sum / (4 * 255)
    }
  }
  return pixels
}

const textAt = (column: Column | undefined, row: number): string | null => (column?.kind === 'text' ? (column.values[row] ?? null) : null)

const numberAt = (column: Column | undefined, row: number): number | null => {
  const value = column?.kind === 'number' ? (column.values[row] as number) : Number.NaN
  return Number.isFinite(value) ? value : null
}

function targetAt(column: Column | undefined, row: number, kind: LearningTask['kind']): string | number | null {
  if (column?.kind === 'text') return kind === 'classification' ? (column.values[row] ?? null) : null
  const value = numberAt(column, row)
  return value !== null && kind === 'classification' ? String(value) : value
}

interface RowPlace {
  readonly row: number
  readonly split: string
  readonly group: string | null
  readonly text: string
}

function readRow(batch: RecordBatch, task: LearningTask, { row, split, group, text }: RowPlace): SampleRow {
  const column = (name: string): Column | undefined => batch.columns.get(name)
  const pixels = task.thumbnail === undefined ? [] : pooledPixels(textAt(column(task.thumbnail), row))
  return {
    id: batch.ids[row] as string,
    split,
    group,
    target: targetAt(column(task.target), row, task.kind),
    text: text.slice(0, TEXT_UNITS),
    numbers: [...task.features.numbers.map((name) => numberAt(column(name), row)), ...pixels],
    words: task.features.words.map((name) => textAt(column(name), row)),
  }
}

/** The value by which records belong together, as text. */
function groupReader(batch: RecordBatch, table: TableFacts): (row: number) => string | null {
  const field = table.fields.find(({ role }) => role === 'group')
  const column = field && batch.columns.get(field.name)
  return (row) => textAt(column, row) ?? numberAt(column, row)?.toString() ?? null
}

const textFields = (table: TableFacts, { features }: LearningTask): Field[] =>
  features.texts.flatMap((name) => table.fields.find((field) => field.name === name) ?? [])

/** Reads on. @param table its task decides which fields are kept; without one nothing is */
export function addToTrainingSample(sample: TrainingSample, batch: RecordBatch, table: TableFacts, origin: RecordOrigin): TrainingSample {
  const task = taskOf(table)
  if (!task) return sample
  const { split } = origin
  const heldOut = isHeldOut(split) ? 1 : 0
  const splits = new Map(sample.splits)
  const rows = { ...(splits.get(split) ?? startBottomSample<SampleRow>(heldOut ? TEST_SAMPLE : TRAIN_SAMPLE)) }
  const contents = { ...sample.contents }
  const groups = { ...sample.groups }
  const groupAt = groupReader(batch, table)
  const textAtRow = textReader(batch, textFields(table, task))
  const hashes = contentHashes(
    batch,
    sameThingFields(table).filter(({ name }) => name !== task.target),
  )
  for (let row = 0; row < batch.ids.length; row++) {
    const id = batch.ids[row] as string
    const group = groupAt(row)
    addDistinct(contents, hashes[row * HASH_STRIDE] as number, hashes[row * HASH_STRIDE + 1] as number, 1 - heldOut, heldOut)
    if (group !== null) addDistinct(groups, hashOfText(group), hashOfText(`${group} `), 1 - heldOut, heldOut)
    const place = hashOfText(id)
    if (admits(rows, place)) addToBottomSample(rows, place, id, readRow(batch, task, { row, split, group, text: textAtRow(row).text }))
  }
  return { splits: [...splits.set(split, rows)], contents, groups }
}

export function mergeTrainingSamples(left: TrainingSample, right: TrainingSample): TrainingSample {
  const splits = new Map(left.splits)
  for (const [split, rows] of right.splits) {
    const before = splits.get(split)
    splits.set(split, before ? mergeBottomSamples(before, rows) : rows)
  }
  return {
    splits: [...splits],
    contents: mergeDistinct(left.contents, right.contents),
    groups: mergeDistinct(left.groups, right.groups),
  }
}

/** Rows to train on and to judge by; those without a target are left out. */
export interface SplitRows {
  readonly train: readonly SampleRow[]
  readonly test: readonly SampleRow[]
  /** Which split the test rows are from; null where a fifth was set aside here, by group or id. */
  readonly heldOut: string | null
}

/** All rows of the sample that have a target, in an order that depends on the records alone. */
export function sampleRows(sample: TrainingSample, accepts: (split: string) => boolean): SampleRow[] {
  const chosen = [...sample.splits].filter(([split]) => accepts(split)).sort(([a], [b]) => compareCodeUnits(a, b))
  return chosen.flatMap(([, rows]) => bottomItems(rows).map(({ value }) => value)).filter(({ target }) => target !== null)
}

export function splitSample(sample: TrainingSample): SplitRows {
  const heldOut = HELD_OUT.find((name) => sample.splits.some(([split]) => split === name)) ?? null
  const train = sampleRows(sample, (split) => !isHeldOut(split))
  if (heldOut !== null && train.length > 0) return { train, test: sampleRows(sample, (split) => split === heldOut), heldOut }
  const all = sampleRows(sample, () => true)
  const setAside = (row: SampleRow): boolean => hashOfText(`held out ${row.group ?? row.id}`) % 5 === 0
  return {
    train: all.filter((row) => !setAside(row)).slice(0, TRAIN_SAMPLE),
    test: all.filter(setAside).slice(0, TEST_SAMPLE),
    heldOut: null,
  }
}
