import type { TextEncoding } from './text-encoding.ts'

/**
 * Where characters of a file's text lie in its bytes. Holds the last two pieces: places in earlier ones are exact where the text before them
 * is ASCII or UTF-16, and at most one piece off elsewhere.
 */
export class BytePlaces {
  nCharacters = 0
  private readonly encoding: TextEncoding
  private nBytes: number
  private pieces: { readonly text: string; readonly character: number; readonly byte: number }[] = []

  constructor(encoding: TextEncoding, hasMark: boolean) {
    this.encoding = encoding
    this.nBytes = hasMark ? (encoding === 'utf-8' ? 3 : 2) : 0
  }

  add(text: string): void {
    this.pieces = [...this.pieces.slice(-1), { text, character: this.nCharacters, byte: this.nBytes }]
    this.nCharacters += text.length
    this.nBytes += this.bytesOf(text)
  }

  /** 0-based byte of a character. */
  byteOf(character: number): number {
    const piece = this.pieces.findLast((candidate) => candidate.character <= character)
    if (!piece) return character
    return piece.byte + this.bytesOf(piece.text.slice(0, character - piece.character))
  }

  private bytesOf(text: string): number {
    return this.encoding.startsWith('utf-16') ? 2 * text.length : Buffer.byteLength(text, 'utf8')
  }
}
