import { Command } from 'commander'
import { exportJsonl, readRelease } from '../../release/index.ts'
import { printProblem } from '../print.ts'

/** `highgrade export`. */
export const exportCommand = (): Command =>
  new Command('export')
    .summary('write a release in another form · 导出为其他格式')
    .description('Writes the records of a release in another form.\n将发布中的记录导出为其他格式。')
    .argument('<release>', 'folder of a release')
    .requiredOption('--to <form>', 'jsonl')
    .option('--table <name...>', 'only these tables')
    .action(async (folder: string, flags: { to: string; table?: string[] }) => {
      const opened = await readRelease(folder)
      if (!opened.ok) {
        printProblem(opened.problem)
        process.exitCode = 1
        return
      }
      for await (const text of exportJsonl(opened.value, flags.table ?? [])) {
        if (!process.stdout.write(text)) await new Promise((resume) => process.stdout.once('drain', resume))
      }
    })
