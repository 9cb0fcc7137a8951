import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { UcumLhcUtils } from '@lhncbc/ucum-lhc'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Demand, Pack } from '../../src/base/recipe/index.ts'
import { labelSetsSchema, packSchema, readRecipe } from '../../src/base/recipe/index.ts'
import { fieldNamesOf } from './rule-names.ts'
import { TYPICAL } from './typical-values.ts'

const ROOT = new URL('../../packs/', import.meta.url)
const PACKS = [
  ...['manufacturing', 'agriculture', 'healthcare', 'education', 'finance'],
  ...['low-altitude', 'autonomous-driving', 'embodied-intelligence', 'biomanufacturing', 'law'],
]

const text = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8')

/** Rows of a code list, cut at commas as the reader of packs does: no quoting. */
const codesOf = (path: string): string[][] =>
  text(path)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','))

function load(id: string) {
  const pack: Pack = packSchema.parse(parse(text(`${id}/pack.yaml`)))
  const labelSets = labelSetsSchema.parse(parse(text(`${id}/labels.yaml`)))
  const lists = readdirSync(new URL(`${id}/codes/`, ROOT)).sort()
  const codeLists = new Map(lists.map((file) => [file.replace(/\.csv$/, ''), codesOf(`${id}/codes/${file}`)]))
  return { pack, labelSets, codeLists }
}

describe('rules are read by their grammar', () => {
  it.each([
    ['start <= end', ['start', 'end']],
    ['abs(assets - liabilities - equity) <= 0.01 * abs(assets)', ['assets', 'liabilities', 'equity', 'assets']],
    ['not (`a b` is missing) or length(x) >= 2 and y == "or"', ['a b', 'x', 'y']],
  ])('%s', (rule, names) => expect(fieldNamesOf(rule)).toEqual(names))

  it.each(['a <=', 'a b', '(a > 1', 'a is present', 'a > 1)', 'and', 'sin(a) > 1'])('refuses %s', (rule) => {
    expect(() => fieldNamesOf(rule)).toThrow()
  })
})

it('every folder under packs is a pack that is tested here', () => {
  expect(readdirSync(ROOT).sort()).toEqual([...PACKS].sort())
})

describe.each(PACKS)('pack %s', (id) => {
  const { pack, labelSets, codeLists } = load(id)
  const schemas = Object.entries(pack.schemas)

  it('holds what a sector needs', () => {
    expect(schemas.length).toBeGreaterThanOrEqual(2)
    for (const [name, schema] of schemas) expect(schema.fields.length, name).toBeGreaterThanOrEqual(6)
    expect(pack.scenarios.length).toBeGreaterThanOrEqual(3)
    expect(codeLists.size).toBeGreaterThanOrEqual(3)
    expect(Object.keys(labelSets).length).toBeGreaterThanOrEqual(2)
    expect(schemas.flatMap(([, schema]) => schema.checks).length).toBeGreaterThanOrEqual(4)
    expect(existsSync(new URL(`${id}/SOURCES.md`, ROOT))).toBe(true)
  })

  it('has unique industries of GB/T 4754 form, section to class', () => {
    const codes = pack.industries.map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toMatch(/^[A-T](?:\d{2,4})?$/)
  })

  it.each([...codeLists])('code list %s: unique codes, both languages, unambiguous names', (_, rows) => {
    expect(rows[0]).toEqual(['code', 'zh', 'en', 'aliases'])
    const codes = rows.slice(1).map(([code]) => code)
    expect(new Set(codes).size).toBe(codes.length)
    const owners = new Map<string, string>()
    for (const [code = '', zh = '', en = '', aliases = '', ...rest] of rows.slice(1)) {
      expect(rest, code).toEqual([])
      expect(code).toMatch(/^[\w:.-]+$/)
      expect(zh, code).toMatch(/[\p{Script=Han}A-Z]/u)
      expect(en, code).toMatch(/^[A-Za-z]/)
      for (const spelling of new Set([code, zh, en, ...aliases.split('|')].filter((word) => word !== ''))) {
        expect(owners.get(spelling) ?? code, `${spelling} means ${owners.get(spelling)} and ${code}`).toBe(code)
        owners.set(spelling, code)
      }
    }
  })

  it('label sets have unique codes', () => {
    for (const [name, { labels }] of Object.entries(labelSets)) {
      expect(new Set(labels.map(({ code }) => code)).size, name).toBe(labels.length)
    }
  })

  describe.each(schemas)('schema %s', (name, schema) => {
    const fields = new Map(schema.fields.map((field) => [field.name, field]))

    it('has unique fields and raw names, one label and one time at most', () => {
      expect(fields.size).toBe(schema.fields.length)
      const owners = new Map<string, string>()
      for (const field of schema.fields) {
        for (const raw of new Set([field.name, ...(field.from ?? [])])) {
          expect(owners.get(raw) ?? field.name, `${raw} feeds two fields`).toBe(field.name)
          owners.set(raw, field.name)
        }
        expect(field.meaning?.zh, field.name).toMatch(/\p{Script=Han}/u)
        expect(field.meaning?.en, field.name).toMatch(/[a-z]/)
      }
      for (const role of ['label', 'time']) expect(schema.fields.filter((field) => field.role === role).length).toBeLessThanOrEqual(1)
    })

    it('refers only to what exists', () => {
      for (const field of schema.fields) if (field.codeList) expect(codeLists.has(field.codeList), field.codeList).toBe(true)
      if (schema.labels) {
        expect(Object.keys(labelSets)).toContain(schema.labels)
        expect(schema.fields.some((field) => field.role === 'label')).toBe(true)
      }
      for (const { field } of schema.deidentify) expect([...fields.keys()]).toContain(field)
      for (const { rule } of schema.checks) {
        for (const used of fieldNamesOf(rule)) expect([...fields.keys()], rule).toContain(used)
      }
    })

    it('compares codes with codes that exist', () => {
      for (const { rule } of schema.checks) {
        for (const [, field = '', code = ''] of rule.matchAll(/(\w+) [!=]= "([^"]*)"/g)) {
          expect(allowedIn(id, name, field), rule).toContain(code)
        }
      }
    })

    it('has UCUM units and ranges that hold typical values', () => {
      for (const field of schema.fields) {
        if (field.unit) expect(UcumLhcUtils.getInstance().validateUnitString(field.unit).status, field.unit).toBe('valid')
        if (!field.range) continue
        const [low, high] = field.range
        expect(low, field.name).toBeLessThan(high)
        const values = TYPICAL[`${name}.${field.name}`] ?? TYPICAL[field.name]
        expect(values, `${name}.${field.name} has no typical values`).toBeDefined()
        for (const value of values ?? []) {
          expect(value, field.name).toBeGreaterThanOrEqual(low)
          expect(value, field.name).toBeLessThanOrEqual(high)
        }
      }
    })
  })

  it('experts and scenarios refer to existing schemas and fields', () => {
    for (const { schema, fields } of pack.experts) {
      for (const field of fields) {
        const found = pack.schemas[schema]?.fields.find(({ name }) => name === field)
        expect(found?.expert, `${schema}.${field}`).toBe(true)
      }
    }
    for (const scenario of pack.scenarios) {
      expect(Object.keys(pack.schemas)).toContain(scenario.schema)
      expect(scenario.demand.task?.goal, scenario.id).toBeGreaterThan(0)
      expect(scenario.demand.task?.metric, scenario.id).toBeDefined()
      expectDemand(id, scenario.demand)
    }
  })

  it('the default recipe is read, its tables use schemas of the pack', () => {
    const read = readRecipe(text(`${id}/recipe.yaml`), `${id}/recipe.yaml`)
    if (!read.ok) throw new Error(read.problem.message.en)
    expect(read.value.pack).toBe(id)
    for (const table of Object.values(read.value.tables ?? {})) {
      const schema = pack.schemas[table.schema ?? '']
      expect(schema?.modality, table.schema).toBe(table.modality)
    }
    expect(read.value.demand).toBeDefined()
    expectDemand(id, read.value.demand ?? {})
    const { splitBy } = read.value.release ?? {}
    if (splitBy) expect(schemas.some(([, schema]) => schema.fields.some(({ name }) => name === splitBy))).toBe(true)
  })

  it('SOURCES.md tells the origin of every code list and label set, with a mark', () => {
    const sources = text(`${id}/SOURCES.md`)
    for (const name of codeLists.keys()) expect(sources, name).toContain(`codes/${name}.csv`)
    for (const name of Object.keys(labelSets)) expect(sources, name).toMatch(new RegExp(`labels: [^|]*\\b${name}\\b`))
    const rows = sources.split('\n').filter((line) => /^\| (?!part|-)/.test(line))
    for (const row of rows) expect(row).toMatch(/\| (?:\[(?:F|F2|B)\]|general knowledge|by derivation) \|$/)
  })
})

/** Codes that a field of a schema may hold; undefined when it is free. */
function allowedIn(id: string, schemaName: string, fieldName: string): readonly string[] | undefined {
  const { pack, labelSets, codeLists } = load(id)
  const schema = pack.schemas[schemaName]
  const field = schema?.fields.find(({ name }) => name === fieldName)
  if (field?.codes) return field.codes
  if (field?.codeList)
    return codeLists
      .get(field.codeList)
      ?.slice(1)
      .map(([code]) => code ?? '')
  if (field?.role === 'label' && schema?.labels) return labelSets[schema.labels]?.labels.map(({ code }) => code)
  return undefined
}

function expectDemand(id: string, demand: Demand): void {
  const { pack } = load(id)
  const fieldOf = (table: string | undefined, name: string) => pack.schemas[table ?? '']?.fields.find((field) => field.name === name)
  for (const bin of demand.coverage ?? []) {
    expect(fieldOf(bin.table, bin.field), `${bin.table}.${bin.field}`).toBeDefined()
    const allowed = allowedIn(id, bin.table ?? '', bin.field)
    if (allowed) for (const value of bin.values ?? []) expect(allowed, bin.field).toContain(value)
  }
  if (demand.window) {
    expect(fieldOf(demand.window.table, demand.window.field)?.role).toBe('time')
    expect(Date.parse(demand.window.from)).toBeLessThan(Date.parse(demand.window.to))
  }
  if (demand.task) {
    for (const name of [demand.task.target, ...(demand.task.features ?? [])]) {
      expect(fieldOf(demand.task.table, name), `${demand.task.table}.${name}`).toBeDefined()
    }
  }
}
