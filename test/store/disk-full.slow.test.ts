import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { writeAtomic } from '../../src/base/store/index.ts'

const work = mkdtempSync(join(tmpdir(), 'disk-full-'))
const disks: string[] = []

/** A disk of 2 MB; undefined where this user may mount none. */
function smallDisk(): string | undefined {
  const disk = mkdtempSync(join(work, 'disk-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]).status !== 0) {
    process.stderr.write('no right to mount a small disk here: a full disk is only tested by a limit on file sizes\n')
    return undefined
  }
  disks.push(disk)
  return disk
}
afterAll(() => {
  for (const disk of disks) spawnSync('umount', [disk])
  rmSync(work, { recursive: true, force: true })
})

const build = (raw: string, out: string) =>
  spawnSync(process.execPath, ['dist/cli/main.js', 'build', raw, '--out', out, '--threads', '2', '--json'], { encoding: 'utf8' })

describe('a disk of 2 MB that runs full', () => {
  it('while a build spills and writes: the build says so, publishes nothing, and goes on once there is room', () => {
    const disk = smallDisk()
    if (disk === undefined) return
    const raw = join(work, 'raw')
    mkdirSync(raw)
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},${(i * 7919) % 100_003},${(i * 104_729) % 1_299_709},note ${i % 977}`)
    writeFileSync(join(raw, 'large.csv'), `a,b,c,d\n${rows.join('\n')}\n`)
    const full = build(raw, join(disk, 'out'))
    expect(full.status).toBe(1)
    expect(full.stderr).toMatch(/disk is full \(ENOSPC\)|磁盘已满（ENOSPC）/)
    expect(full.stderr).not.toMatch(/at .*\.js:\d+/)
    const left = existsSync(join(disk, 'out')) ? readdirSync(join(disk, 'out'), { recursive: true }).map(String) : []
    expect(left.filter((path) => path.endsWith('.partial') || path.includes('0.1.0'))).toEqual([])
    spawnSync('mount', ['-o', 'remount,size=64m', disk])
    const room = build(raw, join(disk, 'out'))
    expect([0, 2], room.stderr).toContain(room.status)
    expect((JSON.parse(room.stdout) as { counts: unknown }).counts).toMatchObject({ in: 60_000, quarantined: 0 })
  }, 60_000)

  it('while an archive is unpacked: it is not taken for a broken archive', () => {
    const disk = smallDisk()
    if (disk === undefined) return
    const raw = join(work, 'packed')
    mkdirSync(join(raw, 'inner'), { recursive: true })
    writeFileSync(join(raw, 'inner', 'wide.csv'), `a,b\n${Array.from({ length: 400_000 }, (_, i) => `${i},x`).join('\n')}\n`)
    spawnSync('tar', ['-czf', join(raw, 'wide.tar.gz'), '-C', join(raw, 'inner'), 'wide.csv'])
    rmSync(join(raw, 'inner'), { recursive: true })
    const full = build(raw, join(disk, 'out-packed'))
    expect(full.status, full.stdout).toBe(1)
    expect(full.stderr).toMatch(/ENOSPC/)
  }, 60_000)

  it('leaves what was there before', async () => {
    const disk = smallDisk()
    if (disk === undefined) return
    await writeAtomic(join(disk, 'kept'), 'before')
    await expect(writeAtomic(join(disk, 'kept'), Buffer.alloc(80 << 20))).rejects.toMatchObject({ problem: { code: 'store/disk-full' } })
    expect(readdirSync(disk).filter((name) => name.startsWith('kept'))).toEqual(['kept'])
  })
})
