import { z } from 'zod'
import type { Problem } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { extensionOf } from '../file-place.ts'
import { defineFormat, MAX_RECORD_BYTES, type RawBatch } from '../format.ts'
import { type Block, BlockGatherer, titleOf } from '../paragraphs.ts'
import { recordTooLarge, textHoldsNul, textUndecodable } from '../problems.ts'
import { RecordBatches } from '../record-batches.ts'
import { detectEncoding } from '../text-encoding.ts'
import { decodeLines, soundness, type TextPiece, textPieces } from '../text-pieces.ts'
import { structureOf } from '../text-structure.ts'

const SAMPLE_BYTES = 512 << 10
/** Lines from which on a file can be a list of short texts. */
const LIST_LINES = 20

const parameters = z.object({
  encoding: z.string().default('utf-8'),
  lineEnd: z.enum(['lf', 'cr']).default('lf'),
  mode: z.enum(['lines', 'document']).default('document'),
})
type Parameters = z.output<typeof parameters>

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: '纯文本', en: 'Plain text' },
  doc: {
    zh: '每行一条短文本的文件逐行成记录；文章整篇成一条记录，较长的在空行处分块（约 8,000 字符）。',
    en: 'Lists of short texts give a record a line; documents are one record, long ones in blocks of about 8,000 characters cut at blank lines.',
  },
  source: 'RFC 2046 section 4.1',
  extensions: ['txt', 'text', 'log'],
  parameters,
  modality: 'text',
  sniff: (head, path) => {
    const extension = extensionOf(path)
    if (!['txt', 'text', 'log', ''].includes(extension) || !structureOf(head)) return 0
    return extension === '' ? 0.3 : 0.4
  },
  detect,
  read,
})

async function detect(source: ByteSource): Promise<Parameters> {
  const encoding = await detectEncoding(source)
  const head = await source.read(0, SAMPLE_BYTES)
  const { text } = decodeLines(head, encoding)
  const lineEnd = text.includes('\n') || !text.includes('\r') ? 'lf' : 'cr'
  const lines = text.split(lineEnd === 'cr' ? '\r' : /\r?\n/)
  if (head.length < source.size) lines.pop()
  return { encoding, lineEnd, mode: isList(lines) ? 'lines' : 'document' }
}

/** Many lines that stand alone: hardly any blank or indented ones, none very long, and not the lines of wrapped paragraphs. */
function isList(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '')
  if (filled.length < LIST_LINES || filled.length < 0.9 * (lines.length - 1)) return false
  const indented = filled.filter((line) => /^[ \t\u3000]/.test(line)).length
  const lengths = filled.map((line) => line.length).sort((a, b) => a - b)
  const quantile = (share: number): number => lengths[Math.floor(share * (lengths.length - 1))] as number
  if (indented > 0.1 * filled.length || quantile(0.5) > 500 || quantile(0.95) > 5000) return false
  const wrapped = filled.filter((line) => line.length >= 0.85 * quantile(0.9) && /[\p{L}\p{N},，、;；-]$/u.test(line)).length
  const isTight = quantile(0.9) <= 1.2 * quantile(0.5) && quantile(0.5) >= 40
  return !(isTight && wrapped > 0.4 * filled.length)
}

async function* read(source: ByteSource, { encoding, lineEnd, mode }: Parameters): AsyncIterable<RawBatch> {
  const records = new RecordBatches(source.path, 'line')
  const taker = mode === 'lines' ? listOf(records) : documentOf(records)
  let nLines = 0
  for await (const piece of textPieces(source, { encoding, lineEnd })) {
    if (piece.overlongBytes > 0) {
      const at = `${source.path}, line ${++nLines}`
      taker.unfit(nLines, recordTooLarge({ at, found: piece.overlongBytes, expected: MAX_RECORD_BYTES }))
    }
    for (const line of linesOf(piece, lineEnd)) {
      nLines++
      const fit = piece.isSuspect ? fitLine(line, `${source.path}, line ${nLines}`, encoding) : line
      if (typeof fit === 'string') taker.line(fit, nLines)
      else taker.unfit(nLines, fit)
    }
    yield* records.take()
  }
  taker.end()
  yield* records.takeLast()
}

function linesOf({ text }: TextPiece, lineEnd: 'lf' | 'cr'): string[] {
  if (text === '') return []
  const lines = text.split(lineEnd === 'cr' ? '\r' : /\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** The line without padding, or what makes it unfit. */
function fitLine(line: string, at: string, encoding: string): string | Problem {
  const sound = soundness(line)
  if ('bytes' in sound) return textUndecodable({ at, found: sound.bytes, expected: encoding })
  return 'nuls' in sound ? textHoldsNul({ at, found: sound.nuls }) : sound.value
}

/** Takes the lines of a file one by one. */
interface LineTaker {
  readonly line: (text: string, line: number) => void
  readonly unfit: (line: number, problem: Problem) => void
  readonly end: () => void
}

const listOf = (records: RecordBatches): LineTaker => ({
  line: (text, line) => {
    if (text.trim() !== '') records.add({ text }, line, text.length)
  },
  unfit: (line, problem) => records.reject(line, problem),
  end: () => {},
})

/** One record, or one a block of a long text. A block with an unfit line is broken as a whole. */
function documentOf(records: RecordBatches): LineTaker {
  const gatherer = new BlockGatherer()
  let title: string | null | undefined
  let problem: Problem | undefined
  const give = (block: Block | undefined): void => {
    if (!block) return
    title ??= titleOf(block.text)
    if (problem) records.reject(block.line, problem)
    else records.add({ title, text: block.text }, block.line, block.text.length)
    problem = undefined
  }
  return {
    line: (text) => give(gatherer.add(text)),
    unfit: (_, found) => {
      give(gatherer.add('\ufffd'))
      problem ??= found
    },
    end: () => give(gatherer.end()),
  }
}
