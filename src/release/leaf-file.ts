import { growTree, HASH_BYTES } from '../base/kernels/index.ts'
import { compareCodeUnits } from '../base/record/index.ts'
import { type ByteSource, basename, openFile, writeAtomic } from '../base/store/index.ts'

/**
 * The leaves of one shard between writing it and the root over all: records ascending by id, each as the length of its id
 * (two bytes, little endian), the id in UTF-8, and the SHA-256 of the canonical record.
 */
const LENGTH_BYTES = 2
const MAX_ID_BYTES = 0xffff
/** Read at once from each file; a release of a thousand shards holds 64 MiB of them. */
const WINDOW_BYTES = 64 * 1024

/** Writes the leaves of a shard, sorted. Throws when an id occurs twice. @param hashes one an id */
export async function writeLeafFile(path: string, ids: readonly string[], hashes: readonly Buffer[]): Promise<void> {
  const order = Array.from(ids.keys()).sort((a, b) => compareCodeUnits(ids[a] as string, ids[b] as string))
  const encoded = ids.map((id) => Buffer.from(id, 'utf8'))
  const bytes = Buffer.allocUnsafe(encoded.reduce((sum, id) => sum + LENGTH_BYTES + id.length + HASH_BYTES, 0))
  let at = 0
  for (const [place, i] of order.entries()) {
    const id = encoded[i] as Buffer
    if (id.length > MAX_ID_BYTES) throw new Error(`release: id of ${id.length} bytes, at most ${MAX_ID_BYTES} are expected`)
    if (place > 0 && ids[order[place - 1] as number] === ids[i]) throw new Error(`release: id ${ids[i]} occurs twice`)
    at = bytes.writeUInt16LE(id.length, at)
    at += id.copy(bytes, at)
    at += (hashes[i] as Buffer).copy(bytes, at)
  }
  await writeAtomic(path, bytes)
}

/** Goes through one file a window at a time. */
class LeafReader {
  id = ''
  hash: Buffer = Buffer.alloc(0)
  private window: Buffer = Buffer.alloc(0)
  /** Of the window within the file, and of the next leaf within the window. */
  private start = 0
  private at = 0
  private readonly source: ByteSource

  constructor(source: ByteSource) {
    this.source = source
  }

  /** Steps to the next leaf within the window; false when the window ends before it. */
  step(): boolean {
    const { window, at } = this
    if (at + LENGTH_BYTES > window.length) return false
    const idEnd = at + LENGTH_BYTES + window.readUInt16LE(at)
    if (idEnd + HASH_BYTES > window.length) return false
    this.id = window.toString('utf8', at + LENGTH_BYTES, idEnd)
    this.hash = window.subarray(idEnd, idEnd + HASH_BYTES)
    this.at = idEnd + HASH_BYTES
    return true
  }

  /** Steps to the first leaf after the window; false at the end of the file. Throws when the file ends within a leaf. */
  async stepOver(): Promise<boolean> {
    this.start += this.at
    this.at = 0
    const left = this.source.size - this.start
    if (left <= 0) return false
    this.window = Buffer.from(await this.source.read(this.start, Math.min(WINDOW_BYTES + MAX_ID_BYTES, left)))
    if (!this.step()) throw new Error(`release: leaf file ends within a leaf at byte ${this.start}`)
    return true
  }
}

/** What the leaves of a release come to. */
export interface MergedLeaves {
  readonly root: string
  readonly size: number
}

/**
 * The root over the leaves of all shards in the order of their ids, in memory that does not grow with the records.
 * Throws when an id occurs in two shards. O(leaves) where shards hold ranges of ids, as they do.
 */
export async function mergeLeafFiles(paths: readonly string[]): Promise<MergedLeaves> {
  const sources = await Promise.all(paths.map((path) => openFile(basename(path), path)))
  try {
    const readers: LeafReader[] = []
    for (const source of sources) {
      const reader = new LeafReader(source)
      if (await reader.stepOver()) insert(readers, reader)
    }
    const tree = growTree()
    let last: string | undefined
    for (let first = readers[0]; first; first = readers[0]) {
      if (first.id === last) throw new Error(`release: id ${last} occurs twice`)
      last = first.id
      tree.add(first.hash)
      const isThere = first.step() || (await first.stepOver())
      const next = readers[1]
      if (isThere && (!next || first.id < next.id)) continue
      readers.shift()
      if (isThere) insert(readers, first)
    }
    return { root: tree.root(), size: tree.size() }
  } finally {
    await Promise.all(sources.map((source) => source.close()))
  }
}

/** Keeps the readers in the order of the ids that they are at. */
function insert(readers: LeafReader[], reader: LeafReader): void {
  let at = readers.length
  while (at > 0 && (readers[at - 1] as LeafReader).id > reader.id) at--
  readers.splice(at, 0, reader)
}
