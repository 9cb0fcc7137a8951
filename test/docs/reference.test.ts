import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { referenceEntries, referencePage } from '../../src/cli/reference.ts'
import { REFERENCE_KINDS } from '../../src/cli/reference-kinds.ts'

describe('docs/reference', () => {
  it.each(REFERENCE_KINDS)('%s.md is what the definitions give (npm run reference)', async (kind) => {
    const entries = await referenceEntries(kind)
    expect(entries.length).toBeGreaterThanOrEqual(6)
    for (const { title, doc } of entries) for (const text of [title.zh, title.en, doc.zh, doc.en]) expect(text.trim()).not.toBe('')
    expect(readFileSync(`docs/reference/${kind}.md`, 'utf8')).toBe(referencePage(kind, entries))
  })

  it('has at least 45 operators over four modalities', async () => {
    const entries = await referenceEntries('operators')
    expect(entries.length).toBeGreaterThanOrEqual(45)
    expect(new Set(entries.map((entry) => entry.id.split('/')[0]))).toEqual(new Set(['image', 'series', 'table', 'text']))
  })
})
