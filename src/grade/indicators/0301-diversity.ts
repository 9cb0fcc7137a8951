import type { Column, Field } from '../../base/record/index.ts'
import type { DatasetFacts, TableFacts } from '../indicator.ts'
import { defineIndicator } from '../indicator.ts'
import { addCounts, notMeasured } from '../record-share.ts'
import { toScore } from '../score.ts'

type Wanted = NonNullable<DatasetFacts['demand']['coverage']>[number]

/** Bins that one entry of `demand.coverage` asks for, and into which of them a value falls (−1 for none). */
interface Bins {
  readonly wanted: Wanted
  readonly field: Field
  readonly names: readonly string[]
  readonly binOf: (column: Column, row: number) => number
}

function valueBins(values: readonly string[], field: Field): Pick<Bins, 'names' | 'binOf'> {
  const truth =
    field.type === 'boolean'
      ? new Map([
          ['true', '1'],
          ['false', '0'],
        ])
      : new Map<string, string>()
  const places = new Map(values.map((value, place) => [truth.get(value) ?? value, place]))
  return {
    names: values,
    binOf: (column, row) => {
      const value = column.values[row] ?? null
      return value === null ? -1 : (places.get(String(value)) ?? -1)
    },
  }
}

/** Bins [e₀, e₁), …, the last with its end. */
function edgeBins(given: readonly number[]): Pick<Bins, 'names' | 'binOf'> {
  const edges = Float64Array.from(given).sort()
  const last = edges.length - 2
  return {
    names: Array.from({ length: edges.length - 1 }, (_, bin) => `[${edges[bin]}, ${edges[bin + 1]}${bin === last ? ']' : ')'}`),
    binOf: (column, row) => {
      const value = column.kind === 'number' ? (column.values[row] as number) : Number.NaN
      for (let bin = last; bin >= 0; bin--) if (value >= (edges[bin] as number)) return value <= (edges[last + 1] as number) ? bin : -1
      return -1
    },
  }
}

/** The demanded bins that concern a table, in the order of the demand. */
function binsOf(table: TableFacts): Bins[] {
  return (table.demand.coverage ?? []).flatMap((wanted) => {
    const field = table.fields.find(({ name }) => name === wanted.field)
    if (!field || (wanted.table !== undefined && wanted.table !== table.name)) return []
    if (wanted.edges && wanted.edges.length > 1) return [{ wanted, field, ...edgeBins(wanted.edges) }]
    const values = wanted.values ?? field.codes
    return values && values.length > 0 ? [{ wanted, field, ...valueBins(values, field) }] : []
  })
}

const notDeclared = notMeasured(
  { zh: '没有声明场景需要覆盖的取值或区间。', en: 'The values or ranges that the scenario must cover are not declared.' },
  {
    zh: '在 highgrade.yaml 的 demand.coverage 中列出关键字段的 values 或 edges。',
    en: 'List values or edges of the key fields under demand.coverage in highgrade.yaml.',
  },
)

export default defineIndicator<readonly (readonly number[])[]>({
  version: 1,
  code: '0301',
  dimension: 'application',
  title: { zh: '内容多样性', en: 'Diversity' },
  doc: { zh: '关键维度上的取值覆盖场景的需要。', en: 'The values on key dimensions cover what the scenario needs.' },
  source: 'TC609-5-2025-04 0301',
  accumulation: {
    start: () => [],
    add: (counts, batch, table) =>
      binsOf(table).map(({ field, names, binOf }, entry) => {
        const column = batch.columns.get(field.name)
        const found = new Array<number>(names.length).fill(0)
        for (let row = 0; column && row < batch.ids.length; row++) {
          const bin = binOf(column, row)
          if (bin >= 0) found[bin] = (found[bin] as number) + 1
        }
        return addCounts(counts[entry] ?? [], found)
      }),
    merge: (left, right) =>
      Array.from({ length: Math.max(left.length, right.length) }, (_, entry) => addCounts(left[entry] ?? [], right[entry] ?? [])),
  },
  conclude: (dataset, states) => {
    const entries = dataset.tables.flatMap((table, place) =>
      binsOf(table).map(({ wanted, names }, entry) => ({
        field: `${table.name}.${wanted.field}`,
        atLeast: wanted.atLeast,
        bins: names.map((name, bin) => ({ name, records: states[place]?.[entry]?.[bin] ?? 0 })),
      })),
    )
    const all = entries.flatMap(({ field, atLeast, bins }) => bins.map((bin) => ({ ...bin, field, covered: bin.records >= atLeast })))
    if (all.length === 0) return notDeclared
    const gaps = all.filter(({ covered }) => !covered)
    const named = gaps.slice(0, 10).map(({ field, name }) => `${field} = ${name}`)
    return {
      status: 'measured',
      score: toScore((all.length - gaps.length) / all.length),
      a: all.length - gaps.length,
      b: all.length,
      n: all.length,
      method: {
        zh: '达到所需记录数的取值（或区间）个数 ÷ 场景需要的取值（或区间）个数。',
        en: 'Values or ranges that have the records they need over the values or ranges that the scenario asks for.',
      },
      evidence: { coverage: entries },
      failing: [],
      advice:
        gaps.length === 0
          ? { zh: '所需取值均已覆盖。', en: 'All that is asked for is covered.' }
          : { zh: `补充这些取值的数据：${named.join('；')}。`, en: `Add data for: ${named.join('; ')}.` },
      reproducible: true,
    }
  },
})
