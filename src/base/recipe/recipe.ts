import { z } from 'zod'
import { JSON_KINDS, type Shape } from '../record/index.ts'

/** A sentence in both languages; a plain string stands for both. */
export const wordsSchema = z.union([z.string().transform((text) => ({ zh: text, en: text })), z.object({ zh: z.string(), en: z.string() })])

const fieldTypes = ['text', 'category', 'integer', 'number', 'boolean', 'timestamp', 'date', 'json', 'media'] as const
const fieldRoles = ['text', 'label', 'time', 'group', 'split', 'image', 'feature', 'identifier', 'note'] as const
export const modalities = ['text', 'table', 'series', 'image', 'audio'] as const
export type Modality = (typeof modalities)[number]

const kinds = z.enum(JSON_KINDS)

/** What a `json` value must look like: a part of JSON Schema. */
const shapeSchema: z.ZodType<Shape> = z.lazy(() =>
  z.strictObject({
    type: z.union([kinds, z.array(kinds)]).optional(),
    enum: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
    minLength: z.number().int().nonnegative().optional(),
    minItems: z.number().int().nonnegative().optional(),
    items: shapeSchema.optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), shapeSchema).optional(),
    anyOf: z.array(shapeSchema).min(1).optional(),
  }),
)

export const fieldSchema = z.strictObject({
  name: z.string().min(1),
  type: z.enum(fieldTypes),
  from: z.array(z.string()).optional(),
  role: z.enum(fieldRoles).optional(),
  unit: z.string().optional(),
  rawUnit: z.string().optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
  codes: z.array(z.string()).optional(),
  codeList: z.string().optional(),
  required: z.boolean().optional(),
  key: z.boolean().optional(),
  expert: z.boolean().optional(),
  exact: z.boolean().optional(),
  shape: shapeSchema.optional(),
  meaning: wordsSchema.optional(),
})

/** One operator with its parameters: `text/mask-email` or `{ use: text/length, min: 20 }`. */
export const stepSchema = z.union([z.string().transform((use) => ({ use })), z.looseObject({ use: z.string() })])
export type StepRecipe = { readonly use: string } & Readonly<Record<string, unknown>>

/** Brings columns of another table in by key. */
export const joinSchema = z.strictObject({
  table: z.string(),
  on: z.union([z.string(), z.record(z.string(), z.string())]),
  fields: z.array(z.string()).optional(),
  kind: z.enum(['left', 'inner']).default('left'),
})

/** Wide to long (`melt`), long to wide (`pivot`), a regular grid in time (`resample`), sliding windows (`window`). */
export const reshapeSchema = z.discriminatedUnion('kind', [
  /** Long documents to records of at most `maxCharacters`, cut at headings, paragraphs or sentence ends. */
  z.strictObject({
    kind: z.literal('split'),
    field: z.string(),
    maxCharacters: z.number().int().positive(),
    overlapCharacters: z.number().int().nonnegative().default(0),
    atHeadings: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal('melt'),
    keep: z.array(z.string()),
    columns: z.array(z.string()).min(1),
    name: z.string(),
    value: z.string(),
  }),
  z.strictObject({ kind: z.literal('pivot'), keep: z.array(z.string()).min(1), name: z.string(), value: z.string() }),
  z.strictObject({
    kind: z.literal('resample'),
    time: z.string(),
    group: z.array(z.string()).default([]),
    everyMs: z.number().positive(),
    aggregate: z.record(z.string(), z.enum(['mean', 'min', 'max', 'sum', 'first', 'last', 'count'])).default({}),
  }),
  z.strictObject({
    kind: z.literal('window'),
    time: z.string(),
    group: z.array(z.string()).default([]),
    lengthMs: z.number().positive(),
    stepMs: z.number().positive(),
    columns: z.array(z.string()).min(1),
  }),
])

export const tableSchema = z.strictObject({
  title: wordsSchema.optional(),
  modality: z.enum(modalities),
  /** Globs relative to the recipe's folder; a member of an archive is `a.zip!/b.csv`, a sheet or inner table `x.xlsx#Sheet1`. */
  from: z.array(z.string()).min(1),
  /** Schema of the pack that fields, checks and steps are taken from; found by its columns when left out. */
  schema: z.string().optional(),
  format: z.string().optional(),
  options: z.record(z.string(), z.unknown()).optional(),
  fields: z.array(fieldSchema).optional(),
  /** What to do with raw columns that no field names. */
  others: z.enum(['keep', 'drop']).default('keep'),
  join: z.array(joinSchema).optional(),
  reshape: z.array(reshapeSchema).optional(),
  steps: z.array(stepSchema).optional(),
  /** Only feeds joins; not part of the release. */
  auxiliary: z.boolean().default(false),
})

const aspect = z.union([z.boolean(), z.string(), z.object({ zh: z.string(), en: z.string() })])

/** What the scenario needs; each part is optional, and what is absent is 'not measured' in the grade. */
export const demandSchema = z.strictObject({
  scenario: wordsSchema.optional(),
  /** 通识 general · 行业通识 industry-general · 行业专识 industry-expert (TC609-5-2025-03). */
  knowledge: z.enum(['general', 'industry-general', 'industry-expert']).optional(),
  scale: z.strictObject({ records: z.number().int().positive() }).optional(),
  coverage: z
    .array(
      z.strictObject({
        table: z.string().optional(),
        field: z.string(),
        /** Values (text) or bin edges (number) that must occur. */
        values: z.array(z.string()).optional(),
        edges: z.array(z.number()).optional(),
        /** Records that a bin needs to count as covered. */
        atLeast: z.number().int().positive().default(1),
      }),
    )
    .optional(),
  window: z.strictObject({ table: z.string().optional(), field: z.string(), from: z.string(), to: z.string() }).optional(),
  task: z
    .strictObject({
      table: z.string().optional(),
      kind: z.enum(['classification', 'regression']),
      target: z.string(),
      features: z.array(z.string()).optional(),
      metric: z.enum(['accuracy', 'macro-f1', 'r2', 'mae', 'rmse']).optional(),
      /** The metric's value that the scenario asks for. */
      goal: z.number().optional(),
    })
    .optional(),
})

export const recipeSchema = z.strictObject({
  dataset: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'letters, digits, dot, underscore, hyphen'),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, 'a semantic version such as 1.0.0')
    .default('0.1.0'),
  title: wordsSchema.optional(),
  description: wordsSchema.optional(),
  pack: z.string().optional(),
  license: z.string().optional(),
  publisher: z.strictObject({ name: z.string(), contact: z.string().optional(), url: z.string().optional() }).optional(),
  /** Where raw files came from (TC609-5-2025-02 `source`, `source_details`, times, generated flag). */
  provenance: z
    .strictObject({
      source: z.string().optional(),
      details: z.string().optional(),
      collected: z.string().optional(),
      originalTime: z.string().optional(),
      lastModifiedTime: z.string().optional(),
      generated: z.boolean().optional(),
      authorisation: z.string().optional(),
    })
    .optional(),
  /** Documentation aspects that only people can write (TC609-5-2025-04 0101–0104): access, support, limitations, … */
  documentation: z.record(z.string(), aspect).optional(),
  tables: z.record(z.string().regex(/^[\p{L}\p{N}_-]+$/u), tableSchema).optional(),
  /** Files that hold nothing to read: looked at all the same, and counted as quarantined. */
  refused: z.array(z.string()).optional(),
  demand: demandSchema.optional(),
  release: z
    .strictObject({
      splits: z.record(z.string().regex(/^\w+$/), z.number().positive()).optional(),
      /** Records that share this field's value fall into one split. */
      splitBy: z.string().optional(),
      media: z.enum(['files', 'embedded', 'both']).default('both'),
    })
    .optional(),
  seed: z.number().int().nonnegative().default(20260601),
})

export type Recipe = z.output<typeof recipeSchema>
export type TableRecipe = z.output<typeof tableSchema>
export type Demand = z.output<typeof demandSchema>
export type JoinRecipe = z.output<typeof joinSchema>
export type ReshapeRecipe = z.output<typeof reshapeSchema>
