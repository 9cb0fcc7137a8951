import { hash } from 'node:crypto'
import type { RecordBatch } from './batch.ts'
import { jsonText, numberLiteral } from './canonical.ts'
import type { Column } from './column.ts'
import type { FieldType } from './field.ts'
import { textColumn } from './text-column.ts'

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

/** SHA-256 of each record's canonical JSON (see `canonicalRecords`); 32 bytes a record. Makes no string of a whole record. */
export function recordHashes(batch: RecordBatch): Buffer[] {
  const members = membersOf(batch)
  const canonical = new CanonicalBytes()
  const hashes: Buffer[] = new Array(batch.ids.length)
  for (let row = 0; row < batch.ids.length; row++) {
    canonical.start()
    let separator = '{'
    for (const { key, type, column } of members) {
      const literal = literalAt(column, type, row)
      if (literal === null) continue
      canonical.append(separator)
      canonical.append(key)
      canonical.append(literal)
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

function literalAt(column: Column, type: FieldType, row: number): string | null {
  if (column.kind === 'number') {
    const value = column.values[row] as number
    return Number.isNaN(value) ? null : numberLiteral(type, value)
  }
  const value = column.values[row] ?? null
  return value === null ? null : jsonText(type, value)
}
