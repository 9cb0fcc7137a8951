import { z } from 'zod'
import { succeed } from '../../base/problem/index.ts'
import { join } from '../../base/store/index.ts'
import { build } from '../../build.ts'
import { enterVersion } from '../../catalog/index.ts'
import { defineJob, type JobKind } from './job-kind.ts'

export const BUILD = 'build'

/** A build that was allowed: the input is a path that the server may read. */
export const buildPayload = z.object({
  input: z.string(),
  pack: z.string().optional(),
  version: z.string().optional(),
})

/**
 * Builds a release as a job and enters it in the catalogue. Run again after a crash it goes on where it was: the
 * workspace is kept, and a release that is published already is the same bytes.
 * @param home releases of an organisation go to `releases/<organisation>` below it
 */
export const buildJob = (home: string): JobKind =>
  defineJob({
    kind: BUILD,
    payload: buildPayload,
    run: async (payload, job, { db, clock, newId, report }) => {
      const out = join(home, 'releases', job.organisationId)
      const built = await build({ ...payload, out }, { clock, report })
      if (!built.ok) return built
      const { folder, manifest, grade } = built.value
      const scores = {
        documentation: grade.documentation.score,
        quality: grade.quality.score,
        application: grade.application.score,
        passes: grade.passes,
      }
      await enterVersion(db, {
        organisationId: job.organisationId,
        newDatasetId: newId(),
        name: manifest.dataset,
        title: manifest.dataset,
        version: manifest.version,
        root: manifest.root,
        folder,
        nRecords: manifest.counts.out,
        tables: manifest.tables.map(({ name, modality, records }) => ({ name, modality, records })),
        counts: manifest.counts,
        grade: scores,
        builtBy: job.id,
        now: new Date(clock()),
      })
      return succeed({ dataset: manifest.dataset, version: manifest.version, root: manifest.root, counts: manifest.counts, grade: scores })
    },
  })
