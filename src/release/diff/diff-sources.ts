import type { SourceEntry } from '../../ingest/index.ts'
import type { ReleaseSources } from '../read-release.ts'
import { EXAMPLES, type Listed } from './diff-records.ts'

/** How the raw files of two releases differ; examples are paths, in order. */
export interface SourceDiff {
  readonly same: number
  readonly added: Listed<string>
  readonly removed: Listed<string>
  /** Same path, other bytes. */
  readonly changed: Listed<string>
  /** Gave records before, and none now; or the other way round. */
  readonly refused: Listed<string>
  readonly accepted: Listed<string>
}

interface Source {
  readonly sha256: string
  readonly isRefused: boolean
}

export function diffSources(before: ReleaseSources, after: ReleaseSources): SourceDiff {
  const [left, right] = [byPath(before), byPath(after)]
  const paths = [...new Set([...left.keys(), ...right.keys()])].sort()
  const both = (holds: (before: Source, after: Source) => boolean): Listed<string> =>
    listed(
      paths.filter((path) => {
        const [a, b] = [left.get(path), right.get(path)]
        return a !== undefined && b !== undefined && holds(a, b)
      }),
    )
  return {
    same: both((a, b) => a.sha256 === b.sha256).count,
    added: listed(paths.filter((path) => !left.has(path))),
    removed: listed(paths.filter((path) => !right.has(path))),
    changed: both((a, b) => a.sha256 !== b.sha256),
    refused: both((a, b) => !a.isRefused && b.isRefused),
    accepted: both((a, b) => a.isRefused && !b.isRefused),
  }
}

function byPath({ sources, refused }: ReleaseSources): ReadonlyMap<string, Source> {
  const one = (entry: SourceEntry, isRefused: boolean) => [entry.path, { sha256: entry.sha256, isRefused }] as const
  return new Map([...sources.map((entry) => one(entry, false)), ...refused.map(({ entry }) => one(entry, true))])
}

const listed = (paths: readonly string[]): Listed<string> => ({ count: paths.length, examples: paths.slice(0, EXAMPLES) })
