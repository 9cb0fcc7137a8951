import type { ByteSource } from '../base/store/index.ts'
import type { TextEncoding } from './text-encoding.ts'
import { textPieces } from './text-pieces.ts'

/** One block of a SubRip file: a number, times, lines of text. */
export interface Cue {
  /** 1-based line on which it begins. */
  readonly line: number
  /** Number that the file gives it; null when its first line is none. */
  readonly number: number | null
  /** Seconds from the start of the video; null in logs without times. */
  readonly start: number | null
  readonly end: number | null
  /** The lines below the times, joined by line feeds. */
  readonly body: string
  /** Does the file end with it? */
  readonly isLast: boolean
}

/** Characters past which a block is no cue: the longest of DJI's logs has 400, subtitles are two lines. */
export const MAX_CUE_CHARACTERS = 16 << 10

/** A block of more than MAX_CUE_CHARACTERS, of which nothing is kept. */
export interface OverlongCue {
  readonly line: number
  readonly characters: number
}

const INDEX = /^\d{1,9}$/
const TIMES = /^(\d{1,3}):(\d\d):(\d\d)[,.](\d{1,3}) {0,4}--> {0,4}(\d{1,3}):(\d\d):(\d\d)[,.](\d{1,3})/

/**
 * Streams the cues of a SubRip file in constant memory. A cue ends at an empty line, or where a number with times
 * below it begins the next one (some logs leave the empty line out).
 */
export async function* readCues(source: ByteSource, encoding: TextEncoding): AsyncGenerator<Cue | OverlongCue> {
  // One cue is held back, so that the last one is known as such.
  let held: Cue | OverlongCue | undefined
  for await (const block of blocks(source, encoding)) {
    if (held) yield held
    held = cueOf(block)
  }
  if (held) yield 'characters' in held ? held : { ...held, isLast: true }
}

async function* blocks(source: ByteSource, encoding: TextEncoding): AsyncGenerator<Block> {
  let block = emptyBlock()
  for await (const { text, line } of numberedLines(source, encoding)) {
    if (text === '') {
      if (block.characters > 0) yield block
      block = emptyBlock()
      continue
    }
    if (text.includes('-->') && block.lines.length > 1 && INDEX.test(block.lines.at(-1) ?? '')) {
      const index = block.lines.pop() as string
      yield block
      block = emptyBlock()
      addLine(block, index, line - 1)
    }
    addLine(block, text, line)
  }
  if (block.characters > 0) yield block
}

interface Block {
  readonly lines: string[]
  characters: number
  line: number
}

const emptyBlock = (): Block => ({ lines: [], characters: 0, line: 0 })

function addLine(block: Block, text: string, line: number): void {
  if (block.characters === 0) block.line = line
  block.characters += text.length
  if (block.characters <= MAX_CUE_CHARACTERS) block.lines.push(text)
  else block.lines.length = 0
}

function cueOf({ lines, characters, line }: Block): Cue | OverlongCue {
  if (characters > MAX_CUE_CHARACTERS) return { line, characters }
  const hasIndex = INDEX.test(lines[0] ?? '')
  const times = TIMES.exec(lines[hasIndex ? 1 : 0] ?? '')
  const above = (hasIndex ? 1 : 0) + (times ? 1 : 0)
  return {
    line,
    number: hasIndex ? Number(lines[0]) : null,
    start: times ? seconds(times, 1) : null,
    end: times ? seconds(times, 5) : null,
    body: lines.slice(above).join('\n'),
    isLast: false,
  }
}

function seconds(times: RegExpExecArray, from: number): number {
  const [hours, minutes, whole, fraction] = [0, 1, 2, 3].map((i) => times[from + i] as string) as [string, string, string, string]
  const thousandths = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(whole)) * 1000 + Number(fraction.padEnd(3, '0'))
  return thousandths / 1000
}

interface NumberedLine {
  readonly text: string
  readonly line: number
}

async function* numberedLines(source: ByteSource, encoding: TextEncoding): AsyncGenerator<NumberedLine> {
  let line = 0
  for await (const piece of textPieces(source, { encoding })) {
    if (piece.overlongBytes > 0) {
      yield { text: ' '.repeat(MAX_CUE_CHARACTERS + 1), line: ++line }
      continue
    }
    for (let start = 0; start < piece.text.length; ) {
      const at = piece.text.indexOf('\n', start)
      const end = at === -1 ? piece.text.length : at
      yield { text: piece.text.slice(start, end).trim(), line: ++line }
      start = end + 1
    }
  }
}
