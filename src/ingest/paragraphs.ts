/** Characters of one record of a long text. */
export const BLOCK_CHARACTERS = 8000
/** A block without any blank line is cut at a line end from here on. */
const LONGEST_BLOCK = 4 * BLOCK_CHARACTERS

export interface Block {
  readonly text: string
  /** 1-based number of its first line. */
  readonly line: number
}

/** Gathers lines into blocks of about BLOCK_CHARACTERS that end at blank lines. */
export class BlockGatherer {
  private lines: string[] = []
  private firstLine = 1
  private nCharacters = 0
  private line = 0

  /** Takes the next line; @returns the block that ends before it, if one does */
  add(line: string): Block | undefined {
    this.line++
    const isBlank = line.trim() === ''
    const isFull = (isBlank && this.nCharacters >= BLOCK_CHARACTERS) || this.nCharacters + line.length > LONGEST_BLOCK
    const done = isFull ? this.end() : undefined
    if (this.lines.length === 0) {
      if (isBlank) return done
      this.firstLine = this.line
    }
    this.lines.push(line)
    this.nCharacters += line.length + 1
    return done
  }

  /** The block of the lines so far. */
  end(): Block | undefined {
    const text = this.lines.join('\n').trimEnd()
    this.lines = []
    this.nCharacters = 0
    return text === '' ? undefined : { text, line: this.firstLine }
  }
}

/** A short first line that a blank line follows. */
export function titleOf(text: string): string | null {
  const [first = '', second] = text.trimStart().split('\n', 2)
  const isTitle = first.length <= 120 && (second === undefined || second.trim() === '') && /\p{L}/u.test(first)
  return isTitle && text.trim() !== first.trim() ? first.trim() : null
}
