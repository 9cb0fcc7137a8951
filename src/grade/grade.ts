import type { RecordBatch } from '../base/record/index.ts'
import type { DatasetFacts, Dimension, Indicator, Measurement, RecordOrigin, TableFacts } from './indicator.ts'
import type { FieldProfile } from './profile.ts'
import { addToProfile, mergeProfiles, startProfile } from './profile.ts'
import type { GradeRules } from './rules.ts'
import { DEFAULT_RULES, DIMENSIONS } from './rules.ts'
import { rounded } from './score.ts'

/** What is collected of one table: a state for each indicator that needs records, by code, and the fields' profiles. Plain JSON. */
export interface TableAccumulation {
  readonly states: Readonly<Record<string, unknown>>
  readonly profile: readonly FieldProfile[]
}

export interface DimensionGrade {
  /** Weighted mean of the measured indicators, 0..100; null when none was. */
  readonly score: number | null
  readonly measured: number
  readonly total: number
  readonly passes: boolean
}

export type IndicatorGrade = Measurement & Pick<Indicator, 'code' | 'dimension' | 'title'>

export interface Grade {
  readonly dataset: string
  readonly version: string
  readonly records: number
  readonly documentation: DimensionGrade
  readonly quality: DimensionGrade
  readonly application: DimensionGrade
  /** Do all three dimensions pass? */
  readonly passes: boolean
  readonly rules: GradeRules
  readonly indicators: Readonly<Record<string, IndicatorGrade>>
  readonly tables: readonly { readonly name: string; readonly records: number; readonly profile: readonly FieldProfile[] }[]
}

export function startAccumulation(indicators: readonly Indicator[], table: TableFacts): TableAccumulation {
  const states = indicators.flatMap(({ code, accumulation }) => (accumulation ? [[code, accumulation.start(table)] as const] : []))
  return { states: Object.fromEntries(states), profile: startProfile(table) }
}

/** Reads a batch on. The accumulation given is used up: go on with the one that comes back. */
export function accumulate(
  indicators: readonly Indicator[],
  before: TableAccumulation,
  batch: RecordBatch,
  table: TableFacts,
  origin: RecordOrigin,
): TableAccumulation {
  const states = indicators.flatMap(({ code, accumulation }) =>
    accumulation ? [[code, accumulation.add(before.states[code], batch, table, origin)] as const] : [],
  )
  return { states: Object.fromEntries(states), profile: addToProfile(before.profile, batch) }
}

/** Joins what was collected of two parts of one table, `left` before `right` in order of ids. */
export function mergeAccumulations(indicators: readonly Indicator[], left: TableAccumulation, right: TableAccumulation): TableAccumulation {
  const states = indicators.flatMap(({ code, accumulation }) =>
    accumulation ? [[code, accumulation.merge(left.states[code], right.states[code])] as const] : [],
  )
  return { states: Object.fromEntries(states), profile: mergeProfiles(left.profile, right.profile) }
}

/** A dimension from its indicators. */
export function gradeDimension(indicators: readonly IndicatorGrade[], rules: GradeRules): DimensionGrade {
  let weights = 0
  let sum = 0
  let measured = 0
  for (const indicator of indicators) {
    if (indicator.status !== 'measured') continue
    const weight = rules.weights[indicator.code] ?? 1
    weights += weight
    sum += weight * indicator.score
    measured++
  }
  const score = measured === 0 ? null : rounded(sum / weights)
  const passes = score !== null && score >= rules.threshold && measured >= rules.leastMeasuredShare * indicators.length
  return { score, measured, total: indicators.length, passes }
}

/**
 * The grade of a data set: each indicator concludes on what was collected, each dimension is the weighted mean of its
 * measured indicators, and the set passes when all three dimensions do.
 * @param accumulations one a table, in the order of `facts.tables`
 * Source: TC609-5-2025-04. Pure; model fitness trains here, which takes seconds.
 */
export function gradeDataset(
  indicators: readonly Indicator[],
  facts: DatasetFacts,
  accumulations: readonly TableAccumulation[],
  rules: GradeRules = DEFAULT_RULES,
): Grade {
  if (accumulations.length !== facts.tables.length) {
    throw new Error(`grade: ${facts.tables.length} tables but accumulations of ${accumulations.length}`)
  }
  const graded = indicators.map(({ code, dimension, title, accumulation, conclude }): IndicatorGrade => {
    const states = accumulation ? accumulations.map((one) => one.states[code]) : []
    return { code, dimension, title, ...conclude(facts, states) }
  })
  const dimensionOf = (name: Dimension): DimensionGrade =>
    gradeDimension(
      graded.filter(({ dimension }) => dimension === name),
      rules,
    )
  const dimensions = {
    documentation: dimensionOf('documentation'),
    quality: dimensionOf('quality'),
    application: dimensionOf('application'),
  }
  return {
    dataset: facts.dataset,
    version: facts.version,
    records: facts.tables.reduce((total, table) => total + table.records, 0),
    ...dimensions,
    passes: DIMENSIONS.every((name) => dimensions[name].passes),
    rules,
    indicators: Object.fromEntries(graded.map((one) => [one.code, one])),
    tables: facts.tables.map(({ name, records }, place) => ({ name, records, profile: accumulations[place]?.profile ?? [] })),
  }
}
