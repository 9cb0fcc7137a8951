import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { threadId } from 'node:worker_threads'

const hoard = () => {
  const kept = []
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, i) => ({ i })))
}
const ends = {
  exit: () => process.exit(3),
  memory: hoard,
  throw: () => {
    throw new Error('its own fault')
  },
}

/** Dies in the way it is told, as often as it is told; then gives its number back. Each try leaves a line in `log`. */
export function work({ n, log, how, times = 0 }) {
  const line = `${n}\n`
  const before = existsSync(log)
    ? readFileSync(log, 'utf8')
        .split('\n')
        .filter((one) => one === String(n)).length
    : 0
  appendFileSync(log, line)
  if (how && before < times) ends[how]()
  return { n, threadId }
}

/** Gives its number back and throws afterwards, when its thread has no task. */
export function late({ n }) {
  setTimeout(() => {
    throw new Error('too late')
  }, 20)
  return { n }
}
