import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { streamAtomic } from '../../store/index.ts'

/** Packages that only the driver uses. */
const DRIVER_ONLY: ReadonlySet<string> = new Set(['@duckdb/node-api', 'echarts', 'commander', 'piscina'])

/** A file of the archive and where it lies here. */
interface Packed {
  readonly name: string
  readonly file: string
}

/**
 * Writes Highgrade as one archive that executors unpack: compiled code, packs, and the packages that tasks use, native
 * addons among them. Plug-ins are found by their folder and addons cannot be bundled, so the tree stays a tree.
 * Executors must have the same platform and processor as this machine.
 * @param code folder of the compiled code
 */
export async function packOperators(code: string, archive: string): Promise<void> {
  const root = dirname(code)
  const files = [
    ...filesBelow(code, 'dist'),
    ...filesBelow(join(root, 'packs'), 'packs'),
    { name: 'package.json', file: join(root, 'package.json') },
    ...packagesOf(root).flatMap(({ name, folder }) => filesBelow(folder, `node_modules/${name}`, true)),
  ]
  const tar = pack()
  const gzip = createGzip({ level: 1 })
  const fill = async (): Promise<void> => {
    for (const { name, file } of files)
      await new Promise<void>((resolve, reject) => {
        // The same tree gives the same archive: no times, no owners.
        tar.entry({ name, mtime: new Date(0), mode: 0o644 }, readFileSync(file), (error) => (error ? reject(error) : resolve()))
      })
    tar.finalize()
  }
  const filled = fill()
  tar.pipe(gzip)
  await Promise.all([filled, streamAtomic(archive, gzip as AsyncIterable<Uint8Array>)])
}

function* walkFiles(folder: string, prefix: string, isPackage: boolean): Iterable<Packed> {
  for (const entry of readdirSync(folder).sort()) {
    // What a package brings in its own node_modules belongs to it and is walked with it; maps are for people.
    if (entry.endsWith('.map') || (isPackage && entry === '.bin')) continue
    const file = join(folder, entry)
    if (statSync(file).isDirectory()) yield* walkFiles(file, `${prefix}/${entry}`, isPackage)
    else yield { name: `${prefix}/${entry}`, file }
  }
}

const filesBelow = (folder: string, prefix: string, isPackage = false): Packed[] => [...walkFiles(folder, prefix, isPackage)]

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** The packages that the root package and these packages need, by the rule that Node.js finds them by; each once. */
function packagesOf(root: string): { readonly name: string; readonly folder: string }[] {
  const top = realpathSync(join(root, 'node_modules'))
  const found = new Map<string, string>()
  const visit = (from: string): void => {
    const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as Manifest
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
      const folder = DRIVER_ONLY.has(name) ? undefined : packageFolder(top, from, name)
      if (!folder || found.has(folder)) continue
      found.set(folder, folder.slice(top.length + 1))
      visit(folder)
    }
  }
  visit(root)
  const isNested = (name: string): boolean => name.includes('/node_modules/')
  return [...found].map(([folder, name]) => ({ name, folder })).filter(({ name }) => !isNested(name))
}

/** The folder of a package as seen from another one; undefined where an optional one is not installed. */
function packageFolder(top: string, from: string, name: string): string | undefined {
  for (let at = from; at.length >= top.length; at = dirname(at)) {
    const folder = join(at, 'node_modules', name)
    if (existsSync(join(folder, 'package.json'))) return folder
  }
  const folder = join(top, name)
  return existsSync(join(folder, 'package.json')) ? folder : undefined
}
