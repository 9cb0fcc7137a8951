import { ProblemError } from '../base/problem/index.ts'
import type { ByteSource } from '../base/store/index.ts'
import { excelText, type NumberKind, numberKind } from './excel-values.ts'
import type { OfficeParts } from './office-parts.ts'
import { recordTooLarge } from './problems.ts'
import { walkXml, type XmlVisitor } from './xml-walk.ts'

export interface Sheet {
  readonly name: string
  /** Name of its part in the file, `xl/worksheets/sheet1.xml`. */
  readonly part: string
}

/** What the sheets of a workbook share. */
export interface Workbook {
  readonly sheets: readonly Sheet[]
  readonly is1904: boolean
  readonly strings: readonly string[]
  /** By index of a cell's style. */
  readonly numberKinds: readonly NumberKind[]
}

/** Characters of all shared strings, which are held in memory. */
const MAX_STRINGS = 512 << 20

/** Local name of a possibly prefixed XML name. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Walks through a part; throws a ProblemError where it is not well-formed. An absent part is empty. */
export async function walkPart(parts: OfficeParts, path: string, name: string, visitor: XmlVisitor): Promise<void> {
  for await (const _ of stepsOfPart(parts, path, name, visitor));
}

/** The same, step by step. */
export async function* stepsOfPart(parts: OfficeParts, path: string, name: string, visitor: XmlVisitor): AsyncGenerator<void> {
  if (!parts.names.includes(name)) return
  const source: Pick<ByteSource, 'path' | 'size' | 'stream'> = {
    path: `${path}!/${name}`,
    size: parts.size(name),
    stream: () => parts.stream(name),
  }
  const problem = yield* walkXml(source, 'utf-8', visitor)
  if (problem) throw new ProblemError(problem)
}

/** Reads workbook, styles and shared strings. Source: ECMA-376 part 1, 18.2 (workbook), 18.4 (shared strings), 18.8 (styles). */
export async function readWorkbook(parts: OfficeParts, path: string): Promise<Workbook> {
  const main = parts.names.find((name) => /(?:^|\/)workbook\.xml$/.test(name)) ?? 'xl/workbook.xml'
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const listed: { name: string; id: string }[] = []
  let is1904 = false
  await walkPart(parts, path, main, {
    open: (name, attributes) => {
      if (localName(name) === 'sheet') listed.push({ name: excelText(attributes['name'] ?? ''), id: relationOf(attributes) })
      else if (localName(name) === 'workbookPr') is1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
    },
    text: () => {},
    close: () => {},
  })
  const targets = await relations(parts, path, `${folder}_rels/workbook.xml.rels`)
  const sheets = listed.flatMap(({ name, id }) => {
    const target = targets.get(id)
    return target?.includes('worksheets/') ? [{ name, part: target.startsWith('/') ? target.slice(1) : folder + target }] : []
  })
  return { sheets, is1904, strings: await sharedStrings(parts, path, folder), numberKinds: await numberKinds(parts, path, folder) }
}

/** The relation of a sheet, whatever prefix the file uses for its namespace. */
const relationOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? ''

async function relations(parts: OfficeParts, path: string, name: string): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  await walkPart(parts, path, name, {
    open: (_, { Id, Target }) => {
      if (Id !== undefined && Target !== undefined) targets.set(Id, Target)
    },
    text: () => {},
    close: () => {},
  })
  return targets
}

async function sharedStrings(parts: OfficeParts, path: string, folder: string): Promise<string[]> {
  const strings: string[] = []
  const stack: string[] = []
  let text = ''
  let nCharacters = 0
  await walkPart(parts, path, `${folder}sharedStrings.xml`, {
    open: (name) => {
      stack.push(localName(name))
      if (stack.at(-1) === 'si') text = ''
    },
    text: (piece) => {
      // Phonetic runs (rPh) say how the text is read, and are no part of it.
      if (stack.at(-1) === 't' && stack.at(-2) !== 'rPh') text += piece
    },
    close: () => {
      if (stack.pop() !== 'si') return
      strings.push(excelText(text))
      nCharacters += text.length
      const at = `${path}!/${folder}sharedStrings.xml`
      if (nCharacters > MAX_STRINGS) throw new ProblemError(recordTooLarge({ at, found: nCharacters, expected: MAX_STRINGS }))
    },
  })
  return strings
}

async function numberKinds(parts: OfficeParts, path: string, folder: string): Promise<NumberKind[]> {
  const codes = new Map<number, string>()
  const kinds: NumberKind[] = []
  const stack: string[] = []
  await walkPart(parts, path, `${folder}styles.xml`, {
    open: (name, { numFmtId, formatCode }) => {
      stack.push(localName(name))
      const id = Number(numFmtId)
      if (stack.at(-1) === 'numFmt' && formatCode !== undefined) codes.set(id, formatCode)
      else if (stack.at(-1) === 'xf' && stack.at(-2) === 'cellXfs') kinds.push(numberKind(id, codes.get(id)))
    },
    text: () => {},
    close: () => void stack.pop(),
  })
  return kinds
}
