import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { width } from '../../src/cli/print.ts'
import { contentsOf, emptyFolder, rawFolder } from './raw-folder.ts'

const temporary = emptyFolder()

function run(language: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli/main.js', ...words], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: temporary, HIGHGRADE_LANG: language },
  })
  return { status, stdout, stderr }
}

const folder = rawFolder({
  '设备/记录.csv': `时间,温度,状态\n${Array.from({ length: 30 }, (_, i) => `2024-01-01 00:${String(i).padStart(2, '0')},${20 + i / 10},${i % 2 ? '运行' : '停机'}`).join('\n')}\n`,
  'more.jsonl.gz': gzipSync('{"a":1}\n{"a":2}\n'),
  'junk.bin': Uint8Array.of(0, 255, 3, 0, 254, 1, 0, 9),
})

describe('highgrade inspect', () => {
  it('prints one JSON object, writes a page where asked, and leaves nothing else behind', () => {
    const before = contentsOf(folder)
    const page = join(emptyFolder(), 'deep/page.html')
    const { status, stdout } = run('en', 'inspect', folder, '--json', '--html', page, '--threads', '1')
    expect(status).toBe(0)
    const inspection = JSON.parse(stdout)
    expect(inspection.tables.map((table: { name: string }) => table.name)).toEqual(['more', '记录'])
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
    expect(contentsOf(folder)).toEqual(before)
    expect(readdirSync(temporary)).toEqual([])
  })

  it('aligns its columns with Han in them, in either language', () => {
    for (const [language, head] of [
      ['zh', '字段'],
      ['en', 'field'],
    ] as const) {
      const { status, stdout } = run(language, 'inspect', folder)
      expect(status).toBe(0)
      const lines = stdout.split('\n')
      const from = lines.findIndex((line) => line.includes('记录  '))
      const title = lines.findIndex((line, at) => at > from && line.trimStart().startsWith(head))
      const typeAt = (line: string, type: string): number => width(line.slice(0, line.indexOf(type)))
      const column = typeAt(lines[title] as string, language === 'zh' ? '类型' : 'type')
      expect(typeAt(lines[title + 1] as string, 'timestamp')).toBe(column)
      expect(typeAt(lines[title + 2] as string, 'number')).toBe(column)
      expect(typeAt(lines[title + 3] as string, 'category')).toBe(column)
      expect(stdout).toContain(language === 'zh' ? '拒收 1 个文件' : '1 file refused')
    }
  })

  it('fails with a problem, and leaves no folder behind', () => {
    const { status, stdout, stderr } = run('en', 'inspect', join(folder, 'none'))
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('[build/input-not-found]')
    expect(readdirSync(temporary)).toEqual([])
  })
})

describe('highgrade init', () => {
  it('writes once, then only when forced', () => {
    const file = join(folder, 'highgrade.yaml')
    const first = run('zh', 'init', folder)
    expect(first.status).toBe(0)
    expect(first.stdout).toContain(`highgrade build ${file}`)
    expect(existsSync(file)).toBe(true)
    const second = run('zh', 'init', folder)
    expect(second.status).toBe(1)
    expect(second.stderr).toContain('[init/recipe-exists]')
    expect(run('zh', 'init', folder, '--force', '--json').status).toBe(0)
    expect(readdirSync(temporary)).toEqual([])
  })
})
