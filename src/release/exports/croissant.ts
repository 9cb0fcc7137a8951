import { z } from 'zod'
import { succeed } from '../../base/problem/index.ts'
import { canonicalJson } from '../../base/record/index.ts'
import { defineExport, type ExportTable } from '../export-form.ts'
import { wholeFile } from '../export-parts/export-file.ts'
import { readReleaseJson } from '../export-parts/release-file.ts'
import type { OpenRelease } from '../read-release.ts'

const parameters = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('address under which the files of this very version lie · 本版本文件所在的网址'),
})

export default defineExport({
  version: 1,
  title: { zh: 'Croissant 元数据', en: 'Croissant metadata' },
  doc: {
    zh: '独立的 croissant.json：每个 Parquet 文件一个 FileObject（含 SHA-256）与一个 RecordSet。给出 --base-url 时为绝对地址，可经 HTTP 读取；否则为相对地址，须与发布放在一起。地址中应含版本号，客户端按地址缓存且不再询问。',
    en: 'A croissant.json by itself: a FileObject (with SHA-256) and a RecordSet a Parquet file. With --base-url addresses are absolute and can be read over HTTP, else it belongs beside the release. The address should name the version: clients cache by it for ever.',
  },
  source: 'MLCommons Croissant 1.0; mlcroissant 1.1.1, measured',
  parameters,
  needs: { zh: '任意表', en: 'any table' },
  accepts: () => true,
  prepare: async ({ release, tables }, { baseUrl }) => {
    const text = await standalone(release, tables, baseUrl)
    return succeed({
      async *files() {
        yield wholeFile('croissant.json', text)
      },
      async *stream() {
        yield text
      },
    })
  },
})

interface CroissantField {
  readonly '@id': string
  readonly name: string
  readonly source: Readonly<Record<string, unknown>>
}

interface Croissant {
  readonly recordSet: readonly { readonly name: string; readonly field: readonly CroissantField[] }[]
}

/** mlcroissant reads a FileSet of Parquet only from a local folder, and fails on one over several FileObjects. */
async function standalone({ folder, manifest }: OpenRelease, tables: readonly ExportTable[], baseUrl: string | undefined): Promise<string> {
  const document = await readReleaseJson<Croissant>(folder, 'croissant.json')
  // A relative address is a path to mlcroissant, which decodes nothing in it.
  const addressOf = (path: string): string => (baseUrl === undefined ? path : baseUrl.replace(/\/*$/, '/') + encodeURI(path))
  const hashes = new Map(manifest.files.map((file) => [file.path, file.sha256]))
  const files = manifest.tables
    .filter((table) => tables.some((one) => one.name === table.name))
    .flatMap((table) => table.files.map((file) => ({ ...file, table: table.name, isOnly: table.files.length === 1 })))
  const distribution = files.map(({ path }) => ({
    '@type': 'cr:FileObject',
    '@id': path,
    name: path,
    contentUrl: addressOf(path),
    encodingFormat: 'application/x-parquet',
    sha256: hashes.get(path),
  }))
  const recordSet = files.map(({ path, table, isOnly }) => {
    const name = isOnly
      ? table
      : `${table}/${path
          .split('/')
          .at(-1)
          ?.replace(/\.parquet$/, '')}`
    const fields = document.recordSet.find((set) => set.name === table)?.field ?? []
    const field = fields.map((one) => {
      const { fileSet: _, ...source } = one.source
      return { ...one, '@id': `${name}/${one.name}`, source: { ...source, fileObject: { '@id': path } } }
    })
    return { '@type': 'cr:RecordSet', '@id': name, name, field }
  })
  return `${canonicalJson({ ...document, distribution, recordSet })}\n`
}
