import { z } from 'zod'
import { ProblemError } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { extensionOf } from '../file-place.ts'
import { defineFormat, type RawBatch } from '../format.ts'
import { fileEmpty, recordTooLarge } from '../problems.ts'
import { type DomNode, readableLines } from '../readable-lines.ts'
import { oneRecord } from '../single-record.ts'
import { byteOrderMark, detectEncoding } from '../text-encoding.ts'
import { structureOf } from '../text-structure.ts'
import { wholeText } from '../whole-text.ts'

/** Bytes of a page: the document is built in memory, at some twenty times its size. */
const MAX_HTML_BYTES = 16 << 20
/** Elements past which the search for the main text, which looks at them several times, is left out. */
const MAX_ELEMENTS = 50_000
/** Share of the page's text that the main text must have to count as it: pages of tables have no article. */
const MAIN_SHARE = 0.3

/** Share of the text in links above which a page has menus. */
const LINK_SHARE = 0.2

const parameters = z.object({ encoding: z.string().default('utf-8') })

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: '网页（HTML）', en: 'Web page (HTML)' },
  doc: {
    zh: '一个页面一条记录：标题与正文（去掉导航、脚本；标题和段落各占一行）。',
    en: 'One record a page: title and main text without navigation and scripts, a line for each heading and paragraph.',
  },
  source: 'WHATWG HTML; Mozilla Readability',
  extensions: ['html', 'htm', 'xhtml'],
  parameters,
  modality: 'text',
  sniff,
  detect: async (source) => ({ encoding: await htmlEncoding(source) }),
  read,
})

function sniff(head: Uint8Array, path: string): number {
  const text = structureOf(head)?.text.slice(0, 4096).trimStart() ?? ''
  const isNamed = ['html', 'htm', 'xhtml'].includes(extensionOf(path))
  if (/^<!doctype html|^<html[\s>]/i.test(text)) return 0.92
  if (/^<(?:\?xml|!--)/.test(text) && /<html[\s>]/i.test(text)) return 0.92
  return isNamed && /<[a-z]/i.test(text) ? 0.8 : isNamed && text !== '' ? 0.4 : 0
}

/** A byte order mark, else what `<meta charset>` declares, else what the bytes say. */
async function htmlEncoding(source: ByteSource): Promise<string> {
  const head = await source.read(0, 4096)
  const declared = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(Buffer.from(head).toString('latin1'))?.[1]
  const detected = byteOrderMark(head) ?? (await detectEncoding(source))
  // Pages that are sound UTF-8 are UTF-8, whatever they declare; others are often declared rightly.
  if (declared === undefined || detected.startsWith('utf-16') || byteOrderMark(head)) return detected
  try {
    const encoding = new TextDecoder(declared).encoding
    return detected === 'utf-8' || encoding === 'utf-8' ? detected : encoding
  } catch {
    return detected
  }
}

async function* read(source: ByteSource, { encoding }: z.output<typeof parameters>): AsyncIterable<RawBatch> {
  const at = source.path
  if (source.size > MAX_HTML_BYTES) throw new ProblemError(recordTooLarge({ at, found: source.size, expected: MAX_HTML_BYTES }))
  const html = await wholeText(source, encoding)
  const { parseHTML } = await import('linkedom')
  const asPage = (text: string): Page => parseHTML(text).document as unknown as Page
  const wrapped = `<!doctype html><html><body>${html}</body></html>`
  let page = asPage(/<body[\s>]/i.test(html) ? html : wrapped)
  // A tag that is never closed gives linkedom no document at all, whose title then throws.
  if (!page.documentElement) page = asPage(wrapped)
  const title = page.title.trim() || page.querySelector('h1')?.textContent?.trim() || null
  const whole = page.body ? readableLines(page.body) : ''
  const main = hasFurniture(page, whole.length) ? await mainText(page) : undefined
  const text = main !== undefined && main.length >= MAIN_SHARE * whole.length ? main : whole
  if (text === '') throw new ProblemError(fileEmpty({ at }))
  yield oneRecord({ title: title?.replace(/\s+/g, ' ') ?? null, text })
}

/** The part of a document that is used here. */
interface Page {
  readonly documentElement: object | null
  readonly title: string
  readonly body: DomNode | null
  querySelector(selector: string): { readonly textContent: string | null } | null
  querySelectorAll(selector: string): Iterable<{ readonly textContent: string | null }>
}

/** Has the page parts for finding one's way? Without them all of it is main text, and Readability would drop tables. */
function hasFurniture(page: Page, nCharacters: number): boolean {
  if (page.querySelector('nav, aside, footer, header, [role="navigation"]')) return true
  let inLinks = 0
  for (const link of page.querySelectorAll('a[href]')) inLinks += link.textContent?.length ?? 0
  return inLinks > LINK_SHARE * nCharacters
}

/** The main text; undefined where there is none or the page is too large to look for it. Changes the document. */
async function mainText(page: Page): Promise<string | undefined> {
  const { Readability } = await import('@mozilla/readability')
  try {
    const options = { maxElemsToParse: MAX_ELEMENTS, serializer: (node: unknown) => node as DomNode }
    const article = new Readability<DomNode>(page as unknown as ConstructorParameters<typeof Readability>[0], options).parse()
    return article?.content ? readableLines(article.content) : undefined
  } catch {
    // Readability throws plain errors: past its limit of elements, and on documents that linkedom builds otherwise than browsers do.
    return undefined
  }
}
