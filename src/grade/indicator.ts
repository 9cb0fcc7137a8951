import type { Words } from '../base/problem/index.ts'
import type { Demand, Modality } from '../base/recipe/index.ts'
import type { Field, RecordBatch } from '../base/record/index.ts'

export type Dimension = 'documentation' | 'quality' | 'application'

/** What an indicator knows of a table while it reads its records. */
export interface TableFacts {
  readonly name: string
  readonly modality: Modality
  readonly fields: readonly Field[]
  /** Code lists by name: allowed codes. */
  readonly codeLists: ReadonlyMap<string, ReadonlySet<string>>
  readonly demand: Demand
  /** Column of what is wrong with the types of each record, where data are graded as they came; none of `fields`. */
  readonly faults?: string | undefined
}

/** Which split a record lies in, and where it is from; parallel to the batch's rows. */
export interface RecordOrigin {
  readonly split: string
  /** Path of the raw file of each record; empty when unknown (data sets that are not ours). */
  readonly sources: readonly string[]
}

/** A source as the national record format states it: its kind, and what it can be traced by. */
export interface Provenance {
  readonly source: string | undefined
  readonly details: string | undefined
}

/** What an indicator knows of the data set when it concludes. */
export interface DatasetFacts {
  readonly dataset: string
  readonly version: string
  readonly demand: Demand
  readonly tables: readonly (TableFacts & { readonly records: number })[]
  /** Documentation aspects present, as `scale`, `format`, `structure`, `access`, `support`, … → text or true. */
  readonly documentation: ReadonlyMap<string, string>
  readonly generated: boolean | undefined
  readonly license: string | undefined
  /** Where the recipe says that the raw files are from. */
  readonly provenance?: Provenance | undefined
  /** Records that could not be read or typed, where data are graded as they came; none in a release, which does not hold them. */
  readonly refused?: number | undefined
}

export interface Interval {
  readonly low: number
  readonly high: number
  /** Confidence in 0..1. */
  readonly level: number
  readonly method: string
}

/** What an indicator says: a score with its evidence, or why there is none. Scores are 0..100. */
export type Measurement =
  | {
      readonly status: 'measured'
      readonly score: number
      /** Numerator and denominator of X = A/B where the indicator is such a share. */
      readonly a?: number
      readonly b?: number
      /** Records (or aspects, bins, runs) looked at. */
      readonly n: number
      readonly interval?: Interval
      readonly method: Words
      readonly evidence: Readonly<Record<string, unknown>>
      /** Ids of failing records, the first 100 by id. */
      readonly failing: readonly string[]
      readonly advice: Words
      /** Can a stranger recompute it from the release alone? */
      readonly reproducible: boolean
    }
  | { readonly status: 'not-measured'; readonly why: Words; readonly advice: Words }

/**
 * State of an indicator over one table: plain JSON. `merge` is associative; batches come in order of id.
 */
export interface Accumulation<S> {
  readonly start: (table: TableFacts) => S
  readonly add: (state: S, batch: RecordBatch, table: TableFacts, origin: RecordOrigin) => S
  readonly merge: (left: S, right: S) => S
}

export interface IndicatorDefinition<S = undefined> {
  readonly version: number
  /** TC609 code, e.g. `0208`. */
  readonly code: string
  readonly dimension: Dimension
  readonly title: Words
  readonly doc: Words
  readonly source: string
  readonly accumulation?: Accumulation<S>
  /** @param states one per table, in the order of `dataset.tables`; empty without `accumulation` */
  readonly conclude: (dataset: DatasetFacts, states: readonly S[]) => Measurement
}

export type Indicator = IndicatorDefinition<unknown>

/** Defines an indicator; its file under `indicators/` is `<code>-<name>.ts`. */
export const defineIndicator = <S = undefined>(definition: IndicatorDefinition<S>): Indicator => definition as unknown as Indicator

/** Failing record ids kept as evidence. */
export const MAX_FAILING = 100
