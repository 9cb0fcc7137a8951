import { Command } from 'commander'
import { writeAtomic } from '../../base/store/index.ts'
import { printProblem, say, table } from '../print.ts'
import { progressReporter } from '../progress.ts'

/** `highgrade grade`: exit 0 passes, 2 below grade, 1 failed. */
export const gradeCommand = (): Command =>
  new Command('grade')
    .summary('grade any data set, ours or not · 为任意数据集评级')
    .description(
      'Grades a release, a Parquet or JSON Lines file, or a folder as Hugging Face lays it out. Changes nothing.\n为发布、Parquet/JSONL 文件或 Hugging Face 目录评级，不做任何修改。',
    )
    .argument('<data>', 'release, file or folder')
    .option('--threads <n>', 'worker threads (default: all cores)')
    .option('--html <file>', 'also write the page with the grade')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExit codes: 0 passes · 2 below grade · 1 failed')
    .action(async (path: string, flags: { threads?: string; html?: string; json?: boolean }) => {
      const progress = progressReporter(process.stderr, () => Date.now())
      const threads = flags.threads === undefined ? undefined : Number.parseInt(flags.threads, 10)
      const { gradeData } = await import('../../grade-data.ts')
      const outcome = await gradeData(path, { threads }, { clock: () => Date.now(), report: progress.report })
      progress.end()
      if (!outcome.ok) {
        printProblem(outcome.problem)
        process.exitCode = 1
        return
      }
      const { grade, counts, html } = outcome.value
      if (flags.html !== undefined) await writeAtomic(flags.html, html)
      if (flags.json) process.stdout.write(`${JSON.stringify({ counts, grade })}\n`)
      else {
        const rows = Object.entries(grade.indicators).map(([code, measurement]) =>
          measurement.status === 'measured'
            ? [code, say(measurement.title), measurement.score.toFixed(2), `n=${measurement.n}`, say(measurement.advice)]
            : [code, say(measurement.title), say({ zh: '未测量', en: 'not measured' }), '', say(measurement.why)],
        )
        process.stdout.write(`${table(rows).join('\n')}\n`)
        process.stdout.write(`${grade.passes ? say({ zh: '达标', en: 'passes' }) : say({ zh: '未达标', en: 'below grade' })}\n`)
      }
      process.exitCode = grade.passes ? 0 : 2
    })
