import { canonicalJson } from '../base/record/index.ts'
import type { SourceEntry } from '../ingest/index.ts'
import type { TablePlan } from '../refine/index.ts'
import type { Manifest } from './manifest.ts'

/** `provenance.json` (W3C PROV-JSON): raw files → one activity a table → Parquet files. No times: a release does not know when it was built. */
export function provenanceText(
  manifest: Omit<Manifest, 'files'>,
  sources: readonly SourceEntry[],
  plans: readonly TablePlan[],
  software: string,
): string {
  const entity: Record<string, unknown> = {}
  const activity: Record<string, unknown> = {}
  const used: Record<string, unknown> = {}
  const wasGeneratedBy: Record<string, unknown> = {}
  for (const source of sources) {
    entity[`hg:source/${source.key}`] = {
      'prov:type': 'hg:Source',
      'prov:label': source.path,
      'hg:sha256': source.sha256,
      'hg:bytes': source.size,
      'hg:format': source.format,
    }
  }
  for (const plan of plans) {
    const name = `hg:refine/${plan.name}`
    activity[name] = { 'prov:type': 'hg:Refine', 'hg:steps': plan.steps.map((step) => `${step.use}@${step.version}`) }
    for (const key of new Set(plan.sources.map((source) => source.key)))
      used[`_:used-${plan.name}-${key}`] = { 'prov:activity': name, 'prov:entity': `hg:source/${key}` }
    for (const file of manifest.tables.find((table) => table.name === plan.name)?.files ?? []) {
      entity[`hg:file/${file.path}`] = { 'prov:type': 'hg:ReleaseFile', 'hg:records': file.records, 'hg:split': file.split }
      wasGeneratedBy[`_:made-${file.path}`] = { 'prov:entity': `hg:file/${file.path}`, 'prov:activity': name }
    }
  }
  entity[`hg:release/${manifest.dataset}/${manifest.version}`] = { 'prov:type': 'hg:Release', 'hg:root': manifest.root }
  const agent = { 'hg:software': { 'prov:type': 'prov:SoftwareAgent', 'prov:label': software } }
  const wasAssociatedWith = Object.fromEntries(
    Object.keys(activity).map((name) => [`_:by-${name}`, { 'prov:activity': name, 'prov:agent': 'hg:software' }]),
  )
  return `${canonicalJson({ prefix: { hg: 'urn:highgrade:prov:' }, entity, activity, agent, used, wasGeneratedBy, wasAssociatedWith })}\n`
}
