import { Command } from 'commander'
import type { Explanation } from '../../release/index.ts'
import { printProblem, say, table } from '../print.ts'

/** `highgrade explain`. */
export const explainCommand = (): Command =>
  new Command('explain')
    .summary("tell a record's way from raw file to release · 说明一条记录的来历")
    .description(
      "Tells a record's way: raw place, what each operator did, cluster, checks. Also for merged and quarantined records.\n说明一条记录的来历：原始位置、每个算子的作用、去重簇与检查；被合并与被隔离的记录同样适用。",
    )
    .argument('<release>', 'folder of a release')
    .argument('<id>', 'id of the record')
    .option('--sources <folder>', 'folder of the raw files, when they have moved')
    .option('--json', 'print one JSON object')
    .action(async (folder: string, id: string, flags: { sources?: string; json?: boolean }) => {
      const { explain } = await import('../../release/index.ts')
      const outcome = await explain(folder, id, flags.sources)
      if (!outcome.ok) {
        printProblem(outcome.problem)
        process.exitCode = 1
        return
      }
      process.stdout.write(flags.json ? `${JSON.stringify(outcome.value)}\n` : `${readable(outcome.value).join('\n')}\n`)
    })

const SHOWN = 200
const short = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return (text ?? '').length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length})` : (text ?? '')
}

function readable(one: Explanation): string[] {
  const fates = {
    released: { zh: '已发布', en: 'released' },
    merged: { zh: '已合并', en: 'merged' },
    quarantined: { zh: '已隔离', en: 'in quarantine' },
  }
  const lines = [
    `${one.id}  ${say(fates[one.fate])}${one.table ? `  (${one.table})` : ''}`,
    `${say({ zh: '来自', en: 'from' })} ${one.source.path}${one.source.part ? `#${one.source.part}` : ''}, ${one.source.format} ${one.source.place}  sha256 ${one.source.sha256.slice(0, 16)}…`,
  ]
  if (one.left)
    lines.push(
      `${say({ zh: '离开于', en: 'left at' })} ${one.left.step}: ${one.left.reason}${one.left.field ? ` (${one.left.field})` : ''}${one.left.into ? ` → ${one.left.into}` : ''}`,
    )
  if (one.changedBy.length > 0) lines.push(`${say({ zh: '改动它的算子', en: 'changed by' })} ${one.changedBy.join(', ')}`)
  for (const other of one.stoodFor.slice(0, 20)) lines.push(`${say({ zh: '代表', en: 'stands for' })} ${other.id} (${other.step})`)
  return [...lines, ...replayed(one.replay)]
}

function replayed(replay: Explanation['replay']): string[] {
  if ('unavailable' in replay) return [say(replay.unavailable)]
  const lines = ['', say({ zh: '原始', en: 'raw' }), ...table(Object.entries(replay.raw).map(([name, value]) => ['', name, short(value)]))]
  if (replay.broken !== null) return [...lines, replay.broken]
  lines.push('', say({ zh: '步骤', en: 'steps' }))
  for (const [number, step] of replay.steps.entries()) {
    lines.push(`  ${String(number + 1).padStart(2)}. ${step.use}  ${step.outcome}`)
    for (const change of step.changed)
      lines.push(`        ${change.field}: ${short(change.before)}`, `        ${' '.repeat(change.field.length)}→ ${short(change.after)}`)
  }
  return lines
}
