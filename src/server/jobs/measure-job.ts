import { MEASURE_LISTING, measureListing, measurePayload } from '../../exchange/index.ts'
import { defineJob, type JobKind } from './job-kind.ts'

/** Reads a version for sale as a job: texts of a large one take minutes to count. */
export const measureJob = (): JobKind =>
  defineJob({
    kind: MEASURE_LISTING,
    payload: measurePayload,
    run: (payload, { organisationId }, { db, clock, report }) =>
      measureListing(payload, organisationId, {
        db,
        now: new Date(clock()),
        report: (done, total) => report({ stage: 'measure', done, total, unit: 'records' }),
      }),
  })
