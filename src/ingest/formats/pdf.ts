import type { PDFDocumentProxy, PDFPageProxy } from 'unpdf/pdfjs'
import { z } from 'zod'
import { ProblemError } from '../../base/problem/index.ts'
import { type ByteSource, readAll } from '../../base/store/index.ts'
import { defineFormat, type RawBatch } from '../format.ts'
import { asciiAt } from '../magic-bytes.ts'
import { fileEncrypted, fileTruncated, pageWithoutText, recordTooLarge } from '../problems.ts'
import { tidyLines } from '../readable-lines.ts'
import { RecordBatches } from '../record-batches.ts'

/** Bytes of a document, which is held in memory. */
const MAX_PDF_BYTES = 512 << 20
/** No printed work is longer; a damaged count of pages may be. */
const MAX_PAGES = 100_000
/** Bytes before the header that Acrobat too passes over. */
const JUNK_BYTES = 1024

const parameters = z.object({})

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'PDF', en: 'PDF' },
  doc: {
    zh: '每页一条记录：文档标题、页码、文字。没有文字层的扫描页报告为不可读并说明原因。',
    en: 'One record a page: title of the document, page, text. Scanned pages without a layer of text are reported with their reason.',
  },
  source: 'ISO 32000-2:2020',
  extensions: ['pdf'],
  parameters,
  modality: 'text',
  sniff: (head) => (asciiAt(head, 0, 5) === '%PDF-' ? 1 : asciiAt(head, 0, JUNK_BYTES).includes('%PDF-1.') ? 0.8 : 0),
  detect: async () => ({}),
  read,
})

async function* read(source: ByteSource): AsyncIterable<RawBatch> {
  const at = source.path
  if (source.size > MAX_PDF_BYTES) throw new ProblemError(recordTooLarge({ at, found: source.size, expected: MAX_PDF_BYTES }))
  const document = await openDocument(source)
  const records = new RecordBatches(at, 'page')
  try {
    const title = await titleOf(document)
    for (let page = 1; page <= Math.min(document.numPages, MAX_PAGES); page++) {
      const content = await pageContent(document, page)
      if (content.kind === 'text') records.add({ title, page, text: content.text }, page, content.text.length)
      else if (content.kind === 'damaged') records.reject(page, fileTruncated({ at: `${at}, page ${page}`, found: content.reason }))
      else records.reject(page, pageWithoutText({ at: `${at}, page ${page}`, found: content.nImages }))
      yield* records.take()
    }
  } finally {
    await document.destroy()
  }
  yield* records.takeLast()
}

async function openDocument(source: ByteSource): Promise<PDFDocumentProxy> {
  const { getDocumentProxy } = await import('unpdf')
  try {
    // The library takes the buffer over, so that it gets bytes of its own; verbosity 0 keeps it from writing to the console.
    return await getDocumentProxy(Uint8Array.from(await readAll(source)), { verbosity: 0 })
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException'
    const problem = isLocked ? fileEncrypted({ at: source.path }) : fileTruncated({ at: source.path, found: reasonOf(error) })
    throw new ProblemError(problem)
  }
}

async function titleOf(document: PDFDocumentProxy): Promise<string | null> {
  try {
    const { info } = await document.getMetadata()
    const title: unknown = (info as Record<string, unknown>)['Title']
    return typeof title === 'string' && title.trim() !== '' ? title.trim() : null
  } catch {
    return null
  }
}

type PageContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'empty'; readonly nImages: number }
  | { readonly kind: 'damaged'; readonly reason: string }

async function pageContent(document: PDFDocumentProxy, number: number): Promise<PageContent> {
  try {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    const text = tidyLines(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''))
    const content: PageContent = text !== '' ? { kind: 'text', text } : { kind: 'empty', nImages: await imagesOf(page) }
    page.cleanup()
    return content
  } catch (error) {
    return { kind: 'damaged', reason: reasonOf(error) }
  }
}

async function imagesOf(page: PDFPageProxy): Promise<number> {
  const { OPS } = await import('unpdf/pdfjs')
  const { fnArray } = await page.getOperatorList()
  const paints: ReadonlySet<number> = new Set([OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject])
  return fnArray.filter((operation) => paints.has(operation)).length
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200)
