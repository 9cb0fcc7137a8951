import type { SaxesParser } from 'saxes'
import type { Problem } from '../base/problem/index.ts'
import type { ByteSource } from '../base/store/index.ts'
import { MAX_RECORD_BYTES } from './format.ts'
import { MAX_DEPTH } from './json-walker.ts'
import { fileEmpty, fileTruncated, nestingTooDeep, recordTooLarge, xmlEntities, xmlWrong } from './problems.ts'
import { byteOrderMark, detectEncoding, type TextEncoding, utf16ByZeros } from './text-encoding.ts'
import { textPieces } from './text-pieces.ts'

/** What a walk through an XML document meets, in order. */
export interface XmlVisitor {
  /** @param position characters before the tag  @param line 1-based line of its end */
  readonly open: (name: string, attributes: Readonly<Record<string, string>>, position: number, line: number) => void
  readonly text: (text: string) => void
  readonly close: (position: number) => void
  /** A byte that the encoding does not have stands in the text or attribute that comes next. */
  readonly undecodable?: (byte: string) => void
}

/** The encoding of an XML file: a byte order mark, else the declaration, else what the bytes say. */
export async function xmlEncoding(source: ByteSource): Promise<TextEncoding> {
  const head = await source.read(0, 1024)
  const unicode = byteOrderMark(head) ?? utf16ByZeros(head)
  if (unicode) return unicode
  const declared = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(Buffer.from(head).toString('latin1'))?.[1]
  try {
    // A file that declares UTF-16 in ASCII bytes is not UTF-16.
    const encoding = declared === undefined ? 'utf-16le' : new TextDecoder(declared).encoding
    return encoding.startsWith('utf-16') ? await detectEncoding(source) : encoding
  } catch {
    return detectEncoding(source)
  }
}

/**
 * Walks through an XML document in constant memory; yields after each piece of the file, so that the caller can give on what is ready.
 * @returns what ended the walk early, if anything did
 */
export async function* walkXml(
  source: Pick<ByteSource, 'path' | 'size' | 'stream'>,
  encoding: TextEncoding,
  visitor: XmlVisitor,
): AsyncGenerator<void, Problem | undefined> {
  const { SaxesParser } = await import('saxes')
  const walk = new Walk(new SaxesParser({ xmlns: false }), source.path, visitor)
  for await (const { text, isSuspect, overlongBytes } of textPieces(source, { encoding, lineEnd: 'any' })) {
    walk.push(isSuspect ? markEscapes(text) : text, isSuspect)
    if (overlongBytes > 0) walk.tooLarge(overlongBytes)
    yield
    if (walk.problem) return walk.problem
  }
  return walk.end()
}

/** Undecodable bytes 0xNN, which the XML parser would stop at, as U+F7NN of the private use area. */
const markEscapes = (text: string): string => text.replace(/\p{Cs}/gu, (unit) => String.fromCharCode(0xf700 + (unit.charCodeAt(0) & 0xff)))

const MARKED = /[\uf780-\uf7ff]/

/** One walk: the parser, how deep it is, and what went wrong. */
class Walk {
  problem: Problem | undefined
  private readonly parser: SaxesParser
  private readonly path: string
  private depth = 0
  private hasRoot = false
  private hasStarted = false
  private blankLines = 0
  private lastEvent = 0
  private isSuspect = false

  constructor(parser: SaxesParser, path: string, visitor: XmlVisitor) {
    this.parser = parser
    this.path = path
    parser.on('error', () => this.fail(xmlWrong({ at: this.place })))
    parser.on('doctype', (doctype) => {
      // Entities may stand for gigabytes (billion laughs) or for files of this machine; none is ever expanded.
      if (/<!ENTITY/i.test(doctype)) this.fail(xmlEntities({ at: this.place }))
    })
    parser.on('opentag', ({ name, attributes }) => {
      this.depth++
      this.hasRoot = true
      this.lastEvent = parser.position
      if (this.depth > MAX_DEPTH) this.fail(nestingTooDeep({ at: this.place, expected: MAX_DEPTH }))
      if (this.problem) return
      if (this.isSuspect) for (const value of Object.values(attributes)) this.check(value as string, visitor)
      visitor.open(name, attributes as Record<string, string>, parser.position, this.line)
    })
    const takeText = (text: string): void => {
      if (this.depth === 0 || this.problem) return
      if (this.isSuspect) this.check(text, visitor)
      visitor.text(text)
    }
    parser.on('text', takeText)
    parser.on('cdata', takeText)
    parser.on('closetag', () => {
      this.depth--
      this.lastEvent = parser.position
      if (!this.problem) visitor.close(parser.position)
    })
  }

  push(text: string, isSuspect: boolean): void {
    if (isSuspect) this.isSuspect = true
    // Real exports have blank lines before the declaration, which XML does not allow.
    const piece = this.hasStarted ? text : text.trimStart()
    if (!this.hasStarted) this.blankLines += text.slice(0, text.length - piece.length).split('\n').length - 1
    if (piece === '') return
    this.hasStarted = true
    this.parser.write(piece)
    if (this.parser.position - this.lastEvent > MAX_RECORD_BYTES) this.tooLarge(this.parser.position - this.lastEvent)
  }

  tooLarge(nBytes: number): void {
    this.fail(recordTooLarge({ at: this.place, found: nBytes, expected: MAX_RECORD_BYTES }))
  }

  end(): Problem | undefined {
    if (!this.hasStarted) return fileEmpty({ at: this.path })
    if (!this.hasRoot) return xmlWrong({ at: this.path })
    if (this.depth > 0) return fileTruncated({ at: this.place, found: `</…> × ${this.depth}` })
    this.parser.close()
    return this.problem
  }

  private get line(): number {
    return this.parser.line + this.blankLines
  }

  private get place(): string {
    return `${this.path}, line ${this.line}`
  }

  private fail(problem: Problem): void {
    this.problem ??= problem
  }

  private check(text: string, visitor: XmlVisitor): void {
    const at = text.search(MARKED)
    if (at >= 0) visitor.undecodable?.((text.charCodeAt(at) & 0xff).toString(16))
  }
}
