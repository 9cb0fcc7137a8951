import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Gives `work` a temporary folder that is gone afterwards, also when the run is stopped. */
export async function withScratch<T>(name: string, work: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), `highgrade-${name}-`))
  const clear = (): void => rmSync(scratch, { recursive: true, force: true })
  const stop = (signal: (typeof SIGNALS)[number]): void => {
    clear()
    process.exit(128 + constants.signals[signal])
  }
  for (const signal of SIGNALS) process.once(signal, stop)
  try {
    return await work(scratch)
  } finally {
    clear()
    for (const signal of SIGNALS) process.removeListener(signal, stop)
  }
}
