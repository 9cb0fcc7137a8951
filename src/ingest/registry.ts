import { type Loaded, loadPlugin, loadPlugins } from '../base/plugin/index.ts'
import type { Format } from './format.ts'

const FOLDER = new URL('./formats/', import.meta.url)

/** Every format, by id. */
export const loadFormats = (): Promise<Loaded<Format>[]> => loadPlugins<Format>(FOLDER)

/** One format; throws when there is none of that id, which only a damaged workspace can cause. */
export async function loadFormat(id: string): Promise<Format> {
  const loaded = await loadPlugin<Format>(FOLDER, id)
  if (!loaded) throw new Error(`ingest: no format ${id}`)
  return loaded.plugin
}

/** Confidence below which a file counts as of unknown format. */
const SURE_ENOUGH = 0.25

/** Magic bytes: no other format can be surer. */
const CERTAIN = 1

/** The format that is surest of a file; the first by id where two are equally sure. */
export function recognise(formats: readonly Loaded<Format>[], head: Uint8Array, path: string): Loaded<Format> | undefined {
  let best: Loaded<Format> | undefined
  let sure = SURE_ENOUGH
  for (const candidate of formats) {
    const confidence = candidate.plugin.sniff(head, path)
    if (confidence <= sure) continue
    best = candidate
    sure = confidence
    if (sure >= CERTAIN) break
  }
  return best
}
