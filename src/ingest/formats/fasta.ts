import { z } from 'zod'
import type { Problem } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { type FastaHeader, readFastaHeader } from '../fasta-header.ts'
import { extensionOf } from '../file-place.ts'
import { defineFormat, MAX_RECORD_BYTES, type RawBatch } from '../format.ts'
import { recordBroken, recordTooLarge, textHoldsNul, textUndecodable } from '../problems.ts'
import { RecordBatches } from '../record-batches.ts'
import { countLetters, gcShare, guessAlphabet, type LetterCounts, startCounts } from '../sequence-letters.ts'
import { soundness, textPieces } from '../text-pieces.ts'

const EXTENSIONS = ['fasta', 'fa', 'faa', 'fna', 'ffn', 'frn', 'fas', 'mpfa']

/** A name, then a line of letters only: a Markdown quotation or an e-mail reply also begins with `>`. */
const FIRST_RECORD = /^(?:\s|;[^\n]*\n){0,16}>[^\n]+\n[A-Za-z*.-]+[ \t\r]*(?:\n|$)/

function sniff(head: Uint8Array, path: string): number {
  const isNamed = EXTENSIONS.includes(extensionOf(path))
  const text = Buffer.from(head.subarray(0, 8 << 10)).toString('latin1')
  if (FIRST_RECORD.test(text)) return isNamed ? 0.95 : 0.6
  return isNamed ? 0.3 : 0
}

/** One record while its lines come in. */
interface Growing {
  readonly line: number
  readonly header: FastaHeader | undefined
  readonly headerText: string
  readonly lines: string[]
  readonly letters: LetterCounts
  size: number
}

const begin = (line: number, headerText: string): Growing => ({
  line,
  header: readFastaHeader(headerText),
  headerText,
  lines: [],
  letters: startCounts(),
  size: 0,
})

function grow(record: Growing, line: string): void {
  const letters = line.includes(' ') || line.includes('\t') ? line.replace(/[ \t]+/g, '') : line
  record.size += letters.length
  if (record.letters.illegal !== null) return
  if (record.size > MAX_RECORD_BYTES) record.lines.length = 0
  else {
    record.lines.push(letters)
    countLetters(letters, record.letters)
  }
}

function problemOf({ header, headerText, line, letters, size }: Growing, path: string): Problem | undefined {
  const at = `${path}, line ${line}`
  if (size > MAX_RECORD_BYTES) return recordTooLarge({ at, found: size, expected: MAX_RECORD_BYTES })
  const sound = soundness(headerText)
  if ('bytes' in sound) return textUndecodable({ at, found: sound.bytes, expected: 'UTF-8' })
  if ('nuls' in sound) return textHoldsNul({ at, found: sound.nuls })
  if (!header) {
    return recordBroken({
      at,
      found: headerText === '' ? 'a sequence without a name' : `>${headerText}`,
      expected: '>name, then the sequence',
    })
  }
  if (letters.illegal !== null) {
    return recordBroken({ at, found: `${JSON.stringify(letters.illegal)} in the sequence ${header.id}`, expected: 'letters, * or -' })
  }
  return size === 0 ? recordBroken({ at, found: `no sequence below ${header.id}`, expected: 'letters, * or -' }) : undefined
}

function recordOf({ letters, lines, header }: Growing): Readonly<Record<string, unknown>> {
  const sequence = lines.join('')
  const alphabet = guessAlphabet(letters)
  return { ...header, sequence, length: sequence.length, alphabet, gc_share: alphabet === 'protein' ? null : gcShare(letters) }
}

async function* read(source: ByteSource): AsyncGenerator<RawBatch> {
  const batches = new RecordBatches(source.path, 'line')
  for await (const growing of growingRecords(source)) {
    const problem = problemOf(growing, source.path)
    if (problem) batches.reject(growing.line, problem)
    else batches.add(recordOf(growing), growing.line, growing.size)
    yield* batches.take()
  }
  yield* batches.takeLast()
}

/** The records of a file, whole; those past the size limit with their size only. */
async function* growingRecords(source: ByteSource): AsyncGenerator<Growing> {
  let record: Growing | undefined
  for await (const { text, line, overlongBytes } of numberedLines(source)) {
    if (text.startsWith('>')) {
      if (record) yield record
      record = begin(line, text.slice(1).trim())
      continue
    }
    record ??= begin(line, '')
    record.size += overlongBytes
    grow(record, text)
  }
  if (record) yield record
}

interface NumberedLine {
  readonly text: string
  readonly line: number
  /** Above 0: a line of that many bytes stood here, too long to be read. */
  readonly overlongBytes: number
}

/** The lines that say something: neither empty nor a `;` comment. */
async function* numberedLines(source: ByteSource): AsyncGenerator<NumberedLine> {
  let line = 0
  for await (const { text, overlongBytes } of textPieces(source, { encoding: 'utf-8' })) {
    if (overlongBytes > 0) yield { text: '', line: ++line, overlongBytes }
    for (let start = 0; start < text.length; ) {
      const at = text.indexOf('\n', start)
      const end = at === -1 ? text.length : at
      const trimmed = text.slice(start, end).trim()
      line++
      start = end + 1
      if (trimmed !== '' && !trimmed.startsWith(';')) yield { text: trimmed, line, overlongBytes: 0 }
    }
  }
}

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'FASTA 序列', en: 'FASTA sequences' },
  doc: {
    zh: '每条序列一条记录：标识、来源库、描述、物种、序列、长度、推测的字母表，以及核酸的 GC 占比（0–1）。',
    en: 'One record a sequence: id, database, description, organism, sequence, length, the alphabet it seems to be in, and the GC share (0–1) of nucleic acids.',
  },
  source: 'Pearson & Lipman 1988; NCBI FASTA; IUPAC-IUB codes 1970, 1984',
  extensions: EXTENSIONS,
  modality: 'text',
  parameters: z.strictObject({}),
  sniff,
  detect: async () => ({}),
  read,
})
