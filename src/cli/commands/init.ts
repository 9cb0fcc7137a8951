import { Command } from 'commander'
import { init } from '../../init.ts'
import { grouped } from '../figures.ts'
import { printProblem, say, table } from '../print.ts'
import { progressReporter } from '../progress.ts'
import { withScratch } from '../scratch.ts'

/** `highgrade init`: exit 0 written, 1 not. */
export const initCommand = (): Command =>
  new Command('init')
    .summary('draft a recipe from raw files · 由原始文件拟定配方')
    .description(
      'Writes a commented highgrade.yaml into a folder of raw files: tables, fields, steps as a build would take them, and what only people can add.\n在原始文件夹中写下带注释的 highgrade.yaml：构建所用的表、字段与步骤，以及只有人才能补充的内容。',
    )
    .argument('<folder>', 'folder of raw files')
    .option('--pack <pack>', 'sector pack whose schemas apply')
    .option('--force', 'overwrite a recipe that is there')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExamples:\n  highgrade init ./raw\n  highgrade init ./raw --pack agriculture')
    .action(async (folder: string, flags: { pack?: string; force?: boolean; json?: boolean }) => {
      const progress = progressReporter(process.stderr, () => Date.now())
      const outcome = await withScratch('init', (scratch) =>
        init({ folder, pack: flags.pack, force: flags.force, scratch }, { clock: () => Date.now(), report: progress.report }),
      )
      progress.end()
      if (!outcome.ok) {
        printProblem(outcome.problem)
        process.exitCode = 1
        return
      }
      const { file, tables, refused, fits } = outcome.value
      if (flags.json) {
        process.stdout.write(`${JSON.stringify(outcome.value)}\n`)
        return
      }
      const rows = tables.map(({ name, fields, records, schema }) => [
        name,
        say({ zh: `${fields} 个字段`, en: `${fields} fields` }),
        say({ zh: `${grouped(records)} 条记录`, en: `${grouped(records)} records` }),
        schema ?? '',
      ])
      const hint = fits[0]
      const lines = [
        file,
        ...table(rows).map((line) => `  ${line}`),
        ...(refused > 0
          ? [
              `  ${say({ zh: `拒收 ${refused} 个文件，原因见配方末尾`, en: `${refused} files refused; the reasons are at the end of the recipe` })}`,
            ]
          : []),
        ...(hint ? [`  ${say({ zh: `可能适用的行业包：${hint.pack}`, en: `a pack that may fit: ${hint.pack}` })}`] : []),
        '',
        say({ zh: '下一步：', en: 'Next:' }),
        `  highgrade build ${file}`,
      ]
      process.stdout.write(`${lines.join('\n')}\n`)
    })
