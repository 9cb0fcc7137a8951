import { join } from 'node:path'
import { Command } from 'commander'
import { writeAtomic } from '../../base/store/index.ts'
import { say, table } from '../print.ts'
import { REFERENCE_KINDS, type ReferenceEntry, type ReferenceKind } from '../reference-kinds.ts'

const SUMMARY: Readonly<Record<ReferenceKind, string>> = {
  operators: 'what records can go through · 全部算子',
  indicators: 'what a grade measures · 全部指标',
  packs: 'sectors as data · 全部行业包',
  formats: 'what raw files can be · 全部格式',
  exports: 'forms that a release can be exported to · 全部导出形式',
  consensus: 'how votes of annotators become a label · 全部共识方法',
}

/** `highgrade operators|indicators|packs|formats|exports|consensus [name]`. */
export const listCommands = (): Command[] =>
  REFERENCE_KINDS.map((kind) =>
    new Command(kind)
      .summary(SUMMARY[kind])
      .argument('[name]', 'one of them, in full')
      .option('--json', 'print JSON')
      .action(async (name: string | undefined, flags: { json?: boolean }) => {
        const { referenceEntries } = await import('../reference.ts')
        const entries = await referenceEntries(kind)
        const shown =
          name === undefined
            ? entries
            : entries.filter((entry) => entry.id === name || entry.id.startsWith(`${name}/`) || entry.id.endsWith(`/${name}`))
        if (shown.length === 0) {
          process.stderr.write(
            `highgrade: ${say({ zh: `没有 ${name}。可用：`, en: `there is no ${name}. There are:` })} ${entries.map((entry) => entry.id).join(', ')}\n`,
          )
          process.exitCode = 1
        } else if (flags.json) process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`)
        else process.stdout.write(`${(name === undefined ? list(shown) : shown.flatMap(full)).join('\n')}\n`)
      }),
  )

const list = (entries: readonly ReferenceEntry[]): string[] => table(entries.map((entry) => [entry.id, say(entry.title)]))

const full = (entry: ReferenceEntry): string[] => [
  `${entry.id}  ${say(entry.title)}`,
  `  ${say(entry.doc)}`,
  `  ${say({ zh: '出处', en: 'source' })}: ${entry.source}`,
  ...entry.details.map((line) => `  ${line}`),
  '',
]

/** `highgrade reference <folder>`: writes the pages of docs/reference. */
export const referenceCommand = (): Command =>
  new Command('reference')
    .summary('write the reference pages · 生成参考文档')
    .argument('<folder>', 'where the pages go')
    .action(async (folder: string) => {
      const { referenceEntries, referencePage } = await import('../reference.ts')
      for (const kind of REFERENCE_KINDS) await writeAtomic(join(folder, `${kind}.md`), referencePage(kind, await referenceEntries(kind)))
    })
