import type { XmlVisitor } from './xml-walk.ts'

/** How an XML document is read: `record` is the path of the repeated element, `lists` are paths below it that repeat inside one record. */
export interface XmlShape {
  readonly mode: 'records' | 'tree' | 'document' | 'facts'
  readonly record: string
  readonly lists: readonly string[]
}

interface PathCount {
  count: number
  /** Characters of all elements of the path, tags included. */
  nCharacters: number
  /** The most elements of the path inside one parent. */
  nSiblings: number
}

interface Frame {
  readonly path: string
  readonly start: number
  readonly children: Map<string, number>
  nText: number
}

/** Vocabularies of documents that people read, whatever their sections repeat. */
const DOCUMENT_ROOTS: ReadonlySet<string> = new Set(['ClinicalDocument', 'article', 'book', 'TEI', 'html', 'akomaNtoso'])
/** Elements from which on a repeated one is a record and not a detail of the document. */
const MIN_RECORDS = 5
/** Share of a document's characters that records must cover. */
const COVERED_SHARE = 0.5
/** Share of the text that lies between child elements in documents for people. */
const MIXED_SHARE = 0.1
const MAX_PATHS = 20_000
const MAX_LISTS = 500

/** Counts the elements of a document by path, to find what its records are. */
export class XmlOutline implements XmlVisitor {
  private readonly counts = new Map<string, PathCount>()
  private readonly stack: Frame[] = []
  private root = ''
  private nCharacters = 0
  private nText = 0
  private nMixed = 0
  private tagStart = 0

  open(name: string, _attributes: Readonly<Record<string, string>>, position: number): void {
    const parent = this.stack.at(-1)
    if (!parent) this.root = name
    const path = parent ? `${parent.path}/${name}` : name
    if (parent) parent.children.set(name, (parent.children.get(name) ?? 0) + 1)
    this.stack.push({ path, start: this.tagStart, children: new Map(), nText: 0 })
    this.tagStart = position
  }

  text(text: string): void {
    const frame = this.stack.at(-1)
    if (frame) frame.nText += text.trim().length
  }

  close(position: number): void {
    const frame = this.stack.pop()
    if (!frame) return
    this.tagStart = position
    this.nCharacters = position
    this.nText += frame.nText
    if (frame.children.size > 0) this.nMixed += frame.nText
    const count = this.countOf(frame.path)
    count.count++
    count.nCharacters += position - frame.start
    for (const [name, n] of frame.children) {
      const child = this.countOf(`${frame.path}/${name}`)
      child.nSiblings = Math.max(child.nSiblings, n)
    }
  }

  /** Decides how the document is read. */
  shape(): XmlShape {
    while (this.stack.length > 0) this.close(this.nCharacters)
    const name = this.root.replace(/^.*:/, '')
    if (name === 'xbrl') return { mode: 'facts', record: '', lists: [] }
    const isDocument = DOCUMENT_ROOTS.has(name) || this.nMixed > MIXED_SHARE * this.nText
    if (isDocument) return { mode: 'document', record: this.root, lists: [] }
    let record: string | undefined
    for (const [path, { count, nCharacters, nSiblings }] of this.counts) {
      const covers = count >= MIN_RECORDS && nSiblings >= 2 && nCharacters >= COVERED_SHARE * this.nCharacters
      if (covers && (record === undefined || depthOf(path) < depthOf(record))) record = path
    }
    const top = record ?? this.root
    return { mode: record === undefined ? 'tree' : 'records', record: top, lists: this.listsBelow(top) }
  }

  private listsBelow(top: string): string[] {
    const below = [...this.counts].filter(([path, { nSiblings }]) => nSiblings >= 2 && path.startsWith(`${top}/`))
    return below.map(([path]) => path.slice(top.length + 1)).slice(0, MAX_LISTS)
  }

  private countOf(path: string): PathCount {
    let count = this.counts.get(path)
    if (!count) {
      count = { count: 0, nCharacters: 0, nSiblings: 0 }
      if (this.counts.size < MAX_PATHS) this.counts.set(path, count)
    }
    return count
  }
}

const depthOf = (path: string): number => path.split('/').length
