import { Command } from 'commander'
import { ProblemError } from '../base/problem/index.ts'
import { auditCommand } from './commands/audit.ts'
import { buildCommand } from './commands/build.ts'
import { demoCommand } from './commands/demo.ts'
import { diffCommand } from './commands/diff.ts'
import { explainCommand } from './commands/explain.ts'
import { exportCommand } from './commands/export.ts'
import { gradeCommand } from './commands/grade.ts'
import { initCommand } from './commands/init.ts'
import { inspectCommand } from './commands/inspect.ts'
import { keysCommand } from './commands/keys.ts'
import { listCommands, referenceCommand } from './commands/reference.ts'
import { serveCommand } from './commands/serve.ts'
import { verifyCommand } from './commands/verify.ts'
import { printProblem } from './print.ts'

const program = new Command('highgrade')
  .description('From scattered raw industry data to graded, verifiable data sets.\n从零散的行业原始数据到有等级、可核验的数据集。')
  // Else the version of the program would be printed for `build --version 1.1.0`.
  .enablePositionalOptions()
  .version('0.1.0')
  .showHelpAfterError()
  .addCommand(inspectCommand())
  .addCommand(initCommand())
  .addCommand(buildCommand())
  .addCommand(verifyCommand())
  .addCommand(explainCommand())
  .addCommand(await exportCommand())
  .addCommand(diffCommand())
  .addCommand(gradeCommand())
  .addCommand(demoCommand())
  .addCommand(keysCommand())
  .addCommand(serveCommand())
  .addCommand(auditCommand())
  .addCommand(referenceCommand(), { hidden: true })

for (const command of listCommands()) program.addCommand(command)

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe may close it early (`| head`): that is no failure.
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof ProblemError) printProblem(error.problem)
  else process.stderr.write(`highgrade: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exitCode = 1
}
