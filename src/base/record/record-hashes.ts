import { hash } from 'node:crypto'
import type { RecordBatch } from './batch.ts'
import { jsonText, numberLiteral } from './canonical.ts'
import { type Column, isMissing } from './column.ts'
import type { FieldType } from './field.ts'
import { textColumn, type Utf8Text, utf8At } from './text-column.ts'

/** A member of every record: its key as it stands in canonical JSON, and its values. */
interface Member {
  readonly key: string
  readonly type: FieldType
  readonly column: Column
}

/** Bytes of a key or a number at most three times its units; the buffer grows for longer texts. */
const START_BYTES = 16 << 10

/** Canonical JSON of one record after the other, as UTF-8 in one buffer that is used again. */
class CanonicalBytes {
  private bytes = Buffer.allocUnsafe(START_BYTES)
  private length = 0

  start(): void {
    this.length = 0
  }

  /** Appends text that is mostly short: ASCII is copied unit by unit, which costs less than a call of the encoder. */
  append(text: string): void {
    if (this.length + text.length * 3 > this.bytes.length) this.grow(text.length * 3)
    const { bytes } = this
    let at = this.length
    if (text.length <= SHORT) {
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i)
        if (unit >= 0x80) {
          this.length += bytes.write(text, this.length, 'utf8')
          return
        }
        bytes[at++] = unit
      }
      this.length = at
      return
    }
    this.length += bytes.write(text, at, 'utf8')
  }

  /** Appends UTF-8 as a JSON string. */
  appendJson({ bytes: text, start, end }: Utf8Text): void {
    if (this.length + (end - start) * 6 + 2 > this.bytes.length) this.grow((end - start) * 6 + 2)
    const { bytes } = this
    let at = this.length
    bytes[at++] = QUOTE
    for (let i = start; i < end; i++) {
      const byte = text[i] as number
      const escaped = ESCAPES[byte]
      if (escaped === undefined) bytes[at++] = byte
      else at += bytes.write(escaped, at, 'latin1')
    }
    bytes[at++] = QUOTE
    this.length = at
  }

  get written(): Buffer {
    return this.bytes.subarray(0, this.length)
  }

  private grow(more: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + more))
    this.bytes.copy(larger, 0, 0, this.length)
    this.bytes = larger
  }
}

const SHORT = 32
const QUOTE = 0x22

/** How JSON writes the bytes that may not stand for themselves (RFC 8785 3.2.2.2). */
const ESCAPES: readonly (string | undefined)[] = Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === 0x22 || byte === 0x5c ? JSON.stringify(String.fromCharCode(byte)).slice(1, -1) : undefined,
)

/** SHA-256 of each record's canonical JSON (see `canonicalRecords`); 32 bytes a record. Makes no string of a whole record. */
export function recordHashes(batch: RecordBatch): Buffer[] {
  const members = membersOf(batch)
  const canonical = new CanonicalBytes()
  const hashes: Buffer[] = new Array(batch.ids.length)
  for (let row = 0; row < batch.ids.length; row++) {
    canonical.start()
    let separator = '{'
    for (const { key, type, column } of members) {
      if (isMissing(column, row)) continue
      canonical.append(separator)
      canonical.append(key)
      appendValue(canonical, column, type, row)
      separator = ','
    }
    canonical.append(separator === '{' ? '{}' : '}')
    hashes[row] = hash('sha256', canonical.written, 'buffer')
  }
  return hashes
}

function membersOf(batch: RecordBatch): Member[] {
  const types = new Map<string, FieldType>(batch.fields.map((field) => [field.name, field.type]))
  const names = [...types.keys(), 'id'].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return names.flatMap((name): Member[] => {
    const key = `${JSON.stringify(name)}:`
    if (name === 'id') return [{ key, type: 'text', column: textColumn(batch.ids) }]
    const column = batch.columns.get(name)
    return column ? [{ key, type: types.get(name) ?? 'text', column }] : []
  })
}

function appendValue(canonical: CanonicalBytes, column: Column, type: FieldType, row: number): void {
  if (column.kind === 'number') canonical.append(numberLiteral(type, column.values[row] as number))
  else if (type === 'json' || !column.holdsBytes) canonical.append(jsonText(type, column.at(row) as string))
  else {
    const text = utf8At(column.utf8, row)
    if (text) canonical.appendJson(text)
  }
}
