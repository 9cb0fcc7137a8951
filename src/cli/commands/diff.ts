import { Command } from 'commander'
import { diffReleases, type FieldChange, type ReleaseDiff, type TableDiff } from '../../release/index.ts'
import { printProblem, say, table } from '../print.ts'
import { progressReporter } from '../progress.ts'

/** `highgrade diff`: exit 0 compared, 1 failed. */
export const diffCommand = (): Command =>
  new Command('diff')
    .summary('what changed from one release to another · 比较两个发布')
    .description(
      'Tells records added, removed, changed and moved, and changes of schema, labels, raw files, recipe and grade.\n比较两个发布：记录的增加、移除、改动与移动，以及模式、标签、原始文件、配方与等级的变化。',
    )
    .argument('<before>', 'folder of a release')
    .argument('<after>', 'folder of another')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExit codes: 0 compared · 1 failed\n\nExample:\n  highgrade diff releases/maize/1.0.0 releases/maize/1.1.0')
    .action(async (before: string, after: string, flags: { json?: boolean }) => {
      const progress = progressReporter(process.stderr, () => Date.now())
      const outcome = await diffReleases(before, after, { report: progress.report })
      progress.end()
      if (!outcome.ok) {
        printProblem(outcome.problem)
        process.exitCode = 1
        return
      }
      process.stdout.write(flags.json ? `${JSON.stringify(outcome.value)}\n` : `${readable(outcome.value).join('\n')}\n`)
    })

/** Lines shown of a list. */
const SHOWN = 20

function readable(diff: ReleaseDiff): string[] {
  const { before, after, sources, grade } = diff
  const same = diff.sameRecords
    ? say({ zh: '记录相同', en: 'the records are the same' })
    : say({ zh: '记录不同', en: 'the records differ' })
  const scores = grade.scores.map((one) => [`  ${one.code}`, say(one.title), `${score(one.before)} → ${score(one.after)}`])
  const passes = grade.passes.before === grade.passes.after ? [] : [`  ${verdict(grade.passes.before)} → ${verdict(grade.passes.after)}`]
  return [
    `${before.dataset} ${before.version} → ${after.dataset} ${after.version}: ${same}`,
    ...diff.tables.flatMap(tableLines),
    ...section({ zh: '原始文件', en: 'raw files' }, [
      ...marked('+', sources.added),
      ...marked('-', sources.removed),
      ...marked('~', sources.changed),
      ...marked(say({ zh: '被拒', en: 'refused' }), sources.refused),
      ...marked(say({ zh: '收下', en: 'accepted' }), sources.accepted),
    ]),
    ...section(
      { zh: '配方', en: 'recipe' },
      diff.recipe.map((one) => `  ${one.key}: ${short(one.before)} → ${short(one.after)}`),
    ),
    ...section({ zh: '等级', en: 'grade' }, [...passes, ...table(scores)]),
  ]
}

const section = (title: { zh: string; en: string }, lines: readonly string[]): string[] =>
  lines.length > 0 ? ['', say(title), ...lines] : []

const score = (value: number | null): string => (value === null ? say({ zh: '未测量', en: 'not measured' }) : value.toFixed(2))
const verdict = (passes: boolean): string => (passes ? say({ zh: '达标', en: 'passes' }) : say({ zh: '未达标', en: 'below grade' }))

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? ''
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function marked(mark: string, listed: { readonly count: number; readonly examples: readonly string[] }): string[] {
  const lines = listed.examples.slice(0, SHOWN).map((one) => `  ${mark} ${one}`)
  return listed.count > lines.length ? [...lines, `  ${mark} … ${listed.count}`] : lines
}

function tableLines(one: TableDiff): string[] {
  const counts = [
    [{ zh: '不变', en: 'unchanged' }, one.unchanged],
    [{ zh: '增加', en: 'added' }, one.added.count],
    [{ zh: '移除', en: 'removed' }, one.removed.count],
    [{ zh: '改动', en: 'changed' }, one.changed.count],
    [{ zh: '移动', en: 'moved' }, one.moved.count],
  ] as const
  const head = `${one.was === null ? '' : `${one.was} → `}${one.name}: ${counts.map(([name, n]) => `${say(name)} ${n}`).join(' · ')}`
  if (one.change === 'added' || one.change === 'removed') return ['', head]
  const fields = Object.entries(one.changedFields).map(([name, n]) => `${name} ${n}`)
  return [
    '',
    head,
    ...one.fields.map(fieldLine),
    ...(one.steps
      ? [`  ${say({ zh: '步骤', en: 'steps' })}: ${one.steps.before.join(', ') || '–'} → ${one.steps.after.join(', ') || '–'}`]
      : []),
    ...(fields.length > 0 ? [`  ${say({ zh: '改动的字段', en: 'fields of changed records' })}: ${fields.join(', ')}`] : []),
    ...labelLines(one),
    ...marked('+', one.added),
    ...marked('-', one.removed),
    ...marked('~', one.changed),
    ...marked('>', { count: one.moved.count, examples: one.moved.examples.map(({ from, to }) => `${from} → ${to}`) }),
  ]
}

function fieldLine(change: FieldChange): string {
  const name = `  ${say({ zh: '字段', en: 'field' })} ${change.field}`
  switch (change.change) {
    case 'added':
      return `${name}: + ${change.type}`
    case 'removed':
      return `${name}: - ${change.type}`
    case 'changed':
      return `${name}: ${change.what} ${short(change.before)} → ${short(change.after)}`
    case 'codes': {
      const codes = [...change.added.map((code) => `+${code}`), ...change.removed.map((code) => `-${code}`)]
      return `${name}: ${say({ zh: '代码', en: 'codes' })} ${codes.slice(0, SHOWN).join(' ')}${codes.length > SHOWN ? ' …' : ''}`
    }
  }
}

function labelLines({ labels }: TableDiff): string[] {
  if (!labels) return []
  const { classes, distance, number } = labels
  const head = `  ${say({ zh: '标签', en: 'labels' })} ${labels.field}`
  if (number) return [`${head}: ${mean(number.before)} → ${mean(number.after)}`]
  const shown = classes.slice(0, SHOWN).map((one) => `${one.label} ${one.before}→${one.after}`)
  const far = distance === null ? '' : ` (${say({ zh: '总变差', en: 'total variation' })} ${distance.toFixed(4)})`
  return [`${head}${far}: ${shown.join(', ')}${classes.length > SHOWN ? ` … ${classes.length}` : ''}`]
}

const mean = (label: { readonly n: number; readonly mean: number } | null): string =>
  label ? `n=${label.n} x̄=${label.mean.toPrecision(6)}` : '–'
