import type { Modality } from '../../base/recipe/index.ts'
import { bitDepth } from './audio/bit-depth.ts'
import { bitRate } from './audio/bit-rate.ts'
import { clipping } from './audio/clipping.ts'
import { duration } from './audio/duration.ts'
import { sampleRate } from './audio/sample-rate.ts'
import { audioSignalToNoise } from './audio/signal-to-noise.ts'
import { silence } from './audio/silence.ts'
import { clarity } from './image/clarity.ts'
import { resolution } from './image/resolution.ts'
import { imageSignalToNoise } from './image/signal-to-noise.ts'
import type { RecordItem } from './sub-item.ts'
import { damagedText } from './table/damaged-text.ts'
import { missingValues } from './table/missing-values.ts'
import { outOfRange } from './table/out-of-range.ts'
import { coherence } from './text/coherence.ts'
import { completeness } from './text/completeness.ts'
import { informationDensity } from './text/information-density.ts'
import { missingInformation } from './text/missing-information.ts'
import { purity } from './text/purity.ts'

/** Sub-indicators of 0208 that are decided record by record, by modality. */
export const RECORD_ITEMS: Readonly<Record<Modality, readonly RecordItem[]>> = {
  text: [informationDensity, completeness, missingInformation, purity, coherence],
  table: [missingValues, outOfRange, damagedText],
  series: [missingValues, outOfRange],
  image: [resolution, imageSignalToNoise, clarity],
  audio: [audioSignalToNoise, sampleRate, bitDepth, bitRate, duration, clipping, silence],
}
