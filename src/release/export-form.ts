import type { z } from 'zod'
import type { Outcome, Words } from '../base/problem/index.ts'
import type { Modality } from '../base/recipe/index.ts'
import type { Field } from '../base/record/index.ts'
import type { OpenRelease } from './read-release.ts'

/** A table of a release as a form reads it. */
export interface ExportTable {
  readonly name: string
  readonly title: Words
  readonly modality: Modality
  readonly records: number
  readonly fields: readonly Field[]
  /** Field that the task of the recipe predicts. */
  readonly target: string | undefined
  /** Allowed codes of each category that has a code list. */
  readonly codes: ReadonlyMap<string, readonly string[]>
  /** Its Parquet files in the order of the manifest; paths are absolute. */
  readonly files: readonly { readonly path: string; readonly split: string; readonly records: number }[]
}

export interface ExportSource {
  readonly release: OpenRelease
  /** Those that the form accepts, in the order of the manifest. */
  readonly tables: readonly ExportTable[]
}

/** A file of an export; `path` is relative, `/` between parts. */
export interface ExportFile {
  readonly path: string
  /** Writes the file whole or not at all. @param to absolute */
  readonly write: (to: string) => Promise<void>
}

/** What a form makes of a release. Both are lazy, in a fixed order, and hold one batch at a time. */
export interface Export {
  readonly files: () => AsyncIterable<ExportFile>
  /** The same as one text, for standard output; absent where it would not be whole. */
  readonly stream?: (() => AsyncIterable<string>) | undefined
}

/** Counts something of the record `id` that the form cannot hold; `reason` is a key of the form's `reasons`. */
export type LeaveOut = (reason: string, id: string) => void

export interface ExportFormDefinition<P extends z.ZodObject> {
  readonly version: number
  readonly title: Words
  /** What the files are, and which fields of a table become what. */
  readonly doc: Words
  /** Specification of the form. */
  readonly source: string
  /** Options of the command line: `safeFormulas` is `--safe-formulas`. */
  readonly parameters: P
  /** What a table must have. */
  readonly needs: Words
  /** Can this table be written in the form? */
  readonly accepts: (table: ExportTable) => boolean
  /** Names of reasons for which something is left out → sentence. */
  readonly reasons?: Readonly<Record<string, Words>>
  readonly prepare: (source: ExportSource, parameters: z.output<P>, leaveOut: LeaveOut) => Promise<Outcome<Export>>
}

export type ExportForm = ExportFormDefinition<z.ZodObject>

/** Defines a form; its file under `exports/` is its name. */
export const defineExport = <P extends z.ZodObject>(definition: ExportFormDefinition<P>): ExportForm => definition as unknown as ExportForm
