import { Command, Option } from 'commander'
import type { SparkOptions } from '../../base/engine/index.ts'
import { buildSummary } from '../build-summary.ts'
import { parseSize, printProblem, say, table } from '../print.ts'
import { progressReporter } from '../progress.ts'

interface Flags {
  readonly pack?: string
  readonly out: string
  readonly version?: string
  readonly threads?: string
  readonly memory?: string
  readonly engine: 'embedded' | 'spark'
  readonly master: string
  readonly sparkConf: readonly string[]
  readonly sparkShip?: boolean
  readonly sparkNode?: string
  readonly fresh?: boolean
  readonly json?: boolean
}

/** `highgrade build`: exit 0 released, 2 released below grade, 1 failed. */
export const buildCommand = (): Command =>
  new Command('build')
    .summary('turn raw files into a graded, signed release · 从原始文件到发布')
    .description('Builds a release from a folder of raw files or from a recipe.\n从原始文件夹或配方构建一个发布。')
    .argument('<input>', 'folder of raw files, or highgrade.yaml')
    .option('--pack <pack>', 'sector pack to apply (see `highgrade packs`)')
    .option('--out <folder>', 'where releases and the workspace go', 'releases')
    .option('--version <version>', 'version of the release, e.g. 1.0.0')
    .option('--threads <n>', 'worker threads (default: all cores)')
    .option('--memory <size>', 'memory to stay within, e.g. 2GB (default: half of the machine)')
    .addOption(new Option('--engine <engine>', 'where the heavy steps run').choices(['embedded', 'spark']).default('embedded'))
    .option('--master <master>', "Spark's master: local[2], spark://host:7077, yarn, k8s://…", 'local[*]')
    .option('--spark-conf <key=value>', 'setting of Spark (may be repeated)', (setting, all: readonly string[]) => [...all, setting], [])
    .option('--spark-ship', 'send Highgrade to the executors (otherwise it must lie there under the same path)')
    .option('--spark-node <path>', 'Node.js on the executors (default: node on their PATH)')
    .option('--resume', 'go on where an interrupted run was (this is the default; see --fresh)')
    .option('--fresh', 'ignore what earlier runs left in the workspace')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExit codes: 0 released · 2 released, below grade · 1 failed\n\nExamples:\n  highgrade build ./raw\n  highgrade build highgrade.yaml --version 1.1.0\n  highgrade build ./raw --pack agriculture --json\n  highgrade build highgrade.yaml --engine spark --master spark://host:7077 --spark-conf spark.executor.memory=4g',
    )
    .action(async (input: string, flags: Flags) => {
      const progress = progressReporter(process.stderr, () => Date.now())
      const started = Date.now()
      const { build } = await import('../../build.ts')
      const outcome = await build(
        {
          input,
          pack: flags.pack,
          out: flags.out,
          version: flags.version,
          threads: flags.threads === undefined ? undefined : Number.parseInt(flags.threads, 10),
          memoryBytes: flags.memory === undefined ? undefined : parseSize(flags.memory),
          spark: flags.engine === 'spark' ? sparkOptions(flags) : undefined,
          fresh: flags.fresh,
        },
        { clock: () => Date.now(), report: progress.report },
      )
      progress.end()
      if (!outcome.ok) {
        printProblem(outcome.problem)
        process.exitCode = 1
        return
      }
      const summary = buildSummary(outcome.value, (Date.now() - started) / 1000)
      if (flags.json) process.stdout.write(`${JSON.stringify(summary)}\n`)
      else process.stdout.write(`${readable(summary).join('\n')}\n`)
      process.exitCode = summary.grade.passes ? 0 : 2
    })

const sparkOptions = ({ master, sparkConf, sparkShip, sparkNode }: Flags): SparkOptions => ({
  master,
  conf: sparkConf,
  ship: sparkShip,
  node: sparkNode,
})

function readable(summary: ReturnType<typeof buildSummary>): string[] {
  const { counts, grade } = summary
  const score = (value: number | null): string => (value === null ? say({ zh: '未测量', en: 'not measured' }) : value.toFixed(1))
  return [
    '',
    `${summary.dataset} ${summary.version}  ${grade.passes ? say({ zh: '达标', en: 'passes' }) : say({ zh: '已发布，未达标', en: 'released, below grade' })}`,
    ...table([
      [say({ zh: '文档', en: 'documentation' }), score(grade.documentation)],
      [say({ zh: '质量', en: 'quality' }), score(grade.quality)],
      [say({ zh: '应用', en: 'application' }), score(grade.application)],
    ]).map((line) => `  ${line}`),
    '',
    ...table(summary.tables.map((one) => [one.name, one.modality, `${one.records}`])).map((line) => `  ${line}`),
    '',
    say({
      zh: `输入 ${counts.in} = 发布 ${counts.out} + 合并 ${counts.merged} + 隔离 ${counts.quarantined}`,
      en: `${counts.in} records in = ${counts.out} out + ${counts.merged} merged + ${counts.quarantined} quarantined`,
    }),
    `root ${summary.root}`,
    `${summary.release}  (${summary.seconds.toFixed(1)} s)`,
    '',
    say({ zh: '下一步：', en: 'Next:' }),
    `  highgrade verify ${summary.release}`,
    `  ${summary.release}/grade.html`,
  ]
}
