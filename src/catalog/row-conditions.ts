import { z } from 'zod'

/** Conditions on columns as clients write them: a JSON list in the query. */
export const rowConditions = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' })
      return z.NEVER
    }
  })
  .pipe(
    z
      .array(
        z.strictObject({
          column: z.string(),
          is: z.enum(['equals', 'contains', 'atLeast', 'atMost', 'missing']),
          value: z.union([z.string().max(1000), z.number()]).optional(),
        }),
      )
      .max(20),
  )
