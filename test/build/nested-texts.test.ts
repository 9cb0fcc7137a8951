import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { build, explain, verifyRelease } from '../../src/index.ts'
import { exportText } from './export-text.ts'

const work = mkdtempSync(join(tmpdir(), 'nested-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const CODE = '```python\nif ready:\n    start()\n```'
/** Words that no two of these texts share much of. */
const wordsOf = (seed: number): string => Array.from({ length: 40 }, (_, i) => `w${(seed * 7919 + i * i * 31) % 9973}`).join(' ')
const phoneOf = (i: number): string => `138${String(40_120_357 + i * 7_919).padStart(8, '0')}`

function chatOf(i: number, ending = '', image = `frame-${i}.png`): unknown {
  return {
    messages: [
      { role: 'user', content: `怎样处理${i}？我的电话\n${phoneOf(i)}，邮箱 user${i}@example.com` },
      { role: 'assistant', content: `\u0007请先停机。\n${CODE}\n${wordsOf(i)}${ending}` },
      { role: 'user', content: [{ type: 'image_url', image_url: { url: image } }] },
    ],
    meta: { user: { email: `a${i}@corp.cn`, phone: Number(phoneOf(i)) } },
  }
}

describe('chats of a bare folder', () => {
  it('are released without identifiers however deep they stand, code as it was, and near duplicates once', async () => {
    mkdirSync(join(work, 'chats'))
    const chats = [
      ...Array.from({ length: 20 }, (_, i) => chatOf(i)),
      chatOf(3, ' end'),
      // The same words about another image are another record.
      chatOf(5, '', 'other.png'),
    ]
    writeFileSync(join(work, 'chats', 'chats.jsonl'), chats.map((chat) => JSON.stringify(chat)).join('\n'))
    const built = await build({ input: join(work, 'chats'), out: join(work, 'out'), threads: 1 })
    if (!built.ok) throw new Error(built.problem.message.en)
    const { folder, manifest } = built.value
    expect(manifest.tables[0]?.modality).toBe('text')
    expect(manifest.counts).toMatchObject({ in: 22, out: 21, merged: 1, quarantined: 0 })
    const rows = await exportText(folder)
    const released = JSON.stringify(rows)
    expect(released).not.toMatch(/1384\d{7}|@example\.com|@corp\.cn|\\u0007/)
    const first = rows[0] as { id: string; messages: { role: string; content: string }[]; meta: unknown }
    expect(first.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
    expect(first.messages[0]?.content).toContain('我的电话\n<PHONE>，邮箱 <EMAIL>')
    expect(first.messages[1]?.content).toContain(CODE)
    expect(first.meta).toEqual({ user: { email: '<EMAIL>', phone: '<PHONE>' } })
    const told = await explain(folder, first.id)
    expect(told.ok && told.value.changedBy).toEqual(['text/strip-control', 'text/mask-identifiers'])
    const verified = await verifyRelease({ folder })
    expect(verified.ok && verified.value.holds).toBe(true)
  }, 60_000)
})
