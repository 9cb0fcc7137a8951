import { Command } from 'commander'

/** `highgrade keys`: the key that signs releases here; made on first use. */
export const keysCommand = (): Command =>
  new Command('keys')
    .summary('the key that signs releases on this machine · 本机签名密钥')
    .option('--json', 'print one JSON object')
    .action(async (flags: { json?: boolean }) => {
      const { signingKey } = await import('../../release/index.ts')
      const { keyid, publicKey } = await signingKey()
      process.stdout.write(flags.json ? `${JSON.stringify({ keyid, publicKey })}\n` : `${keyid}\n${publicKey}`)
    })
