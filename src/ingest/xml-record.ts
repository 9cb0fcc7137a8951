/** An element of a record, read whole. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** Child elements and pieces of text in order. */
  readonly content: (XmlElement | string)[]
}

/**
 * Columns of an element: `a/b` for the text of b inside a, `a@x` for an attribute, a list for elements that repeat in any record of the
 * file. Elements with text between their children give their whole text.
 * @param lists paths below the element that repeat
 */
export function flatten(element: XmlElement, lists: ReadonlySet<string>): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  flattenInto(record, element, lists, '')
  return record
}

function flattenInto(record: Record<string, unknown>, element: XmlElement, lists: ReadonlySet<string>, path: string): void {
  for (const name in element.attributes) if (!name.startsWith('xmlns')) record[`${path}@${name}`] = element.attributes[name]
  const children = element.content.filter((part) => typeof part !== 'string')
  const text = children.length === 0 ? wholeTextOf(element, false) : hasOwnText(element) ? wholeTextOf(element, true) : ''
  if (text !== '') {
    record[path || 'text'] = text
    return
  }
  for (const [name, group] of byName(children)) {
    const below = path === '' ? name : `${path}/${name}`
    if (group.length === 1 && !lists.has(below)) flattenInto(record, group[0] as XmlElement, lists, below)
    else record[below] = group.map(listValue)
  }
}

/** An element of a list: its text where it has nothing else, an object of its parts otherwise. */
function listValue(element: XmlElement): unknown {
  const value = flatten(element, new Set())
  const names = Object.keys(value)
  return names.length === 0 ? null : names.length === 1 && names[0] === 'text' ? value['text'] : value
}

function byName(children: readonly XmlElement[]): Map<string, XmlElement[]> {
  const groups = new Map<string, XmlElement[]>()
  for (const child of children) {
    const group = groups.get(child.name)
    if (group) group.push(child)
    else groups.set(child.name, [child])
  }
  return groups
}

const hasOwnText = ({ content }: XmlElement): boolean => content.some((part) => typeof part === 'string' && part.trim() !== '')

/** All text inside an element. @param isMixed line breaks and indentation between its parts mean nothing */
function wholeTextOf({ content }: XmlElement, isMixed: boolean): string {
  const text = content.map((part) => (typeof part === 'string' ? part : wholeTextOf(part, isMixed))).join('')
  return (isMixed ? text.replace(/\s+/g, ' ') : text).trim()
}

/** Builds elements from the events of a walk. */
export class ElementBuilder {
  private readonly stack: XmlElement[] = []

  /** Is an element open? */
  get isBuilding(): boolean {
    return this.stack.length > 0
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const element: XmlElement = { name, attributes, content: [] }
    this.stack.at(-1)?.content.push(element)
    this.stack.push(element)
  }

  text(text: string): void {
    this.stack.at(-1)?.content.push(text)
  }

  /** @returns the element that was built, when the outermost one ends */
  close(): XmlElement | undefined {
    const element = this.stack.pop()
    return this.stack.length === 0 ? element : undefined
  }
}
