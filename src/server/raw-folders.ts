import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail, type Outcome, succeed } from '../base/problem/index.ts'
import { inputForbidden } from './problems.ts'

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url))

/** Names of the examples that come with Highgrade: `<sector>` or `<sector>/<case>`, each with a recipe. */
export function exampleNames(): string[] {
  const names: string[] = []
  const look = (name: string): void => {
    const folder = join(EXAMPLES, name)
    if (existsSync(join(folder, 'highgrade.yaml'))) names.push(name)
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory() && entry.name !== 'raw') look(name === '' ? entry.name : `${name}/${entry.name}`)
  }
  look('')
  return names.sort()
}

export type BuildInput = { readonly example: string } | { readonly path: string }

/** The path of an input, when it may be read: an example, or what lies below one of the raw folders, links followed. */
export function readableInput(input: BuildInput, rawFolders: readonly string[]): Outcome<string> {
  const expected = rawFolders.join(', ')
  if ('example' in input) {
    if (!exampleNames().includes(input.example)) return fail(inputForbidden({ found: input.example, expected: exampleNames().join(', ') }))
    return succeed(join(EXAMPLES, input.example, 'highgrade.yaml'))
  }
  if (!existsSync(input.path)) return fail(inputForbidden({ found: input.path, expected }))
  const path = realpathSync(input.path)
  const isBelow = rawFolders.some((folder) => {
    const root = realpathSync(folder)
    return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
  })
  return isBelow ? succeed(path) : fail(inputForbidden({ found: input.path, expected }))
}

/** Folders and recipes directly below the raw folders, for a list to choose from. */
export const rawInputs = (rawFolders: readonly string[]): { path: string; name: string }[] =>
  rawFolders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder, { withFileTypes: true })
          .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || /\.ya?ml$/.test(entry.name)))
          .map((entry) => ({ path: join(folder, entry.name), name: basename(entry.name) }))
          .sort((a, b) => (a.name < b.name ? -1 : 1))
      : [],
  )
