import { ProblemError } from '../base/problem/index.ts'
import { type ByteSource, readAll } from '../base/store/index.ts'
import { MAX_RECORD_BYTES } from './format.ts'
import { fileEmpty, recordTooLarge, textHoldsNul, textUndecodable } from './problems.ts'
import { detectEncoding, type TextEncoding } from './text-encoding.ts'
import { decodeLines, soundness } from './text-pieces.ts'

/**
 * The text of a file that is one record, line ends as line feeds. Throws a ProblemError for a file that is empty, larger than a record may
 * be, holds NULs or is not in its encoding.
 */
export async function wholeText(source: ByteSource, encoding?: TextEncoding): Promise<string> {
  const at = source.path
  if (source.size > MAX_RECORD_BYTES) throw new ProblemError(recordTooLarge({ at, found: source.size, expected: MAX_RECORD_BYTES }))
  const used = encoding ?? (await detectEncoding(source))
  const { text, isSuspect } = decodeLines(await readAll(source), used)
  const sound = isSuspect ? soundness(text) : { value: text }
  if ('bytes' in sound) throw new ProblemError(textUndecodable({ at, found: sound.bytes, expected: used }))
  if ('nuls' in sound) throw new ProblemError(textHoldsNul({ at, found: sound.nuls }))
  const lines = sound.value.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  if (lines.trim() === '') throw new ProblemError(fileEmpty({ at }))
  return lines
}
