/** The part of a DOM node that is read here; linkedom's own types need the DOM library of browsers. */
export interface DomNode {
  readonly nodeType: number
  readonly nodeName: string
  readonly nodeValue: string | null
  readonly firstChild: DomNode | null
  readonly nextSibling: DomNode | null
  readonly parentNode: DomNode | null
}

const TEXT_NODE = 3
const BLOCK: ReadonlySet<string> = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY BR DD DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL OPTION P PRE SECTION UL'.split(
    ' ',
  ),
)
const ROW: ReadonlySet<string> = new Set(['TABLE', 'TBODY', 'THEAD', 'TFOOT', 'TR', 'CAPTION'])
const CELL: ReadonlySet<string> = new Set(['TD', 'TH'])
const UNREAD: ReadonlySet<string> = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'HEAD', 'SVG', 'IFRAME', 'OBJECT'])

/**
 * The text below a node as people see it: a line for each block and each row of a table, its cells apart by tabs. O(nodes), without
 * recursion.
 */
export function readableLines(root: DomNode): string {
  const parts: string[] = []
  let cells = 0
  for (const [node, isStart] of edges(root)) {
    if (node.nodeType === TEXT_NODE) {
      if (isStart) parts.push((node.nodeValue ?? '').replace(/\s+/g, ' '))
      continue
    }
    const name = node.nodeName.toUpperCase()
    if (CELL.has(name)) cells += isStart ? 1 : -1
    parts.push(edgeOf(name, cells, isStart))
  }
  return tidyLines(parts.join(''))
}

/** Every node twice: when the walk comes to it and when it leaves it. */
function* edges(root: DomNode): Iterable<readonly [node: DomNode, isStart: boolean]> {
  let node = root
  for (;;) {
    yield [node, true]
    if (node.firstChild && !UNREAD.has(node.nodeName.toUpperCase())) {
      node = node.firstChild
      continue
    }
    yield [node, false]
    while (node !== root && !node.nextSibling && node.parentNode) {
      node = node.parentNode
      yield [node, false]
    }
    if (node === root || !node.nextSibling) return
    node = node.nextSibling
  }
}

/** What stands at the start or end of an element: paragraphs inside the cell of a table do not break its row. */
function edgeOf(name: string, cells: number, isStart: boolean): string {
  if (CELL.has(name)) return isStart ? '\t' : ''
  if (ROW.has(name)) return '\n'
  return BLOCK.has(name) ? (cells > 0 ? ' ' : '\n') : ''
}

/** Lines without blanks around them and without blank lines. */
export const tidyLines = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      line
        .replace(/[ \u00a0]*\t[ \u00a0\t]*/g, '\t')
        .replace(/[ \u00a0]{2,}/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n')
