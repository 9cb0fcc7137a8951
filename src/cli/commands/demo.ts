import { resolve } from 'node:path'
import { Command } from 'commander'
import { writeAtomic } from '../../base/store/index.ts'
import type { DemoResult } from '../../demo.ts'
import { demoPage } from '../demo-page.ts'
import { printProblem, say, table } from '../print.ts'
import { progressReporter } from '../progress.ts'

/** `highgrade demo`: the examples of several sectors, built and graded, raw beside refined. */
export const demoCommand = (): Command =>
  new Command('demo')
    .summary('build the examples of several sectors · 构建多个行业的示例')
    .option('--out <folder>', 'where releases go', 'demo-output')
    .action(async (flags: { out: string }) => {
      const progress = progressReporter(process.stderr, () => Date.now())
      const started = Date.now()
      const { demo } = await import('../../demo.ts')
      const outcome = await demo(flags.out, { clock: () => Date.now(), report: progress.report })
      progress.end()
      if (!outcome.ok) {
        printProblem(outcome.problem)
        process.exitCode = 1
        return
      }
      const page = resolve(flags.out, 'index.html')
      await writeAtomic(page, demoPage(outcome.value, flags.out))
      process.stdout.write(
        `\n${summary(outcome.value).join('\n')}\n\n${say({ zh: '网页', en: 'page' })}: ${page}\n${((Date.now() - started) / 1000).toFixed(0)} s\n`,
      )
    })

const score = (value: number | null): string => (value === null ? '–' : value.toFixed(1))

function summary(results: readonly DemoResult[]): string[] {
  const rows = results.map(({ sector, raw, refined }) => [
    sector,
    refined.manifest.tables.map((one) => `${one.name} (${one.modality}, ${one.records})`).join(', '),
    `${refined.manifest.counts.in} = ${refined.manifest.counts.out} + ${refined.manifest.counts.merged} + ${refined.manifest.counts.quarantined}`,
    ...(['documentation', 'quality', 'application'] as const).map(
      (dimension) => `${score(raw.grade[dimension].score)} → ${score(refined.grade[dimension].score)}`,
    ),
    refined.grade.passes ? say({ zh: '达标', en: 'passes' }) : say({ zh: '未达标', en: 'below grade' }),
  ])
  const head = [
    say({ zh: '行业', en: 'sector' }),
    say({ zh: '表', en: 'tables' }),
    say({ zh: '输入 = 发布 + 合并 + 隔离', en: 'in = out + merged + quarantined' }),
    say({ zh: '文档', en: 'documentation' }),
    say({ zh: '质量', en: 'quality' }),
    say({ zh: '应用', en: 'application' }),
    '',
  ]
  return table([head, ...rows])
}
