import type { z } from 'zod'
import type { Words } from '../base/problem/index.ts'
import type { RecordBatch, Step } from '../base/record/index.ts'
import type { MediaAccess } from './media-access.ts'

/** What an operator may know besides its batch and parameters. */
export interface OperatorContext<F = unknown> {
  /** What `fit` found over the whole table; undefined for operators without `fit`. */
  readonly fitted: F
  /** Lives as long as one raw file is read, for operators of scope `sequence`; a new one for each file. */
  readonly carry: Map<string, unknown>
  /** Key of pseudonyms (HMAC-SHA-256), from the recipe's environment. */
  readonly pseudonymKey: Uint8Array
  /** Bytes of media; absent where a table has none at hand, as in tests of columns alone. */
  readonly media?: MediaAccess | undefined
}

/** A pass over the whole table before `run`. States are plain JSON; `merge` is associative, order is by record id. */
export interface Fit<P, S, F> {
  readonly start: (parameters: P) => S
  readonly add: (state: S, batch: RecordBatch, parameters: P) => S
  readonly merge: (left: S, right: S) => S
  readonly finish: (state: S, parameters: P) => F
}

/** Values of an example by column; strings for text columns, numbers (null missing) for numeric ones. */
export type ExampleColumns = Readonly<Record<string, readonly (string | number | null)[]>>

export interface OperatorDefinition<P extends z.ZodType, S = never, F = undefined> {
  readonly version: number
  readonly title: Words
  readonly doc: Words
  /** Paper, standard or tool that the rule comes from. */
  readonly source: string
  readonly parameters: P
  /** Shown in the reference and run by the contract test; `quarantined` are 0-based rows that must leave. */
  readonly example: {
    readonly parameters: z.input<P>
    readonly before: ExampleColumns
    readonly after: ExampleColumns
    readonly quarantined?: readonly number[]
  }
  /** Names of reasons for quarantine or merging → sentence. */
  readonly reasons?: Readonly<Record<string, Words>>
  /** `row`: each record by itself. `sequence`: needs the records of one raw file in order. */
  readonly scope?: 'row' | 'sequence'
  /** It reads the bytes of media: they are fetched before it runs. */
  readonly usesMedia?: boolean
  /** Running it twice gives what running it once gives; default true, checked by the contract test. */
  readonly idempotent?: boolean
  readonly fit?: Fit<z.output<P>, S, F>
  readonly run: (batch: RecordBatch, parameters: z.output<P>, context: OperatorContext<F>) => Step
}

export type Operator = OperatorDefinition<z.ZodType, unknown, unknown>

/** Defines an operator; its path under `operators/` is its id. */
export const defineOperator = <P extends z.ZodType, S = never, F = undefined>(definition: OperatorDefinition<P, S, F>): Operator =>
  definition as unknown as Operator
