import { z } from 'zod'
import { type Problem, ProblemError } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { extensionOf } from '../file-place.ts'
import { defineFormat, type RawBatch } from '../format.ts'
import { textUndecodable } from '../problems.ts'
import { RecordBatches } from '../record-batches.ts'
import { structureOf } from '../text-structure.ts'
import { XbrlContexts, XbrlFacts } from '../xbrl-facts.ts'
import { ElementBuilder, flatten } from '../xml-record.ts'
import { XmlOutline, type XmlShape } from '../xml-shape.ts'
import { ReadableText } from '../xml-text.ts'
import { walkXml, type XmlVisitor, xmlEncoding } from '../xml-walk.ts'

const EXTENSIONS = ['xml', 'cnxml', 'xodr', 'xosc', 'xbrl', 'gpx', 'kml', 'rss', 'atom', 'osm', 'cda', 'hl7', 'gml', 'tei']

const parameters = z.object({
  encoding: z.string().default('utf-8'),
  mode: z.enum(['records', 'tree', 'document', 'facts']).default('document'),
  /** Path of the element that is a record, names joined by `/` from the root. */
  record: z.string().default(''),
  lists: z.array(z.string()).default([]),
})
type Parameters = z.output<typeof parameters>

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'XML', en: 'XML' },
  doc: {
    zh: '占文件大半的重复元素逐个成记录；XBRL 每个事实一条记录；没有重复元素的文档整篇成一条记录（可读正文）。不展开实体。',
    en: 'The repeated element that makes up most of the file gives the records; XBRL one record a fact; a document without one is one record with its readable text. Entities are never expanded.',
  },
  source: 'W3C XML 1.0 (fifth edition); XBRL 2.1',
  extensions: EXTENSIONS,
  parameters,
  modality: 'auto',
  sniff,
  detect,
  read,
})

function sniff(head: Uint8Array, path: string): number {
  const text = structureOf(head)?.text.trimStart() ?? ''
  const isNamed = EXTENSIONS.includes(extensionOf(path))
  if (text.startsWith('<?xml')) return isNamed ? 0.9 : 0.7
  return isNamed && /^<[A-Za-z!_]/.test(text) ? 0.85 : isNamed && text !== '' ? 0.3 : 0
}

async function detect(source: ByteSource): Promise<Parameters> {
  const encoding = await xmlEncoding(source)
  const outline = new XmlOutline()
  for await (const _ of walkXml(source, encoding, outline));
  const { mode, record, lists } = outline.shape()
  return { encoding, mode, record, lists: [...lists] }
}

async function* read(source: ByteSource, { encoding, ...shape }: Parameters): AsyncIterable<RawBatch> {
  const records = new RecordBatches(source.path, 'line')
  let undecodable: string | undefined
  const give = (record: Record<string, unknown>, line: number): void => {
    const at = `${source.path}, line ${line}`
    if (undecodable === undefined) records.add(record, line)
    else records.reject(line, textUndecodable({ at, found: undecodable, expected: encoding }))
    undecodable = undefined
  }
  const { visitor, end } = await visitorOf(source, encoding, shape, give)
  const walk = walkXml(source, encoding, {
    open: (name, attributes, position, line) => visitor.open(name, attributes, position, line),
    text: (text) => visitor.text(text),
    close: (position) => visitor.close(position),
    undecodable: (byte) => {
      undecodable ??= byte
    },
  })
  let step = await walk.next()
  for (; !step.done; step = await walk.next()) yield* records.take()
  const problem: Problem | undefined = step.value
  if (problem) {
    yield* records.takeRest()
    throw new ProblemError(problem)
  }
  end()
  yield* records.takeLast()
}

type Give = (record: Record<string, unknown>, line: number) => void

/** What takes the events of the walk, and what is left to do when it has ended well. */
async function visitorOf(
  source: ByteSource,
  encoding: string,
  shape: XmlShape,
  give: Give,
): Promise<{ visitor: XmlVisitor; end: () => void }> {
  if (shape.mode === 'document') {
    const text = new ReadableText()
    return { visitor: text, end: () => give(text.record(shape.record), 1) }
  }
  if (shape.mode === 'facts') {
    const contexts = new XbrlContexts()
    for await (const _ of walkXml(source, encoding, contexts));
    return { visitor: new XbrlFacts(contexts, give), end: () => {} }
  }
  return { visitor: recordVisitor(shape, give), end: () => {} }
}

/** Builds each element at the path of the records. */
function recordVisitor(shape: XmlShape, give: Give): XmlVisitor {
  const lists = new Set(shape.lists)
  const builder = new ElementBuilder()
  const path: string[] = []
  let recordLine = 0
  return {
    open: (name, attributes, _position, line) => {
      path.push(name)
      if (!builder.isBuilding) {
        if (path.join('/') !== shape.record) return
        recordLine = line
      }
      builder.open(name, attributes)
    },
    text: (text) => builder.text(text),
    close: () => {
      path.pop()
      const element = builder.close()
      if (element) give(shape.mode === 'tree' ? { root: element.name, ...flatten(element, lists) } : flatten(element, lists), recordLine)
    },
  }
}
