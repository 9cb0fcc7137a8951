import { z } from 'zod'
import type { Database } from '../base/database/index.ts'
import { fail, type Outcome, succeed } from '../base/problem/index.ts'
import { isNumeric } from '../base/record/index.ts'
import { join, queryParquet, type RowCondition } from '../base/store/index.ts'
import { type Actor, defineRoute, type Route } from '../guard/index.ts'
import { explain, readRelease, renderGrade } from '../release/index.ts'
import { cursorOf, readCursor } from './cursor.ts'
import { datasetNotFound, tableNotFound, versionNotFound } from './problems.ts'
import { type DatasetRow, findDataset, findVersion, listDatasets, listVersions, type VersionRow } from './queries.ts'
import { rowConditions } from './row-conditions.ts'

const MOST_ITEMS = 200
const limit = z.coerce.number().int().min(1).max(MOST_ITEMS).default(50)
const name = z.string().min(1).max(200)
const ofVersion = z.object({ name, version: z.string().min(1).max(100) })

const dataset = z.object({
  id: z.uuid(),
  name: z.string(),
  title: z.string(),
  createdAt: z.iso.datetime(),
  version: z.string(),
  nRecords: z.number().int(),
  root: z.string(),
  passes: z.boolean(),
})
const version = z.object({
  version: z.string(),
  root: z.string(),
  nRecords: z.number().int(),
  tables: z.unknown(),
  counts: z.unknown(),
  grade: z.unknown(),
  builtBy: z.uuid(),
  createdAt: z.iso.datetime(),
})

const datasetWords = (row: DatasetRow) => ({ ...row, createdAt: row.createdAt.toISOString(), nRecords: Number(row.nRecords) })
const versionWords = ({ folder: _place, datasetId: _id, ...row }: VersionRow) => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  nRecords: Number(row.nRecords),
})

/** A version that the actor's organisation owns. */
async function ownVersion(db: Database, actor: Actor, asked: z.output<typeof ofVersion>): Promise<Outcome<VersionRow>> {
  const found = await findVersion(db, actor.organisationId, asked.name, asked.version)
  return found ? succeed(found) : fail(versionNotFound({ at: asked.name, found: asked.version }))
}

/** Data sets of the organisation, their versions, records, grades. */
export const datasetRoutes = (): Route[] => [...listRoutes(), ...recordRoutes(), ...gradeRoutes()]

function listRoutes(): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/datasets',
      permission: 'datasets:read',
      summary: { zh: '数据集', en: 'Data sets' },
      query: z.object({ limit, after: z.string().optional() }),
      answer: z.object({ items: z.array(dataset), next: z.string().nullable() }),
      run: async ({ query }, { db }, actor) => {
        const after = readCursor(query.after)
        if (!after.ok) return after
        const rows = await listDatasets(db, actor.organisationId, after.value, query.limit)
        const last = rows.length === query.limit ? rows.at(-1) : undefined
        return succeed({ items: rows.map(datasetWords), next: last ? cursorOf(last.name) : null })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/datasets/{name}',
      permission: 'datasets:read',
      summary: { zh: '一个数据集及其版本', en: 'A data set and its versions' },
      params: z.object({ name }),
      answer: dataset.extend({ versions: z.array(version) }),
      run: async ({ params }, { db }, actor) => {
        const found = await findDataset(db, actor.organisationId, params.name)
        if (!found) return fail(datasetNotFound({ found: params.name }))
        return succeed({ ...datasetWords(found), versions: (await listVersions(db, found.id)).map(versionWords) })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/datasets/{name}/versions/{version}',
      permission: 'datasets:read',
      summary: { zh: '一个版本', en: 'A version' },
      params: ofVersion,
      answer: version,
      run: async ({ params }, { db }, actor) => {
        const found = await ownVersion(db, actor, params)
        return found.ok ? succeed(versionWords(found.value)) : found
      },
    }),
  ]
}

function recordRoutes(): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/datasets/{name}/versions/{version}/records',
      permission: 'datasets:read',
      summary: { zh: '记录，按 id 排序，可按列筛选', en: 'Records in order of id, with conditions on columns' },
      params: ofVersion,
      query: z.object({
        limit,
        after: z.string().optional(),
        table: z.string().optional(),
        split: z.string().optional(),
        where: rowConditions.optional().describe('[{"column","is":"equals|contains|atLeast|atMost|missing","value"}]'),
      }),
      answer: z.object({
        table: z.string(),
        fields: z.array(z.unknown()),
        items: z.array(z.record(z.string(), z.unknown())),
        total: z.number().int(),
        next: z.string().nullable(),
      }),
      run: async ({ params, query }, { db }, actor) => {
        const after = readCursor(query.after)
        if (!after.ok) return after
        const found = await ownVersion(db, actor, params)
        if (!found.ok) return found
        return pageOf(found.value.folder, { ...query, where: query.where ?? [], after: after.value })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/datasets/{name}/versions/{version}/records/{id}/explanation',
      permission: 'datasets:read',
      summary: { zh: '一条记录从原始文件到此处的来路', en: "A record's way from the raw file to here" },
      params: ofVersion.extend({ id: z.string().min(1).max(100) }),
      answer: z.unknown(),
      run: async ({ params }, { db }, actor) => {
        const found = await ownVersion(db, actor, params)
        return found.ok ? explain(found.value.folder, params.id) : found
      },
    }),
  ]
}

interface PageQuery {
  readonly limit: number
  readonly after: string | undefined
  readonly table?: string | undefined
  readonly split?: string | undefined
  readonly where: readonly RowCondition[]
}

async function pageOf(folder: string, { limit: most, after, table, split, where }: PageQuery) {
  const release = await readRelease(folder)
  if (!release.ok) return release
  const { tables } = release.value.manifest
  const chosen = table === undefined ? tables[0] : tables.find((one) => one.name === table)
  const at = `${release.value.manifest.dataset} ${release.value.manifest.version}`
  if (!chosen) return fail(tableNotFound({ at, found: table ?? '', expected: tables.map((one) => one.name).join(', ') }))
  const fields = release.value.recipe.tables.find(({ plan }) => plan.name === chosen.name)?.plan.fields ?? []
  const columns = new Map(fields.map((field) => [field.name, field]))
  const unfit = where.find(({ column, is }) => {
    const field = columns.get(column)
    return !field || ((is === 'atLeast' || is === 'atMost') && !isNumeric(field.type))
  })
  if (unfit) return fail(tableNotFound({ at: `${at}, ${chosen.name}`, found: unfit.column, expected: [...columns.keys()].join(', ') }))
  const paths = chosen.files.filter((file) => split === undefined || file.split === split).map((file) => join(folder, file.path))
  if (paths.length === 0) return succeed({ table: chosen.name, fields: [...fields], items: [], total: 0, next: null })
  const { rows, total } = await queryParquet(paths, { fields, conditions: where, after, limit: most })
  const last = rows.length === most ? rows.at(-1)?.['id'] : undefined
  return succeed({
    table: chosen.name,
    fields: [...fields],
    items: [...rows],
    total,
    next: typeof last === 'string' ? cursorOf(last) : null,
  })
}

function gradeRoutes(): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/datasets/{name}/versions/{version}/grade.html',
      permission: 'datasets:read',
      summary: { zh: '等级报告', en: 'The report of the grade' },
      params: ofVersion,
      answer: 'text/html',
      run: async ({ params }, { db }, actor) => {
        const found = await ownVersion(db, actor, params)
        if (!found.ok) return found
        // The page is one file with its scripts inside; it may run them, and reach nothing else.
        return new Response(await renderGrade(found.value.folder), {
          headers: {
            'content-type': 'text/html; charset=utf-8',
            // The console shows it in a frame; nobody else may.
            'x-frame-options': 'SAMEORIGIN',
            'content-security-policy':
              "frame-ancestors 'self'; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; sandbox allow-scripts",
          },
        })
      },
    }),
  ]
}
