import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { labelSetsSchema, packSchema, type Recipe, readRecipe, type TableRecipe } from '../../src/base/recipe/index.ts'
import { columnsOf, rawText, rowsOf } from './raw-text.ts'

const ROOT = new URL('../../examples/', import.meta.url)
const SECTORS = [
  ...['agriculture', 'autonomous-driving', 'biomanufacturing', 'education', 'embodied-intelligence', 'finance'],
  ...['healthcare', 'law', 'low-altitude', 'manufacturing'],
]
const FOLDERS = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('/highgrade.yaml'))
  .map((path) => path.replace(/highgrade\.yaml$/, ''))
  .sort()

/** Aspects that only people can write; TC609-5-2025-04 0101–0104. */
const WRITTEN = [
  ...['access', 'support', 'limitations', 'source', 'collection', 'annotation-spec', 'license'],
  ...['scenarios', 'evaluation-method', 'benchmark', 'cases'],
]
const FILLED_IN = [
  'scale',
  'format',
  'structure',
  'modality',
  'distribution',
  'label-statistics',
  'samples',
  'processing',
  'version-record',
]

function recipeOf(folder: string): Recipe {
  const read = readRecipe(readFileSync(new URL(`${folder}highgrade.yaml`, ROOT), 'utf8'), folder)
  if (!read.ok) throw new Error(read.problem.message.en)
  return read.value
}

const packFile = (id: string | undefined, file: string): unknown => parse(readFileSync(new URL(`../packs/${id}/${file}`, ROOT), 'utf8'))

const packOf = (id: string | undefined) => packSchema.parse(packFile(id, 'pack.yaml'))

/** Files that a glob names, by walking the folder before its first wildcard. */
function filesOf(folder: string, glob: string): string[] {
  const [fixed = '', wild] = glob.split(/(?<=^[^*?]*\/)(?=[^/]*[*?])/)
  if (wild === undefined) return existsSync(new URL(folder + glob, ROOT)) ? [glob] : []
  const inner = wild
    .replace(/[.+()[\]{}^$|\\]/g, '\\$&')
    .replaceAll('**/', '(?:.*/)?')
    .replace(/(?<!\.)\*/g, '[^/]*')
  const pattern = new RegExp(`^${inner}$`, 'u')
  return readdirSync(new URL(folder + fixed, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((path) => pattern.test(path))
    .map((path) => fixed + path)
}

it('each sector has an example', () => {
  for (const sector of SECTORS) expect(FOLDERS).toContain(`${sector}/`)
})

describe.each(FOLDERS)('example %s', (folder) => {
  const recipe = recipeOf(folder)
  const pack = packOf(recipe.pack)
  const tables = Object.entries(recipe.tables ?? {})
  const fieldsOf = (table: TableRecipe | undefined) => table?.fields ?? pack.schemas[table?.schema ?? '']?.fields ?? []
  const isGenerated = existsSync(new URL(`${folder}generate.ts`, ROOT))

  it('is of the pack of its folder and says whether it was generated', () => {
    expect(recipe.pack).toBe(folder.split('/')[0])
    expect(recipe.provenance?.generated).toBe(isGenerated)
    expect(recipe.license).toBeTruthy()
    // Indicator 0205 asks of generated data how they were made.
    if (isGenerated) expect(recipe.documentation?.['processing']).toBeTruthy()
  })

  it('reads files that exist', () => {
    for (const [name, table] of tables) {
      for (const glob of table.from) expect(filesOf(folder, glob).length, `${name}: ${glob}`).toBeGreaterThan(0)
    }
  })

  it('demands only fields and codes that exist', () => {
    const { coverage = [], window, task } = recipe.demand ?? {}
    for (const { table, field, values = [] } of coverage) {
      const found = fieldsOf(recipe.tables?.[table ?? '']).find(({ name }) => name === field)
      expect(found, `${table}.${field}`).toBeDefined()
      const allowed = found?.codes ?? codesOf(recipe.pack, recipe.tables?.[table ?? '']?.schema, field)
      if (allowed) for (const value of values) expect(allowed, `${table}.${field}`).toContain(value)
    }
    if (window) expect(fieldsOf(recipe.tables?.[window.table ?? '']).find(({ name }) => name === window.field)?.role).toBe('time')
    if (task) {
      for (const name of [task.target, ...(task.features ?? [])]) {
        expect(fieldsOf(recipe.tables?.[task.table ?? '']).map((field) => field.name)).toContain(name)
      }
      expect(task.goal).toBeGreaterThan(0)
    }
  })

  it('documents aspects of the standard', () => {
    const written = Object.keys(recipe.documentation ?? {})
    for (const key of written) expect([...WRITTEN, ...FILLED_IN]).toContain(key)
    if (SECTORS.includes(folder.slice(0, -1))) {
      for (const key of WRITTEN) expect(written).toContain(key)
      expect(recipe.demand?.scale).toBeDefined()
      expect(recipe.demand?.coverage?.length).toBeGreaterThan(0)
      expect(recipe.demand?.task).toBeDefined()
    }
  })

  it('SOURCES.md names every raw file or package, with a licence', () => {
    const sources = readFileSync(new URL(`${folder}SOURCES.md`, ROOT), 'utf8')
    const rows = sources.split('\n').filter((line) => line.startsWith('| `'))
    for (const row of rows) expect(row).toMatch(/Apache-2\.0|MIT|ODC-By|CC0|Government|BSD/)
    for (const glob of tables.flatMap(([, table]) => table.from)) {
      const owner = /node_modules\/(?<owner>(?:@[^/]+\/)?[^/]+)\//.exec(glob)?.groups?.['owner']
      if (owner)
        expect(
          rows.some((row) => row.includes(owner)),
          owner,
        ).toBe(true)
      else
        for (const file of filesOf(folder, glob))
          expect(
            rows.some((row) => row.includes(file)),
            file,
          ).toBe(true)
    }
  })
})

describe.each(FOLDERS.filter((folder) => existsSync(new URL(`${folder}raw/`, ROOT))))('raw files of %s', (folder) => {
  const recipe = recipeOf(folder)
  const pack = packOf(recipe.pack)

  it('feed the fields of the schemas, with every column', () => {
    for (const [name, table] of Object.entries(recipe.tables ?? {})) {
      const fields = table.fields ?? pack.schemas[table.schema ?? '']?.fields ?? []
      for (const file of table.from.flatMap((glob) => filesOf(folder, glob))) {
        const columns = columnsOf(file, rawText(readFileSync(new URL(folder + file, ROOT))))
        const fed = fields.filter((field) => [field.name, ...(field.from ?? [])].some((raw) => columns.includes(raw)))
        for (const field of fields) if (field.required) expect(fed, `${name}.${field.name}`).toContain(field)
        expect(fed.length, `${file}: ${columns.join(' ')}`).toBeGreaterThanOrEqual(columns.length)
      }
    }
  })

  it('write codes in ways that the code lists know', () => {
    for (const table of Object.values(recipe.tables ?? {})) {
      const coded = (table.fields ?? pack.schemas[table.schema ?? '']?.fields ?? []).filter((field) => field.codeList)
      for (const file of table.from.flatMap((glob) => filesOf(folder, glob)).filter((path) => path.endsWith('.csv'))) {
        const rows = rowsOf(rawText(readFileSync(new URL(folder + file, ROOT))))
        const header = rows.find((row) => row.length > 2) ?? []
        for (const field of coded) {
          const at = header.findIndex((name) => name === field.name || field.from?.includes(name))
          const known = spellingsOf(recipe.pack, field.codeList ?? '')
          for (const row of rows) {
            const value = row.length === header.length && at >= 0 ? (row[at] ?? '') : ''
            if (value !== '' && value !== header[at]) expect(known, `${file}: ${field.name}`).toContain(value)
          }
        }
      }
    }
  })
})

/** Every way in which raw data may write a code of a list. */
function spellingsOf(id: string | undefined, list: string): Set<string> {
  const rows = readFileSync(new URL(`../packs/${id}/codes/${list}.csv`, ROOT), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
  return new Set(rows.flatMap((row) => row.split(/[,|]/)).filter((word) => word !== ''))
}

/** Codes of a field by its pack's code list or label set; undefined where it is free. */
function codesOf(id: string | undefined, schemaName: string | undefined, fieldName: string): string[] | undefined {
  const schema = packOf(id).schemas[schemaName ?? '']
  const field = schema?.fields.find(({ name }) => name === fieldName)
  if (field?.codeList) {
    const list = readFileSync(new URL(`../packs/${id}/codes/${field.codeList}.csv`, ROOT), 'utf8')
    return list
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0] ?? '')
  }
  if (field?.role !== 'label' || !schema?.labels) return undefined
  return labelSetsSchema.parse(packFile(id, 'labels.yaml'))[schema.labels]?.labels.map(({ code }) => code)
}

describe('generated persons', () => {
  const texts = FOLDERS.filter((folder) => existsSync(new URL(`${folder}raw/`, ROOT))).flatMap((folder) =>
    readdirSync(new URL(`${folder}raw/`, ROOT)).map((file) => rawText(readFileSync(new URL(`${folder}raw/${file}`, ROOT)))),
  )

  it('have resident IDs of right check digits and births that nobody alive has', () => {
    const ids = texts.flatMap((text) => text.match(/(?<!\d)\d{17}[\dX](?!\d)/g) ?? [])
    expect(ids.length).toBeGreaterThan(1000)
    for (const id of ids) {
      expect(id.slice(6, 9)).toBe('190')
      // ISO 7064 MOD 11-2: the weighted sum of all digits is 1 modulo 11.
      const sum = [...id].reduce((total, digit, at) => total + (digit === 'X' ? 10 : Number(digit)) * 2 ** (17 - at), 0)
      expect(sum % 11, id).toBe(1)
    }
  })

  it('have phone numbers of the unopened block only', () => {
    const phones = texts.flatMap((text) => text.match(/(?<![\d.])1[3-9]\d{9}(?!\d)/g) ?? [])
    expect(phones.length).toBeGreaterThan(500)
    for (const phone of phones) expect(phone).toMatch(/^1540000/)
  })
})

describe.each([
  ['healthcare/', '主诉'],
  ['education/', '题干'],
  ['law/', '案件事实'],
])('texts of %s', (folder, column) => {
  it('are many and different, in sentences', () => {
    const texts = new Set<string>()
    for (const file of readdirSync(new URL(`${folder}raw/`, ROOT))) {
      const rows = rowsOf(rawText(readFileSync(new URL(`${folder}raw/${file}`, ROOT))))
      const header = rows.findIndex((row) => row.includes(column))
      const at = rows[header]?.indexOf(column) ?? -1
      for (const row of rows.slice(header + 1)) if (row.length === rows[header]?.length) texts.add(row[at] as string)
    }
    expect(texts.size).toBeGreaterThanOrEqual(300)
    const beginnings = new Set([...texts].map((text) => text.slice(0, 12)))
    expect(beginnings.size).toBeGreaterThanOrEqual(150)
  })
})
