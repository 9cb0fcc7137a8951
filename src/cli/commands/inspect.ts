import { Command } from 'commander'
import { writeAtomic } from '../../base/store/index.ts'
import { inspect } from '../../inspect.ts'
import { inspectionLines } from '../inspect-text.ts'
import { printProblem, say } from '../print.ts'
import { progressReporter } from '../progress.ts'
import { withScratch } from '../scratch.ts'

interface Flags {
  readonly pack?: string
  readonly sample?: boolean
  readonly threads?: string
  readonly html?: string
  readonly json?: boolean
}

/** Places of a line where standard output is no terminal. */
const PLACES = 160

/** `highgrade inspect`: exit 0, or 1 when there is nothing to look at. */
export const inspectCommand = (): Command =>
  new Command('inspect')
    .summary('see what raw files hold, changing nothing · 查看原始文件')
    .description(
      'Profiles raw files and changes nothing: tables, types, units, roles, missing and repeated values, identifiers of persons, refused files, likely sector.\n查看原始文件而不做任何改动：表、类型、单位、角色、缺失与重复、个人标识、拒收的文件与可能的行业。',
    )
    .argument('<path...>', 'folders, files, or a highgrade.yaml')
    .option('--pack <pack>', 'read columns by the schemas of a sector pack')
    .option('--sample', 'look at a few thousand records a file only')
    .option('--threads <n>', 'worker threads (default: all cores)')
    .option('--html <file>', 'also write a page with charts')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nIdentifiers of persons are shown as tags such as <PHONE>. Counts marked ≈ are estimates; --json holds their standard errors.\n\nExamples:\n  highgrade inspect ./raw\n  highgrade inspect ./raw --html raw.html\n  highgrade inspect a.csv b.zip --sample --json',
    )
    .action(async (paths: string[], flags: Flags) => {
      const progress = progressReporter(process.stderr, () => Date.now())
      const threads = flags.threads === undefined ? undefined : Number.parseInt(flags.threads, 10)
      const outcome = await withScratch('inspect', (scratch) =>
        inspect({ paths, pack: flags.pack, sample: flags.sample, scratch, threads }, { clock: () => Date.now(), report: progress.report }),
      )
      progress.end()
      if (!outcome.ok) {
        printProblem(outcome.problem)
        process.exitCode = 1
        return
      }
      if (flags.html !== undefined) {
        const { inspectionPage } = await import('../inspect-page/inspection-page.ts')
        await writeAtomic(flags.html, await inspectionPage(outcome.value))
      }
      if (flags.json) process.stdout.write(`${JSON.stringify(outcome.value)}\n`)
      else process.stdout.write(`${inspectionLines(outcome.value, process.stdout.columns ?? PLACES).join('\n')}\n`)
      if (flags.html !== undefined && !flags.json) process.stdout.write(`${say({ zh: '页面：', en: 'Page: ' })}${flags.html}\n`)
    })
