import { Command } from 'commander'
import { printProblem, say, table } from '../print.ts'

const WORD = {
  reproduced: { zh: '已重现', en: 'reproduced' },
  differs: { zh: '不一致', en: 'DIFFERS' },
  attested: { zh: '由发布方证明', en: 'attested' },
  'not-measured': { zh: '未测量', en: 'not measured' },
} as const

/** `highgrade verify`: exit 0 when all holds, 1 on the first thing that does not. */
export const verifyCommand = (): Command =>
  new Command('verify')
    .summary('recompute every claim of a release from its bytes · 核验发布')
    .description(
      'Recomputes hashes, Merkle root, signature and every indicator that can be computed from the data.\n重算全部哈希、Merkle 根、签名与可由数据计算的指标。',
    )
    .argument('<release>', 'folder of a release')
    .option('--record <id>', 'also prove that this record belongs to the release')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExit codes: 0 holds · 1 something differs')
    .action(async (folder: string, flags: { record?: string; json?: boolean }) => {
      const { verifyRelease } = await import('../../verify.ts')
      const outcome = await verifyRelease({ folder, record: flags.record })
      if (!outcome.ok) {
        printProblem(outcome.problem)
        process.exitCode = 1
        return
      }
      const { checks, holds, proof } = outcome.value
      if (flags.json) process.stdout.write(`${JSON.stringify({ holds, checks, proof })}\n`)
      else {
        const lines = table(checks.map((check) => [say(WORD[check.outcome]), check.name, say(check.detail).slice(0, 160)]))
        process.stdout.write(
          `${lines.join('\n')}\n${holds ? say({ zh: '发布属实。', en: 'The release holds.' }) : say({ zh: '发布不属实。', en: 'The release does not hold.' })}\n`,
        )
        if (proof) process.stdout.write(`${JSON.stringify(proof, null, 2)}\n`)
      }
      process.exitCode = holds ? 0 : 1
    })
