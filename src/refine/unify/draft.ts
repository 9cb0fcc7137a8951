import { type Column, canonicalJson, type Field, numberColumn, type RecordBatch, textColumn } from '../../base/record/index.ts'
export type CoercionDecisions = Readonly<Record<string, unknown>>
export function inferFields(
  names: readonly string[],
  columns: readonly (readonly unknown[])[],
): { fields: Field[]; decisions: CoercionDecisions } {
  return {
    decisions: {},
    fields: names.map((name, i) => {
      const values = (columns[i] ?? []).filter((v) => v !== null && v !== undefined && v !== '')
      if (
        values.length &&
        values.every((v) => typeof v === 'number' || (typeof v === 'string' && v.trim() !== '' && Number.isFinite(Number(v))))
      )
        return { name, type: 'number' as const }
      const avg = values.reduce((s: number, v) => s + String(v).length, 0) / Math.max(1, values.length)
      return avg > 50 ? { name, type: 'text' as const, role: 'text' as const } : { name, type: 'category' as const }
    }),
  }
}
export function mapColumns(raw: readonly string[], _columns: unknown, fields: readonly Field[]): { mapping: Record<string, string> } {
  return { mapping: Object.fromEntries(fields.flatMap((f) => (raw.includes(f.name) ? [[f.name, f.name]] : []))) }
}
export function coerceBatch(
  raw: { ids: readonly string[]; names: readonly string[]; columns: readonly (readonly unknown[])[] },
  plan: { fields: readonly Field[]; mapping: Readonly<Record<string, string>> },
): { batch: RecordBatch; rejected: readonly { id: string; reason: string; field?: string; found?: string }[] } {
  const columns = new Map<string, Column>()
  for (const f of plan.fields) {
    const values = raw.columns[raw.names.indexOf(plan.mapping[f.name] ?? f.name)] ?? []
    columns.set(
      f.name,
      f.type === 'number'
        ? numberColumn(
            Float64Array.from(raw.ids, (_, i) =>
              values[i] === null || values[i] === undefined || values[i] === '' ? NaN : Number(values[i]),
            ),
          )
        : textColumn(
            raw.ids.map((_, i) => {
              const v = values[i]
              return v === null || v === undefined ? null : typeof v === 'string' ? v : canonicalJson(v)
            }),
          ),
    )
  }
  return { batch: { ids: raw.ids, fields: plan.fields, columns }, rejected: [] }
}
