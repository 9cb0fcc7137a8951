import { z } from 'zod'
import type { ByteSource } from '../../base/store/index.ts'
import { extensionOf } from '../file-place.ts'
import { defineFormat, type RawBatch } from '../format.ts'
import { frontMatterWrong } from '../problems.ts'
import { brokenFile, oneRecord } from '../single-record.ts'
import { detectEncoding } from '../text-encoding.ts'
import { structureOf } from '../text-structure.ts'
import { wholeText } from '../whole-text.ts'

const parameters = z.object({ encoding: z.string().default('utf-8') })

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'Markdown', en: 'Markdown' },
  doc: {
    zh: '一个文件一条记录：标题、正文（保留 Markdown 标记），YAML 头部的各项成列。',
    en: 'One record a file: title, text (with its marks), and a column for each entry of a YAML front matter.',
  },
  source: 'CommonMark 0.31',
  extensions: ['md', 'markdown', 'mdx'],
  parameters,
  modality: 'text',
  sniff: (head, path) => (['md', 'markdown', 'mdx'].includes(extensionOf(path)) && structureOf(head) ? 0.8 : 0),
  detect: async (source) => ({ encoding: await detectEncoding(source) }),
  read,
})

/** YAML between two lines of three hyphens at the start. */
const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/

async function* read(source: ByteSource, { encoding }: z.output<typeof parameters>): AsyncIterable<RawBatch> {
  const whole = await wholeText(source, encoding)
  const front = FRONT_MATTER.exec(whole)
  const text = (front ? whole.slice(front[0].length) : whole).trim()
  const entries = front ? await frontMatter(front[1] as string) : {}
  if (entries === undefined) yield brokenFile(frontMatterWrong({ at: source.path }))
  else yield oneRecord({ title: headingOf(text), ...entries, text })
}

async function frontMatter(yaml: string): Promise<Record<string, unknown> | undefined> {
  const { parse } = await import('yaml')
  try {
    const value: unknown = parse(yaml, { maxAliasCount: 100, logLevel: 'error' })
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    // The library quotes the text in its message, and a release must not repeat what may be private.
    return undefined
  }
}

/** The first heading outside of fenced code: `# Title`, or a line underlined with `=`. */
function headingOf(text: string): string | null {
  let isCode = false
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) isCode = !isCode
    if (isCode) continue
    const heading = /^ {0,3}#{1,6}[ \t]+(\S.*)$/.exec(line)?.[1]
    if (heading !== undefined) return heading.replace(/[ \t]+#+[ \t]*$/, '').trim()
    if (line.trim() !== '' && /^ {0,3}=+[ \t]*$/.test(lines[index + 1] ?? '')) return line.trim()
  }
  return null
}
