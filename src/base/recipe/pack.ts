import { z } from 'zod'
import { demandSchema, fieldSchema, modalities, stepSchema, wordsSchema } from './recipe.ts'

/** One table shape of a sector: what its fields are and which checks hold between them. */
export const packSchemaSchema = z.strictObject({
  title: wordsSchema,
  modality: z.enum(modalities),
  fields: z.array(fieldSchema).min(1),
  /** Conditions between fields that every record must meet, in the language of `table/cross-field`. */
  checks: z.array(z.strictObject({ rule: z.string(), reason: wordsSchema })).default([]),
  /** Steps put after the modality's default steps. */
  steps: z.array(stepSchema).default([]),
  /** What becomes of fields that identify persons. */
  deidentify: z
    .array(z.strictObject({ field: z.string(), action: z.enum(['drop', 'mask', 'pseudonym', 'generalise']), reason: wordsSchema }))
    .default([]),
  /** Label set (labels.yaml) that the label field takes its values from. */
  labels: z.string().optional(),
})

export const scenarioSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: wordsSchema,
  doc: wordsSchema,
  schema: z.string().optional(),
  demand: demandSchema,
})

/** `packs/<sector>/pack.yaml`. */
export const packSchema = z.strictObject({
  title: wordsSchema,
  doc: wordsSchema,
  /** GB/T 4754-2017 codes of the industries it serves. */
  industries: z.array(z.strictObject({ code: z.string().regex(/^[A-T]\d{0,4}$/), title: wordsSchema })).min(1),
  /** Who must decide labels in this field, and why. */
  experts: z.array(z.strictObject({ schema: z.string(), fields: z.array(z.string()).min(1), qualification: wordsSchema })).default([]),
  schemas: z.record(z.string(), packSchemaSchema),
  scenarios: z.array(scenarioSchema).min(1),
  /** Standards that the pack leans on, each with how sure we are: F read, F2 second-hand, B general knowledge. */
  standards: z.array(z.strictObject({ name: z.string(), use: wordsSchema, mark: z.enum(['F', 'F2', 'B']) })).default([]),
})

/** `packs/<sector>/labels.yaml`: label sets by name. */
export const labelSetsSchema = z.record(
  z.string(),
  z.strictObject({
    title: wordsSchema,
    labels: z.array(z.strictObject({ code: z.string(), zh: z.string(), en: z.string(), doc: wordsSchema.optional() })).min(2),
  }),
)

export type Pack = z.output<typeof packSchema>
export type PackSchema = z.output<typeof packSchemaSchema>
export type LabelSets = z.output<typeof labelSetsSchema>
