import { resolve } from 'node:path'
import { Command } from 'commander'
import { homeFolder } from '../../base/effects/index.ts'
import { printProblem, say } from '../print.ts'

interface Flags {
  readonly host: string
  readonly port: string
  readonly raw: readonly string[]
  readonly quiet?: boolean
}

const DEFAULT_PORT = 4460

/** `highgrade serve`: runs until it is told to stop; exit 0 stopped in order, 1 could not start. */
export const serveCommand = (): Command =>
  new Command('serve')
    .summary('open the server with its console · 启动服务与控制台')
    .description('Opens one server: API, console, background builds.\n启动服务：接口、控制台与后台构建。')
    .option('--host <address>', 'address to listen on; others than this machine reach it only if you say so', '127.0.0.1')
    .option('--port <n>', 'port', process.env['PORT'] ?? String(DEFAULT_PORT))
    .option(
      '--raw <folder>',
      'folder whose raw files may be built from (may be repeated)',
      (folder, all: readonly string[]) => [...all, folder],
      [],
    )
    .option('--quiet', 'log no requests')
    .addHelpText(
      'after',
      '\nEnvironment: HIGHGRADE_HOME (default ~/.highgrade), PORT, DATABASE_URL (PostgreSQL 15+; embedded otherwise)\n\nExamples:\n  highgrade serve\n  highgrade serve --raw /data/plant-7 --port 8080',
    )
    .action(async (flags: Flags) => {
      const { realServeEffects, serve } = await import('../../server/index.ts')
      const { pino } = await import('pino')
      const logger = pino({ level: flags.quiet ? 'warn' : 'info' })
      const started = await serve(
        {
          home: homeFolder(),
          host: flags.host,
          port: Number.parseInt(flags.port, 10),
          databaseUrl: process.env['DATABASE_URL'],
          rawFolders: flags.raw.map((folder) => resolve(folder)),
        },
        {
          ...realServeEffects,
          log: (message, facts) => (facts['error'] === undefined ? logger.info(facts, message) : logger.error(facts, message)),
        },
      )
      if (!started.ok) {
        printProblem(started.problem)
        process.exitCode = 1
        return
      }
      process.stdout.write(`${say({ zh: 'Highgrade 已启动', en: 'Highgrade is open' })}: ${started.value.url}\n`)
      let isStopping = false
      const stop = (): void => {
        // The second signal does not wait.
        if (isStopping) process.exit(1)
        isStopping = true
        void started.value.stop().then(() => process.exit(0))
      }
      process.on('SIGTERM', stop)
      process.on('SIGINT', stop)
    })
