import type { Column, Field, RecordBatch } from '../record/index.ts'
import { compact, numberColumn, type TextColumn, textColumn, utf8Column } from '../record/index.ts'
import { readBytes, writeAtomic } from './files.ts'
import { storageOf } from './storage-of.ts'

/** Numbers kept beside the records of a chunk (places, signatures …): flat, `stride` values a record. */
export type SideColumns = Readonly<Record<string, Float64Array>>

/** Records at rest between two stages: a batch and its side columns in one file. */
export interface Chunk {
  readonly batch: RecordBatch
  readonly side: SideColumns
}

interface Header {
  readonly rows: number
  readonly fields: readonly Field[]
  readonly parts: readonly { readonly name: string; readonly kind: 'text' | 'number' | 'side'; readonly bytes: number }[]
}

const MAGIC = 'HGCHUNK2'
const align = (bytes: number): number => (bytes + 7) & ~7

/** Text values as lengths in bytes (MISSING for none), followed by their UTF-8. */
function encodeText(column: TextColumn): Buffer[] {
  const { buffers, lengths } = compact(column.utf8)
  return [Buffer.from(lengths.buffer, lengths.byteOffset, lengths.byteLength), buffers[0] as Buffer]
}

/** The column over the bytes as they are: nothing is decoded before it is asked for. */
function decodeText(bytes: Uint8Array, rows: number): TextColumn {
  const lengths = new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + rows * 4))
  const starts = new Uint32Array(rows)
  let at = 0
  for (let row = 0; row < rows; row++) {
    starts[row] = at
    at += Math.max(0, lengths[row] as number)
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + rows * 4, bytes.length - rows * 4)
  return utf8Column({ buffers: [text], buffer: new Uint16Array(rows), starts, lengths })
}

const encodeColumn = (column: Column): Buffer[] =>
  column.kind === 'text' ? encodeText(column) : [Buffer.from(column.values.buffer, column.values.byteOffset, column.values.byteLength)]

/** Writes a chunk; it appears whole or not at all. */
export async function writeChunk(path: string, chunk: Chunk): Promise<void> {
  const { batch, side } = chunk
  const parts: { name: string; kind: 'text' | 'number' | 'side'; bytes: number }[] = []
  const bodies: Buffer[] = []
  const put = (name: string, kind: 'text' | 'number' | 'side', body: readonly Buffer[]): void => {
    const bytes = body.reduce((sum, piece) => sum + piece.length, 0)
    parts.push({ name, kind, bytes })
    bodies.push(...body, Buffer.alloc(align(bytes) - bytes))
  }
  put('', 'text', encodeText(textColumn(batch.ids)))
  for (const field of batch.fields) {
    const column = batch.columns.get(field.name)
    if (!column) throw new Error(`chunk: no column for field ${field.name}`)
    put(field.name, column.kind, encodeColumn(column))
  }
  for (const [name, values] of Object.entries(side)) put(name, 'side', [Buffer.from(values.buffer, values.byteOffset, values.byteLength)])
  const header: Header = { rows: batch.ids.length, fields: batch.fields, parts }
  const text = Buffer.from(JSON.stringify(header), 'utf8')
  const prefix = Buffer.alloc(align(12 + text.length))
  prefix.write(MAGIC, 0, 'latin1')
  prefix.writeUInt32LE(text.length, 8)
  text.copy(prefix, 12)
  await writeAtomic(path, Buffer.concat([prefix, ...bodies]))
}

/** Reads a chunk back. @param only names of fields to read; all when left out */
export async function readChunk(path: string, only?: ReadonlySet<string>): Promise<Chunk> {
  const bytes = only ? await readParts(path, only) : await readWhole(path)
  const { header } = bytes
  const columns = new Map<string, Column>()
  const side: Record<string, Float64Array> = {}
  let ids: readonly string[] = []
  for (const [index, part] of header.parts.entries()) {
    const body = bytes.bodies[index]
    if (!body) continue
    if (part.kind === 'side') side[part.name] = toNumbers(body)
    else if (index === 0) ids = decodeText(body, header.rows).values as readonly string[]
    else if (part.kind === 'number') columns.set(part.name, numberColumn(toNumbers(body)))
    else columns.set(part.name, decodeText(body, header.rows))
  }
  const fields = only ? header.fields.filter((field) => only.has(field.name)) : header.fields
  return { batch: { ids, fields, columns }, side }
}

const toNumbers = (bytes: Uint8Array): Float64Array =>
  new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))

interface Parts {
  readonly header: Header
  readonly bodies: readonly (Uint8Array | undefined)[]
}

function parseHeader(bytes: Uint8Array): { header: Header; start: number } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (buffer.toString('latin1', 0, 8) !== MAGIC) throw new Error('chunk: not a chunk file')
  const length = buffer.readUInt32LE(8)
  return { header: JSON.parse(buffer.toString('utf8', 12, 12 + length)) as Header, start: align(12 + length) }
}

async function readWhole(path: string): Promise<Parts> {
  const bytes = await readBytes(path)
  const { header, start } = parseHeader(bytes)
  let at = start
  const bodies = header.parts.map((part) => {
    const body = bytes.subarray(at, at + part.bytes)
    at += align(part.bytes)
    return body
  })
  return { header, bodies }
}

/** Reads the header, the ids, the side columns and only the named fields. */
async function readParts(path: string, only: ReadonlySet<string>): Promise<Parts> {
  const file = await storageOf(path).open(path)
  try {
    const lead = Buffer.from(await file.read(0, 12))
    const { header, start } = parseHeader(await file.read(0, align(12 + lead.readUInt32LE(8))))
    const bodies: (Uint8Array | undefined)[] = []
    let at = start
    for (const [index, part] of header.parts.entries()) {
      const wanted = index === 0 || part.kind === 'side' || only.has(part.name)
      bodies.push(wanted ? await file.read(at, part.bytes) : undefined)
      at += align(part.bytes)
    }
    return { header, bodies }
  } finally {
    await file.close()
  }
}
