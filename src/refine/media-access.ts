import { createHash } from 'node:crypto'
import type { RecordBatch } from '../base/record/index.ts'
import { eachBounded, exists, readBytes, writeAtomic } from '../base/store/index.ts'
import type { MediaValue } from '../ingest/index.ts'

/** Media by name, `<sha256>.<extension>`, as operators read them and put changed ones beside them. */
export interface MediaAccess {
  /** Undefined for a name that no medium has. */
  readonly read: (name: string) => Uint8Array | undefined
  /** @returns the name of the medium */
  readonly write: (bytes: Uint8Array, extension: string) => string
}

export const isMedia = (value: unknown): value is MediaValue =>
  typeof value === 'object' && value !== null && (value as MediaValue).media instanceof Uint8Array

/** Name of a medium by its content. */
export const mediaName = (bytes: Uint8Array, extension: string): string =>
  `${createHash('sha256').update(bytes).digest('hex')}.${extension}`

/** Where a medium lies below a media folder. */
export const mediaPath = (folder: string, name: string): string => `${folder}/${name.slice(0, 2)}/${name}`

/** Media that are held and written in memory alone. */
export const memoryMedia = (held: Map<string, Uint8Array>): MediaAccess => ({
  read: (name) => held.get(name),
  write: (bytes, extension) => {
    const name = mediaName(bytes, extension)
    held.set(name, bytes)
    return name
  },
})

/** Media fetched and written at once: an object store answers several requests as fast as one. */
const MEDIA_AT_ONCE = 8

/** The media of a batch, fetched for steps that run in one go; what they wrote is put into the folder by `keep`. */
export interface HeldMedia {
  readonly access: MediaAccess
  readonly fetch: (batch: RecordBatch) => Promise<void>
  readonly keep: () => Promise<void>
}

/** The media of a workspace. */
export function holdMedia(folder: string): HeldMedia {
  const held = new Map<string, Uint8Array>()
  const fetched = new Set<string>()
  return {
    access: memoryMedia(held),
    async fetch(batch) {
      held.clear()
      fetched.clear()
      await eachBounded(mediaNames(batch), MEDIA_AT_ONCE, async (name) => {
        const path = mediaPath(folder, name)
        if (!(await exists(path))) return
        held.set(name, await readBytes(path))
        fetched.add(name)
      })
    },
    async keep() {
      const written = [...held].filter(([name]) => !fetched.has(name))
      await eachBounded(written, MEDIA_AT_ONCE, async ([name, bytes]) => {
        const path = mediaPath(folder, name)
        if (!(await exists(path))) await writeAtomic(path, bytes)
      })
      held.clear()
    },
  }
}

/** Names of all media of a batch, each once. @param names added to */
export function mediaNames(batch: RecordBatch, names = new Set<string>()): Set<string> {
  for (const field of batch.fields) {
    const column = field.type === 'media' ? batch.columns.get(field.name) : undefined
    if (column?.kind === 'text') for (const name of column.values) if (name !== null) names.add(name)
  }
  return names
}
