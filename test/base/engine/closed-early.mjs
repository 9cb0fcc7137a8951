// Opens pools and closes them while their threads still load: prints how many, unless Node ends the process on the way.
import { openPool } from '../../../dist/base/engine/index.js'

const MODULE = new URL('../../../dist/build-tasks.js', import.meta.url)
const POOLS = 40
const STEP_MS = 20

for (let n = 0; n < POOLS; n++) {
  const pool = openPool(MODULE, 2)
  const running = pool.runAll('nothing', [1, 2]).catch(() => {})
  await new Promise((resolve) => setTimeout(resolve, 100 + n * STEP_MS))
  await pool.close()
  await running
}
process.stdout.write(`${POOLS}\n`)
