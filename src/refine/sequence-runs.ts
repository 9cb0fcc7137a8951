import { sourceKeyOf } from '../ingest/index.ts'

/** Records that follow each other in one part of one raw file. */
export interface SequenceRun {
  readonly key: string
  readonly part: string
  readonly records: number
}

/** Enters the next records; those of the same part go on with its run. */
export function addToRuns(runs: SequenceRun[], key: string, part: string, records: number): void {
  const last = runs.at(-1)
  if (last?.key === key && last.part === part) runs[runs.length - 1] = { key, part, records: last.records + records }
  else runs.push({ key, part, records })
}

/** Tells where in a row of chunks one part of a file ends and the next begins. */
export class RunCutter {
  private readonly runs: readonly SequenceRun[]
  private at = 0
  private used = 0

  /** @param runs all records of the chunks, in order; none where only the ids tell the files */
  constructor(runs: readonly SequenceRun[]) {
    this.runs = runs
  }

  /** The run that the record at `from` is of, and the index past the last of `ids` that is too. */
  next(ids: readonly string[], from: number): { readonly to: number; readonly key: string; readonly part: string } {
    const key = sourceKeyOf(ids[from] as string)
    if (this.runs.length === 0) {
      let to = from + 1
      while (to < ids.length && sourceKeyOf(ids[to] as string) === key) to++
      return { to, key, part: '' }
    }
    while (this.used >= (this.runs[this.at]?.records ?? Number.POSITIVE_INFINITY)) {
      this.at++
      this.used = 0
    }
    const run = this.runs[this.at]
    if (run?.key !== key) throw new Error(`refine: record ${ids[from]} is of no run`)
    const to = Math.min(ids.length, from + run.records - this.used)
    this.used += to - from
    return { to, key, part: run.part }
  }
}
