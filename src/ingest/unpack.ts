import { join } from 'node:path'
import { type Problem, ProblemError } from '../base/problem/index.ts'
import { type ByteSource, exists, reasonOf, streamAtomic } from '../base/store/index.ts'
import type { ContainerFormat, Member } from './format.ts'
import { fileTruncated } from './problems.ts'
import { sourceKey } from './source.ts'

/** A member now lying in the workspace, or what kept it (or the rest of the archive) from being unpacked. */
export interface Unpacked {
  readonly path: string
  readonly file: string | undefined
  readonly problem: Problem | undefined
}

/** Unpacks the members of an archive one after the other; a broken one does not keep the others back. */
export async function* unpackMembers(format: ContainerFormat, source: ByteSource, folder: string): AsyncIterable<Unpacked> {
  const members = format.members(source)[Symbol.asyncIterator]()
  for (;;) {
    let next: IteratorResult<Member>
    try {
      next = await members.next()
    } catch (error) {
      // The archive itself breaks off here: what came before stands, the rest is one refused file.
      yield { path: source.path, file: undefined, problem: problemOf(source.path, error) }
      return
    }
    if (next.done) return
    yield await unpack(next.value, source.path, folder)
  }
}

async function unpack(member: Member, archive: string, folder: string): Promise<Unpacked> {
  const path = `${archive}!/${member.path}`
  const file = join(folder, sourceKey(path))
  try {
    if (!exists(file)) await streamAtomic(file, member.stream())
    return { path, file, problem: undefined }
  } catch (error) {
    return { path, file: undefined, problem: problemOf(path, error) }
  }
}

const problemOf = (at: string, error: unknown): Problem =>
  error instanceof ProblemError ? error.problem : fileTruncated({ at, found: reasonOf(error) })
