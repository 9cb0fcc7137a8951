// Runs a command and measures it: wall seconds, processor seconds, and peak memory summed over its process tree.
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'

const POLL_MS = 100

/** Parent of each live process. */
function parents() {
  const found = new Map()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      found.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {}
  }
  return found
}

function treeOf(root) {
  const parent = parents()
  const tree = [root]
  for (const member of tree) for (const [pid, of] of parent) if (of === member) tree.push(pid)
  return tree
}

/** Kilobytes in memory. Of several processes their proportional share, so that pages shared after a fork count once. */
function memoryOf(root) {
  const tree = treeOf(root)
  const [file, key] = tree.length === 1 ? ['status', 'VmRSS'] : ['smaps_rollup', 'Pss']
  let sum = 0
  for (const pid of tree) {
    try {
      sum += Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0)
    } catch {}
  }
  return sum
}

/** Runs `command` to its end. @returns its last line of standard output as JSON, with seconds and peak bytes */
export function measuredRun(command, args, { env = {}, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
    let peakKilobytes = 0
    const timer = setInterval(() => {
      peakKilobytes = Math.max(peakKilobytes, memoryOf(child.pid))
    }, POLL_MS)
    let output = ''
    child.stdout.on('data', (piece) => {
      output += piece
    })
    child.on('error', reject)
    child.on('close', (code) => {
      clearInterval(timer)
      const seconds = (performance.now() - start) / 1000
      const last = output.trim().split('\n').at(-1) ?? ''
      if (code !== 0) reject(new Error(`${command} ${args.join(' ')}: exit ${code}`))
      else resolve({ seconds, peak: peakKilobytes * 1024, result: JSON.parse(last) })
    })
  })
}

/** What the figures were measured on. */
export const machine = () => `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`

export const megabytes = (bytes) => (bytes / 1e6).toFixed(0)
export const seconds = (value) => value.toFixed(1).padStart(7)
