import { ElementBuilder, type XmlElement } from './xml-record.ts'
import type { XmlVisitor } from './xml-walk.ts'

const localName = (name: string): string => name.replace(/^.*:/, '')

const textOf = ({ content }: XmlElement): string =>
  content
    .map((part) => (typeof part === 'string' ? part : textOf(part)))
    .join('')
    .trim()

function* elements(element: XmlElement): Iterable<XmlElement> {
  for (const part of element.content) {
    if (typeof part === 'string') continue
    yield part
    yield* elements(part)
  }
}

/** Reads the contexts and units of an XBRL instance: who, when and in what a fact was measured. Source: XBRL 2.1 section 4.7, 4.8. */
export class XbrlContexts implements XmlVisitor {
  readonly contexts = new Map<string, Record<string, unknown>>()
  readonly units = new Map<string, string>()
  private readonly builder = new ElementBuilder()

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const wanted = localName(name) === 'context' || localName(name) === 'unit'
    if (wanted || this.builder.isBuilding) this.builder.open(name, attributes)
  }

  text(text: string): void {
    this.builder.text(text)
  }

  close(): void {
    const element = this.builder.close()
    const id = element?.attributes['id']
    if (!element || id === undefined) return
    if (localName(element.name) === 'unit') this.units.set(id, unitOf(element))
    else this.contexts.set(id, contextOf(element))
  }
}

function contextOf(context: XmlElement): Record<string, unknown> {
  const facts: Record<string, unknown> = { entity: null, start_date: null, end_date: null, dimensions: null }
  const dimensions: Record<string, string> = {}
  for (const element of elements(context)) {
    const name = localName(element.name)
    if (name === 'identifier') facts['entity'] = textOf(element)
    else if (name === 'startDate') facts['start_date'] = textOf(element)
    else if (name === 'endDate' || name === 'instant') facts['end_date'] = textOf(element)
    else if (name === 'explicitMember' || name === 'typedMember') dimensions[element.attributes['dimension'] ?? name] = textOf(element)
  }
  if (Object.keys(dimensions).length > 0) facts['dimensions'] = dimensions
  return facts
}

/** `USD`, or `USD/shares` for a ratio. */
function unitOf(unit: XmlElement): string {
  const measures = [...elements(unit)].filter((element) => localName(element.name) === 'measure')
  return measures.map((element) => localName(textOf(element))).join('/')
}

/** Reads the facts of an XBRL instance, each with its context and unit. Source: XBRL 2.1 section 4.6. */
export class XbrlFacts implements XmlVisitor {
  private readonly known: XbrlContexts
  private readonly give: (fact: Record<string, unknown>, line: number) => void
  private readonly builder = new ElementBuilder()
  private line = 0

  constructor(known: XbrlContexts, give: (fact: Record<string, unknown>, line: number) => void) {
    this.known = known
    this.give = give
  }

  open(name: string, attributes: Readonly<Record<string, string>>, _position: number, line: number): void {
    if (!this.builder.isBuilding) {
      if (attributes['contextRef'] === undefined) return
      this.line = line
    }
    this.builder.open(name, attributes)
  }

  text(text: string): void {
    this.builder.text(text)
  }

  close(): void {
    const fact = this.builder.close()
    if (!fact) return
    const { contextRef = '', unitRef, decimals, 'xsi:nil': nil } = fact.attributes
    const value = nil === 'true' || nil === '1' ? null : textOf(fact) || null
    const unit = unitRef === undefined ? null : (this.known.units.get(unitRef) ?? unitRef)
    const context = this.known.contexts.get(contextRef) ?? {}
    this.give({ concept: fact.name, value, unit, decimals: decimals ?? null, ...context, context: contextRef }, this.line)
  }
}
