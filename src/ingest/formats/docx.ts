import { z } from 'zod'
import { ProblemError } from '../../base/problem/index.ts'
import { type ByteSource, readAll } from '../../base/store/index.ts'
import { extensionOf } from '../file-place.ts'
import { defineFormat, MAX_RECORD_BYTES, type RawBatch } from '../format.ts'
import { startsWith } from '../magic-bytes.ts'
import { COMPOUND_FILE, holdsFolder, officeParts } from '../office-parts.ts'
import { fileEmpty, fileTruncated, recordTooLarge } from '../problems.ts'
import { type DomNode, readableLines } from '../readable-lines.ts'
import { oneRecord } from '../single-record.ts'

const parameters = z.object({})

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'Word 文档（DOCX）', en: 'Word document (DOCX)' },
  doc: {
    zh: '一个文件一条记录：标题与正文，标题和段落各占一行，表格单元格以制表符分隔。',
    en: 'One record a file: title and text, a line for each heading and paragraph, cells of tables apart by tabs.',
  },
  source: 'ISO/IEC 29500-1:2016 (WordprocessingML)',
  extensions: ['docx', 'docm'],
  parameters,
  modality: 'text',
  sniff: (head, path) => {
    const isNamed = ['docx', 'docm'].includes(extensionOf(path))
    if (holdsFolder(head, 'word/')) return 0.97
    return isNamed && (startsWith(head, [0x50, 0x4b]) || startsWith(head, COMPOUND_FILE)) ? 0.9 : 0
  },
  detect: async () => ({}),
  read,
})

async function* read(source: ByteSource): AsyncIterable<RawBatch> {
  const at = source.path
  await checkParts(source)
  const { default: mammoth } = await import('mammoth')
  const { parseHTML } = await import('linkedom')
  let html: string
  try {
    const convertImage = mammoth.images.imgElement(async () => ({ src: '' }))
    html = (await mammoth.convertToHtml({ buffer: Buffer.from(await readAll(source)) }, { convertImage })).value
  } catch (error) {
    // mammoth throws plain errors on whatever it does not expect inside the zip.
    throw new ProblemError(fileTruncated({ at, found: error instanceof Error ? error.message.slice(0, 200) : String(error) }))
  }
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`)
  const page = document as unknown as { readonly body: DomNode; querySelector(selector: string): { readonly textContent: string } | null }
  const text = readableLines(page.body)
  if (text === '') throw new ProblemError(fileEmpty({ at }))
  yield oneRecord({ title: page.querySelector('h1, h2, h3')?.textContent.trim() || null, text })
}

/** Unpacks every part that mammoth will read once, so that a bomb is met by the limits and not by its memory. */
async function checkParts(source: ByteSource): Promise<void> {
  const parts = await officeParts(source)
  for (const name of parts.names.filter((part) => part.endsWith('.xml') || part.endsWith('.rels'))) {
    let nBytes = 0
    for await (const piece of parts.stream(name)) {
      nBytes += piece.length
      if (nBytes > MAX_RECORD_BYTES) {
        throw new ProblemError(recordTooLarge({ at: `${source.path}!/${name}`, found: nBytes, expected: MAX_RECORD_BYTES }))
      }
    }
  }
}
