import { boxesInImage } from './boxes-in-image.ts'
import { mediaKinds } from './media-kinds.ts'
import type { Relation } from './relation.ts'
import { segmentsInRecording } from './segments-in-recording.ts'
import { spansInText } from './spans-in-text.ts'
import { speechRate } from './speech-rate.ts'
import { tagsOfTokens } from './tags-of-tokens.ts'

/** Relations between the parts of a record that a machine can check without understanding them. */
export const RELATIONS: readonly Relation[] = [boxesInImage, spansInText, tagsOfTokens, segmentsInRecording, speechRate, mediaKinds]
