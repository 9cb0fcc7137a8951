import type { Released } from '../release/index.ts'

/** What `build --json` prints. */
export function buildSummary(released: Released, seconds: number) {
  const { manifest, grade } = released
  const indicators = Object.fromEntries(
    Object.entries(grade.indicators).map(([code, measurement]) => [
      code,
      measurement.status === 'measured'
        ? { score: measurement.score, n: measurement.n, method: measurement.method.en }
        : { score: null, n: 0, method: `not measured: ${measurement.why.en}` },
    ]),
  )
  return {
    release: released.folder,
    dataset: manifest.dataset,
    version: manifest.version,
    root: manifest.root,
    tables: manifest.tables.map(({ name, modality, records }) => ({ name, modality, records })),
    counts: manifest.counts,
    grade: {
      documentation: grade.documentation.score,
      quality: grade.quality.score,
      application: grade.application.score,
      passes: grade.passes,
      indicators,
    },
    seconds,
  }
}
