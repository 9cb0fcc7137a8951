/** What a walk through JSON text reports. Paths are keys joined by `/` after each; containers inside arrays have none. */
export interface JsonEvents {
  /** A value begins in the container at `path`. @param first its first character: `{`, `[`, `"` or that of a number or literal */
  readonly value?: (path: string, container: '{' | '[', first: string) => void
  /** An element of a wanted container is complete, for objects with its key: `"key": value`. @param start characters before it */
  readonly element?: (path: string, container: '{' | '[', text: string, start: number) => void
  /** An element larger than the limit was passed over. @param nCharacters how many were read when it was given up */
  readonly overlong?: (path: string, nCharacters: number) => void
}

/** Where and why JSON text cannot be walked on. */
export interface JsonFault {
  readonly kind: 'too deep' | 'bracket' | 'text after the end' | 'text before the start' | 'cut short'
  /** Characters before it. */
  readonly at: number
}

/** Nesting past this is an attack, or no data that people can use. */
export const MAX_DEPTH = 200

const QUOTE = 34
const COMMA = 44
const COLON = 58
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
const SPACE = 32
const IS_TOKEN = new Uint8Array(128)
for (const code of [QUOTE, COMMA, COLON, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE]) IS_TOKEN[code] = 1

interface Container {
  readonly kind: '{' | '['
  readonly path: string | undefined
  key: string
}

/**
 * Walks through JSON text that comes in pieces and cuts out the elements of wanted containers, in memory of one element. The text of the
 * elements is not checked, only that brackets match.
 */
export class JsonWalker {
  fault: JsonFault | undefined
  private readonly events: JsonEvents
  private readonly wanted: ReadonlySet<string>
  private readonly maxElement: number
  private readonly stack: Container[] = []
  private text = ''
  /** Characters before `text`. */
  private offset = 0
  private at = 0
  /** Depth of the wanted container that the walk is in; 0 outside. */
  private wantedDepth = 0
  private elementStart = 0
  private isDropped = false
  private stringStart = -1
  private lastString = ''
  private expectsValue = true
  private hasEnded = false

  constructor(wanted: readonly string[], maxElement: number, events: JsonEvents) {
    this.wanted = new Set(wanted)
    this.maxElement = maxElement
    this.events = events
  }

  push(piece: string): void {
    if (this.fault) return
    this.text += piece
    this.walk()
    this.forget()
  }

  end(): void {
    if (!this.fault && (!this.hasEnded || this.stringStart >= 0)) this.fail('cut short', this.text.length)
  }

  private walk(): void {
    while (this.at < this.text.length && !this.fault) {
      if (this.stringStart < 0) this.token(this.text.charCodeAt(this.at))
      else if (!this.closeString()) return
    }
  }

  private token(code: number): void {
    switch (code) {
      case QUOTE:
        this.beginValue(code)
        this.stringStart = this.at++
        break
      case OPEN_BRACE:
      case OPEN_BRACKET:
        this.open(code)
        break
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        this.close(code)
        break
      case COMMA:
        this.comma()
        break
      case COLON:
        this.colon()
        break
      default:
        if (code > SPACE) this.beginValue(code)
        this.at = this.pastPlain(this.at + 1)
    }
  }

  /** Where the next bracket, comma, colon or quotation mark is, or the first character of a value after blanks. */
  private pastPlain(from: number): number {
    const { text, expectsValue } = this
    let at = from
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (IS_TOKEN[code] === 1 || (expectsValue && code > SPACE)) break
    }
    return at
  }

  /** Looks for the end of the string that began at `stringStart`; false when it is not in the text yet. */
  private closeString(): boolean {
    const { text } = this
    for (;;) {
      const end = text.indexOf('"', this.at)
      if (end < 0) {
        this.at = text.length
        return false
      }
      let before = end - 1
      while (before > this.stringStart && text.charCodeAt(before) === BACKSLASH) before--
      this.at = end + 1
      if ((end - 1 - before) % 2 === 1) continue
      if (this.wantedDepth === 0) this.lastString = text.slice(this.stringStart, end + 1)
      this.stringStart = -1
      return true
    }
  }

  private beginValue(code: number): void {
    if (!this.expectsValue) return
    const top = this.stack.at(-1)
    if (!top && code !== OPEN_BRACE && code !== OPEN_BRACKET)
      this.fail(this.hasEnded ? 'text after the end' : 'text before the start', this.at)
    // In an object the key comes first; the value is announced after its colon.
    if (top?.kind === '{' && !top.key) return
    this.expectsValue = false
    if (top?.path !== undefined) this.events.value?.(top.path, top.kind, String.fromCharCode(code))
  }

  private open(code: number): void {
    if (this.hasEnded || this.stack.length >= MAX_DEPTH) {
      this.fail(this.hasEnded ? 'text after the end' : 'too deep', this.at)
      return
    }
    this.beginValue(code)
    const parent = this.stack.at(-1)
    const kind = code === OPEN_BRACE ? '{' : '['
    const path = parent ? (parent.kind === '{' && parent.path !== undefined ? parent.path + parent.key : undefined) : ''
    this.stack.push({ kind, path: this.wantedDepth > 0 ? undefined : path, key: '' })
    this.at++
    this.expectsValue = true
    if (this.wantedDepth === 0 && path !== undefined && this.wanted.has(path)) {
      this.wantedDepth = this.stack.length
      this.elementStart = this.at
    }
  }

  private close(code: number): void {
    const top = this.stack.at(-1)
    if (!top || (top.kind === '{') !== (code === CLOSE_BRACE)) {
      this.fail('bracket', this.at)
      return
    }
    if (this.stack.length === this.wantedDepth) {
      this.giveElement()
      this.wantedDepth = 0
    }
    this.stack.pop()
    this.at++
    this.hasEnded = this.stack.length === 0
    this.expectsValue = this.hasEnded
  }

  private comma(): void {
    if (this.stack.length === this.wantedDepth && this.wantedDepth > 0) this.giveElement()
    const top = this.stack.at(-1)
    if (top) top.key = ''
    this.at++
    if (this.stack.length === this.wantedDepth) this.elementStart = this.at
    this.expectsValue = true
  }

  private colon(): void {
    const top = this.stack.at(-1)
    if (top?.kind === '{') top.key = `${this.wantedDepth > 0 ? '' : keyOf(this.lastString)}/`
    this.at++
  }

  private giveElement(): void {
    const { path, kind } = this.stack[this.wantedDepth - 1] as Container
    const text = this.isDropped ? '' : this.text.slice(this.elementStart, this.at)
    if (!this.isDropped) this.events.element?.(path ?? '', kind, text, this.offset + this.elementStart)
    this.isDropped = false
  }

  /** Drops the text that is not needed any more. */
  private forget(): void {
    let keepFrom = this.at
    if (this.wantedDepth > 0 && !this.isDropped) keepFrom = Math.min(keepFrom, this.elementStart)
    if (this.stringStart >= 0) keepFrom = Math.min(keepFrom, this.stringStart)
    const nKept = this.text.length - keepFrom
    if (nKept > this.maxElement && !this.isDropped) {
      const path = this.wantedDepth > 0 ? this.stack[this.wantedDepth - 1]?.path : undefined
      this.events.overlong?.(path ?? '', nKept)
      this.isDropped = this.wantedDepth > 0
      keepFrom = this.at
    }
    // Of a string that nobody will get, only its end matters: backslashes say whether a quotation mark closes it.
    if (this.stringStart >= 0 && (this.isDropped || nKept > this.maxElement)) {
      keepFrom = Math.max(0, this.text.length - BACKSLASHES)
      this.stringStart = Math.max(this.stringStart, keepFrom)
    }
    this.text = this.text.slice(keepFrom)
    this.offset += keepFrom
    this.at -= keepFrom
    this.elementStart -= keepFrom
    if (this.stringStart >= 0) this.stringStart -= keepFrom
  }

  private fail(kind: JsonFault['kind'], at: number): void {
    this.fault ??= { kind, at: this.offset + at }
  }
}

/** Characters kept of an overlong string: the backslashes before a quotation mark decide whether it ends. */
const BACKSLASHES = 4096

function keyOf(literal: string): string {
  try {
    return String(JSON.parse(literal))
  } catch {
    return literal.slice(1, -1)
  }
}
