import { Command } from 'commander'
import { homeFolder } from '../../base/effects/index.ts'
import { printProblem, say } from '../print.ts'

/** `highgrade audit verify`: exit 0 the log holds, 1 it does not or could not be read. */
export const auditCommand = (): Command =>
  new Command('audit').summary('the log of what was done on the server · 审计日志').addCommand(
    new Command('verify')
      .summary('hold the log against its signed checkpoints · 对照已签名的检查点核验')
      .option('--json', 'print one JSON object')
      .addHelpText('after', '\nStop the server first, unless DATABASE_URL names its database.')
      .action(async (flags: { json?: boolean }) => {
        const { checkAudit } = await import('../../server/index.ts')
        const checked = await checkAudit({ home: homeFolder(), databaseUrl: process.env['DATABASE_URL'] })
        if (!checked.ok) {
          printProblem(checked.problem)
          process.exitCode = 1
          return
        }
        const { holds, entries, checkpoints, covered, fault } = checked.value
        if (flags.json) process.stdout.write(`${JSON.stringify(checked.value)}\n`)
        else if (fault) process.stderr.write(`${say({ zh: '不成立', en: 'does not hold' })}: ${say(fault)}\n`)
        else
          process.stdout.write(
            `${say({
              zh: `成立：${entries} 条，其中 ${covered} 条由 ${checkpoints} 个已签名检查点覆盖`,
              en: `holds: ${entries} entries, ${covered} of them covered by ${checkpoints} signed checkpoints`,
            })}\n`,
          )
        process.exitCode = holds ? 0 : 1
      }),
  )
