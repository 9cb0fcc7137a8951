import type { Words } from '../../base/problem/index.ts'
import type { RefinementLift } from '../baseline/refinement.ts'

/** Records that left for one reason. */
export interface Outflow {
  readonly reason: Words
  readonly records: number
}

/** What became of all records: ingested = released + merged + quarantined. */
export interface RecordFlow {
  readonly ingested: number
  readonly released: number
  readonly merged: readonly Outflow[]
  readonly quarantined: readonly Outflow[]
}

/** What the report says besides the grade. All of it is given, nothing is read from clock or machine. */
export interface ReportContext {
  readonly title?: Words | undefined
  readonly publisher?: string | undefined
  readonly license?: string | undefined
  /** Root hash of the release in hex; the seal shows its beginning. */
  readonly releaseHash?: string | undefined
  /** Command by which anyone can check the release. */
  readonly verifyCommand?: string | undefined
  readonly flow?: RecordFlow | undefined
  readonly comparison?: RefinementLift | undefined
}
