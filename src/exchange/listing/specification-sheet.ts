import { createHash } from 'node:crypto'
import type { Words } from '../../base/problem/index.ts'
import { join, readJson } from '../../base/store/index.ts'
import type { Grade } from '../../grade/index.ts'
import type { OpenRelease } from '../../release/index.ts'

/** What a buyer is told of a version before buying: everything in it is computed from the release. */
export interface SpecificationSheet {
  readonly dataset: string
  readonly version: string
  readonly title: Words
  readonly description: Words
  /** RFC 6962 root over the canonical records. */
  readonly root: string
  readonly records: number
  readonly bytes: number
  readonly license: string | null
  readonly publisher: string | null
  readonly sector: string | null
  readonly generated: boolean
  readonly sources: { readonly files: number; readonly withLicense: number }
  readonly tables: readonly {
    readonly name: string
    readonly modality: string
    readonly records: number
    readonly fields: readonly { readonly name: string; readonly type: string; readonly unit?: string; readonly meaning?: Words }[]
  }[]
  readonly grade: {
    readonly documentation: number | null
    readonly quality: number | null
    readonly application: number | null
    readonly passes: boolean
  }
}

const COMMIT_DIGITS = 40

/** Name of a release's very bytes, as git names a commit: the head of its manifest's SHA-256. */
export const commitOf = ({ manifestText }: Pick<OpenRelease, 'manifestText'>): string =>
  createHash('sha256').update(manifestText).digest('hex').slice(0, COMMIT_DIGITS)

/** Reads a release into its sheet. */
export async function specificationSheet({ folder, manifest, recipe, sources }: OpenRelease): Promise<SpecificationSheet> {
  const grade = await readJson<Grade>(join(folder, 'grade.json'))
  const { title, description, license, publisher, pack, provenance } = recipe.recipe
  const named = { zh: manifest.dataset, en: manifest.dataset }
  return {
    dataset: manifest.dataset,
    version: manifest.version,
    title: title ?? named,
    description: description ?? named,
    root: manifest.root,
    records: manifest.counts.out,
    bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
    license: license ?? null,
    publisher: publisher?.name ?? null,
    sector: pack ?? null,
    generated: provenance?.generated ?? false,
    sources: {
      files: sources.sources.length,
      withLicense: license === undefined ? sources.sources.filter((source) => source.license !== undefined).length : sources.sources.length,
    },
    tables: manifest.tables.map((table) => ({
      name: table.name,
      modality: table.modality,
      records: table.records,
      fields: (recipe.tables.find(({ plan }) => plan.name === table.name)?.plan.fields ?? []).map(({ name, type, unit, meaning }) => ({
        name,
        type,
        ...(unit === undefined ? {} : { unit }),
        ...(meaning === undefined ? {} : { meaning }),
      })),
    })),
    grade: {
      documentation: grade.documentation.score,
      quality: grade.quality.score,
      application: grade.application.score,
      passes: grade.passes,
    },
  }
}
