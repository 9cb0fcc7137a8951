import { type Problem, ProblemError } from '../base/problem/index.ts'
import { type ByteSource, exists, join, readJson, reasonOf, streamAtomic, writeAtomic } from '../base/store/index.ts'
import type { ContainerFormat, Member } from './format.ts'
import { fileTruncated } from './problems.ts'
import { sourceKey } from './source.ts'

/** A member now lying in the workspace, or what kept it (or the rest of it, or of the archive) from being unpacked. */
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
    yield await unpack(next.value, source, folder)
  }
}

async function unpack(member: Member, source: ByteSource, folder: string): Promise<Unpacked> {
  const path = `${source.path}!/${member.path}`
  const file = join(folder, sourceKey(path))
  if (await exists(file))
    return { path, file, problem: (await exists(`${file}.problem`)) ? await readJson<Problem>(`${file}.problem`) : undefined }
  let given = 0
  let problem: Problem | undefined
  async function* readable(): AsyncIterable<Uint8Array> {
    try {
      for await (const piece of member.stream()) {
        given += piece.length
        yield piece
      }
    } catch (error) {
      if (source.failure) throw source.failure
      problem = problemOf(path, error)
      // Before the file itself appears, so that a later run reports the break too.
      await writeAtomic(`${file}.problem`, JSON.stringify(problem))
    }
  }
  await streamAtomic(file, readable())
  // What could be read before it broke off stands; the break itself is reported beside it.
  return { path, file: problem !== undefined && given === 0 ? undefined : file, problem }
}

const problemOf = (at: string, error: unknown): Problem =>
  error instanceof ProblemError ? error.problem : fileTruncated({ at, found: reasonOf(error) })
