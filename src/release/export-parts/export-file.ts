import { streamAtomic, writeAtomic } from '../../base/store/index.ts'
import type { ExportFile } from '../export-form.ts'

/** Characters gathered before they are written: small writes cost a system call each. */
const PIECE_CHARACTERS = 1 << 18

/** A file from pieces of text, in UTF-8. */
export const textFile = (path: string, pieces: () => AsyncIterable<string>): ExportFile => ({
  path,
  write: (to) => streamAtomic(to, encoded(pieces())),
})

/** A small file from one text. */
export const wholeFile = (path: string, text: string): ExportFile => ({ path, write: (to) => writeAtomic(to, text) })

/** A file from bytes that are at hand. */
export const bytesFile = (path: string, bytes: Uint8Array): ExportFile => ({ path, write: (to) => writeAtomic(to, bytes) })

async function* encoded(pieces: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  let text = ''
  for await (const piece of pieces) {
    text += piece
    if (text.length < PIECE_CHARACTERS) continue
    yield Buffer.from(text, 'utf8')
    text = ''
  }
  if (text !== '') yield Buffer.from(text, 'utf8')
}

/** Lines with their ends, many in one text, but never so many that it fills memory. */
export function* joinLines(lines: readonly string[], end = '\n'): Iterable<string> {
  let text = ''
  for (const line of lines) {
    text += line + end
    if (text.length < PIECE_CHARACTERS) continue
    yield text
    text = ''
  }
  if (text !== '') yield text
}

/** One JSON array from its items, one a line. */
export async function* jsonArray(items: AsyncIterable<unknown>): AsyncIterable<string> {
  let isFirst = true
  for await (const item of items) {
    yield `${isFirst ? '[\n' : ',\n'}${JSON.stringify(item)}`
    isFirst = false
  }
  yield isFirst ? '[]' : '\n]'
}
