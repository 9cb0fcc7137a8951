import { Command, Option } from 'commander'
import { z } from 'zod'
import type { Outcome } from '../../base/problem/index.ts'
import {
  type Exported,
  exportFlag,
  exportStream,
  loadExportForms,
  prepareExport,
  type ReadyExport,
  writeExport,
} from '../../release/index.ts'
import { printProblem, say, table } from '../print.ts'

interface Flags extends Record<string, unknown> {
  readonly to: string
  readonly out?: string
  readonly table?: string[]
  readonly json?: boolean
}

interface Property {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly default?: unknown
  readonly description?: string
}

/** `highgrade export`: exit 0 written, 1 failed. */
export async function exportCommand(): Promise<Command> {
  const forms = await loadExportForms()
  const command = new Command('export')
    .summary('write a release in another form · 导出为其他格式')
    .description(
      'Writes the records of a release in another form: to a new folder, or to standard output where the form is one text.\n将发布中的记录导出为其他格式：写入新文件夹，或（格式为单个文本时）写到标准输出。',
    )
    .argument('<release>', 'folder of a release')
    .addOption(new Option('--to <form>', 'the form').makeOptionMandatory().choices(forms.map(({ id }) => id)))
    .option('--out <folder>', 'new folder to write to; without it, standard output')
    .option('--table <name...>', 'only these tables')
    .option('--json', 'with --out: print one JSON object')
  const options = new Map<string, { readonly property: Property; readonly forms: string[] }>()
  for (const { id, plugin } of forms) {
    const { properties } = z.toJSONSchema(plugin.parameters, { io: 'input', unrepresentable: 'any' }) as {
      properties?: Record<string, Property>
    }
    for (const [name, property] of Object.entries(properties ?? {})) {
      const known = options.get(name)
      if (known) known.forms.push(id)
      else options.set(name, { property, forms: [id] })
    }
  }
  for (const [name, one] of options) command.addOption(optionOf(name, one.property, one.forms))
  const lines = table(forms.map(({ id, plugin }) => [`  ${id}`, say(plugin.title), say(plugin.needs)]))
  command.addHelpText(
    'after',
    `\n${say({ zh: '格式：', en: 'Forms:' })}\n${lines.join('\n')}\n\nExit codes: 0 written · 1 failed\n\nExamples:\n  highgrade export releases/maize/1.0.0 --to jsonl | head\n  highgrade export releases/maize/1.0.0 --to hf --out maize-hf\n  highgrade export releases/maize/1.0.0 --to csv --table trials --bom --safe-formulas > trials.csv`,
  )
  return command.action(run)
}

/** `safeFormulas` as `--safe-formulas`, with the forms that know it. */
function optionOf(name: string, property: Property, forms: readonly string[]): Option {
  const flag = exportFlag(name)
  const option = new Option(property.type === 'boolean' ? flag : `${flag} <value>`, `${forms.join(', ')}: ${property.description ?? ''}`)
  return property.enum ? option.choices(property.enum) : option
}

async function run(folder: string, flags: Flags): Promise<void> {
  const { to, out, table: tables, json, ...parameters } = flags
  const ready = await prepareExport({ folder, to, tables: tables ?? [], parameters })
  const done: Outcome<Exported | undefined> = !ready.ok
    ? ready
    : out === undefined
      ? await print(ready.value)
      : await writeExport(ready.value, out, folder)
  if (!done.ok) {
    printProblem(done.problem)
    process.exitCode = 1
    return
  }
  if (ready.ok) sayLeftOut(ready.value)
  if (done.value && json) process.stdout.write(`${JSON.stringify(done.value)}\n`)
  else if (done.value)
    process.stdout.write(
      `${say({ zh: `已写入 ${done.value.files} 个文件`, en: `${done.value.files} files written` })}: ${done.value.folder} (${done.value.tables.join(', ')})\n`,
    )
}

async function print(ready: ReadyExport): Promise<Outcome<undefined>> {
  const stream = exportStream(ready)
  if (!stream.ok) return stream
  for await (const text of stream.value) {
    if (!process.stdout.write(text)) await new Promise((resume) => process.stdout.once('drain', resume))
  }
  return { ok: true, value: undefined }
}

/** What the form could not hold, on standard error: nothing vanishes without a word. */
function sayLeftOut(ready: ReadyExport): void {
  const lines = ready
    .leftOut()
    .map(({ reason, count, examples }) => `${count} × ${say(reason)} (${examples.join(', ')}${count > examples.length ? ' …' : ''})`)
  if (ready.passedOver.length > 0)
    lines.push(`${say({ zh: '该格式不能容纳的表', en: 'tables that the form cannot hold' })}: ${ready.passedOver.join(', ')}`)
  if (lines.length > 0) process.stderr.write(`${say({ zh: '未导出：', en: 'left out:' })}\n${lines.map((line) => `  ${line}\n`).join('')}`)
}
