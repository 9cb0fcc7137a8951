import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** A plug-in with the id that its path gives it: `text/mask-email` for `operators/text/mask-email.ts`. */
export interface Loaded<T> {
  readonly id: string
  readonly plugin: T
}

const MODULE = /^(?<name>[a-z0-9][a-z0-9-]*)\.(?:ts|js)$/

/** An id names a file below its folder and nothing else. */
const ID = /^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*)*$/

/** Ids of all plug-ins in a folder and its sub-folders, sorted. @param folder file: URL of the folder */
export function pluginIds(folder: URL): string[] {
  const ids: string[] = []
  const walk = (path: string, prefix: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) walk(join(path, entry.name), `${prefix}${entry.name}/`)
      const name = MODULE.exec(entry.name)?.groups?.['name']
      if (entry.isFile() && name && !entry.name.endsWith('.d.ts')) ids.push(prefix + name)
    }
  }
  walk(fileURLToPath(folder), '')
  return ids.sort()
}

/** Loads one plug-in; undefined when the folder holds none of that id. */
export async function loadPlugin<T>(folder: URL, id: string): Promise<Loaded<T> | undefined> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const file = join(fileURLToPath(folder), `${id}.${extension}`)
  if (!ID.test(id) || !existsSync(file)) return undefined
  const module: { default: T } = await import(pathToFileURL(file).href)
  return { id, plugin: module.default }
}

/** Loads every plug-in of a folder, sorted by id. */
export async function loadPlugins<T>(folder: URL): Promise<Loaded<T>[]> {
  const loaded: Loaded<T>[] = []
  for (const id of pluginIds(folder)) {
    const one = await loadPlugin<T>(folder, id)
    if (one) loaded.push(one)
  }
  return loaded
}
