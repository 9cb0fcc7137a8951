import { createHash } from 'node:crypto'
import { exists, readBytesSync, writeAtomicSync } from '../base/store/index.ts'
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

/** The media of a workspace. */
export const folderMedia = (folder: string): MediaAccess => ({
  read: (name) => (exists(mediaPath(folder, name)) ? readBytesSync(mediaPath(folder, name)) : undefined),
  write: (bytes, extension) => {
    const name = mediaName(bytes, extension)
    if (!exists(mediaPath(folder, name))) writeAtomicSync(mediaPath(folder, name), bytes)
    return name
  },
})

/** Media that are held and written in memory alone. @param folder where others are read */
export function memoryMedia(held: Map<string, Uint8Array>, folder?: string): MediaAccess {
  return {
    read: (name) => held.get(name) ?? (folder === undefined ? undefined : folderMedia(folder).read(name)),
    write: (bytes, extension) => {
      const name = mediaName(bytes, extension)
      held.set(name, bytes)
      return name
    },
  }
}
