import type { Progress } from '../base/effects/index.ts'

/** Least milliseconds between two lines of progress. */
const EVERY_MS = 100

/**
 * Shows progress on standard error: stage, share, rate and time left, on one line that renews itself in a terminal and
 * as a line a stage elsewhere.
 */
export function progressReporter(
  stream: NodeJS.WriteStream,
  clock: () => number,
): { report: (progress: Progress) => void; end: () => void } {
  let stage = ''
  let started = 0
  let shown = 0
  let open = false
  const line = (progress: Progress, now: number): string => {
    const share = progress.total > 0 ? progress.done / progress.total : 1
    const seconds = (now - started) / 1000
    const rate = seconds > 0 ? progress.done / seconds : 0
    const left = rate > 0 ? (progress.total - progress.done) / rate : 0
    return `${progress.stage.padEnd(10)} ${String(Math.floor(share * 100)).padStart(3)}%  ${progress.done}/${progress.total} ${progress.unit}  ${rate.toFixed(rate < 10 ? 1 : 0)}/s  ${left.toFixed(0)} s left`
  }
  return {
    report(progress) {
      const now = clock()
      if (progress.stage !== stage) {
        if (open) stream.write('\n')
        stage = progress.stage
        started = now
        shown = 0
        open = false
      }
      const last = progress.done >= progress.total
      if (!stream.isTTY) {
        if (last) stream.write(`${line(progress, now)}\n`)
        return
      }
      if (!last && now - shown < EVERY_MS) return
      shown = now
      open = true
      stream.write(`\r\u001b[K${line(progress, now)}`)
    },
    end() {
      if (open) stream.write('\n')
      open = false
    },
  }
}
