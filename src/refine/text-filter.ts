import { z } from 'zod'
import {
  createRepetition,
  minimumLength,
  type QualityReason,
  qualityReasons,
  rejectProfiles,
  type TextProfile,
  type TextVerdict,
  textColumns,
} from '../base/kernels/index.ts'
import { defineOperator, type Operator, type OperatorDefinition } from './operator.ts'

/** A rule on the profile of a text: which texts leave, and by which limits. */
interface TextFilter<L extends z.ZodRawShape>
  extends Pick<OperatorDefinition<z.ZodObject>, 'version' | 'title' | 'doc' | 'source' | 'example'> {
  /** UTF-16 code units under which texts are not judged, unless the recipe says otherwise. */
  readonly judgedFrom: number
  readonly limits: L
  readonly reasons: readonly QualityReason[]
  /** Why a text leaves; null where it stays. */
  readonly judge: (
    profile: TextProfile,
    limits: z.output<z.ZodObject<L>>,
    repetition: ReturnType<typeof createRepetition>,
  ) => TextVerdict | null
}

/** An operator that quarantines records by the profile of their texts; its parameters are columns, a least length and the limits. */
export function defineTextFilter<L extends z.ZodRawShape>({ judgedFrom, limits, reasons, judge, ...words }: TextFilter<L>): Operator {
  const ofLimits = z.object(limits)
  const parameters: z.ZodObject = z.strictObject({ columns: textColumns, minimumLength: minimumLength(judgedFrom), ...limits })
  return defineOperator({
    ...words,
    parameters,
    reasons: qualityReasons(...reasons),
    run: (batch, given) => {
      const { columns, minimumLength: shortest } = given as { columns: string[]; minimumLength: number }
      const wanted = ofLimits.parse(given)
      const repetition = createRepetition()
      return rejectProfiles(batch, columns, shortest, (profile) => judge(profile, wanted, repetition))
    },
  })
}
