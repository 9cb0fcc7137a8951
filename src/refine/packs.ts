import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { type LabelSets, labelSetsSchema, type Pack, packSchema } from '../base/recipe/index.ts'
import { exists, listFiles, readText } from '../base/store/index.ts'

const FOLDER = fileURLToPath(new URL('../../packs/', import.meta.url))

/** A code of a list with its names and the other ways in which raw data write it. */
export interface Code {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly aliases: readonly string[]
}

/** A sector pack with its label sets and code lists. */
export interface LoadedPack extends Pack {
  readonly id: string
  readonly labelSets: LabelSets
  readonly codeLists: Readonly<Record<string, readonly Code[]>>
}

/** Ids of all packs, sorted. */
export async function packIds(): Promise<string[]> {
  if (!(await exists(FOLDER))) return []
  return (await listFiles(FOLDER)).filter((path) => /^[^/]+\/pack\.yaml$/.test(path)).map((path) => path.split('/')[0] as string)
}

/** Reads a pack; undefined when there is none of that id. Throws when a pack's own files do not fit its schema: that is a bug in the pack. */
export async function readPack(id: string): Promise<LoadedPack | undefined> {
  if (!(await packIds()).includes(id)) return undefined
  const folder = `${FOLDER}${id}`
  const pack = packSchema.parse(parse(await readText(`${folder}/pack.yaml`)))
  const labelSets = (await exists(`${folder}/labels.yaml`)) ? labelSetsSchema.parse(parse(await readText(`${folder}/labels.yaml`))) : {}
  const codeLists: Record<string, Code[]> = {}
  for (const file of await listFiles(folder)) {
    const name = /^codes\/(?<name>[^/]+)\.csv$/.exec(file)?.groups?.['name']
    if (name) codeLists[name] = parseCodes(await readText(`${folder}/${file}`))
  }
  return { id, ...pack, labelSets, codeLists }
}

/** Name under which a label set serves as a code list. */
export const labelList = (set: string): string => `labels/${set}`

/** Code lists of a pack, its label sets among them. */
export function codeListsOf(pack: LoadedPack | undefined): Record<string, readonly Code[]> {
  const labels = Object.entries(pack?.labelSets ?? {}).map(
    ([name, set]) => [labelList(name), set.labels.map(({ code, zh, en }) => ({ code, zh, en, aliases: [] }))] as const,
  )
  return { ...pack?.codeLists, ...Object.fromEntries(labels) }
}

/** `code,zh,en,aliases`, aliases split by `|`; no quoting is needed or read. */
function parseCodes(text: string): Code[] {
  const rows = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'))
  return rows.slice(1).map((row) => {
    const [code = '', zh = '', en = '', aliases = ''] = row.split(',').map((cell) => cell.trim())
    return { code, zh, en, aliases: aliases.split('|').filter((alias) => alias !== '') }
  })
}
