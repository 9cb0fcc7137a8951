import type { XmlVisitor } from './xml-walk.ts'

/** Elements inside a line: those of CDA narrative, CNXML, HTML; MathML is `m:…` or `mi`, `mo` … */
const INLINE: ReadonlySet<string> = new Set(
  'content sub sup linkHtml footnoteRef emphasis term link foreign newline space span b i u em strong a code tt small abbr cite q math mrow mi mo mn mtext msup msub mfrac msqrt mover munder mstyle mfenced mspace xref ext-link italic bold'.split(
    ' ',
  ),
)
const CELL: ReadonlySet<string> = new Set(['td', 'th', 'entry', 'cell'])
/** Parts that nobody reads. */
const UNREAD: ReadonlySet<string> = new Set(['style', 'script', 'metadata'])
/** Columns made of the document's own attributes and plain children. */
const MAX_FACTS = 60

/** Gathers the readable text of a document and the plain facts at its top. */
export class ReadableText implements XmlVisitor {
  private readonly parts: string[] = []
  private readonly names: string[] = []
  private readonly facts: Record<string, unknown> = {}
  private readonly attachments: string[] = []
  private unreadDepth = 0
  private title = ''

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const local = name.replace(/^.*:/, '')
    this.names.push(local)
    const isEncoded = attributes['representation'] === 'B64'
    if (isEncoded) this.attachments.push(attributes['mediaType'] ?? 'application/octet-stream')
    if (this.unreadDepth > 0 || isEncoded || UNREAD.has(local)) this.unreadDepth++
    else if (!INLINE.has(local)) this.parts.push(CELL.has(local) ? '\t' : '\n')
    if (this.names.length <= 2) this.remember(local, attributes)
  }

  text(text: string): void {
    if (this.names.length === 2 || this.names.at(-1) === 'title') this.head(text)
    if (this.unreadDepth === 0) this.parts.push(text.replace(/\s+/g, ' '))
  }

  close(): void {
    const local = this.names.pop() ?? ''
    if (this.unreadDepth > 0) this.unreadDepth--
    else if (!INLINE.has(local) && !CELL.has(local)) this.parts.push('\n')
  }

  /** The record of the document. @param root name of its root element */
  record(root: string): Record<string, unknown> {
    const lines = this.parts
      .join('')
      .split('\n')
      .map((line) => line.replace(/[ \t]*\t[ \t]*/g, '\t').trim())
      .filter((line) => line !== '')
    const attachments = this.attachments.length > 0 ? { attachments: this.attachments } : {}
    return { root, title: this.title || null, text: lines.join('\n') || null, ...this.facts, ...attachments }
  }

  private head(text: string): void {
    const words = text.replace(/\s+/g, ' ').trim()
    if (words === '') return
    const name = this.names.at(-1) as string
    if (name === 'title' && this.title === '') this.title = words
    else if (this.names.length === 2) this.put(name, words)
  }

  private remember(name: string, attributes: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(attributes)) {
      if (!/^(?:xmlns|xsi:)/.test(key)) this.put(this.names.length === 1 ? `@${key}` : `${name}@${key}`, value)
    }
  }

  private put(name: string, value: string): void {
    if (!(name in this.facts) && !['root', 'title', 'text'].includes(name) && Object.keys(this.facts).length < MAX_FACTS)
      this.facts[name] = value
  }
}
