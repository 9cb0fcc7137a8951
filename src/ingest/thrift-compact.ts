export type ThriftValue = number | Map<number, ThriftValue> | undefined

const TRUE = 1
const STRUCT = 12
/** Structs of page headers are two deep; a damaged one must not end the stack. */
const MAX_STRUCTS = 8

/** Reads numbers and structs of Thrift's compact protocol and passes over everything else. */
export class CompactReader {
  at = 0
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  struct(depth: number): Map<number, ThriftValue> {
    if (depth > MAX_STRUCTS) throw new Error('a page header nested too deep')
    const fields = new Map<number, ThriftValue>()
    let id = 0
    for (;;) {
      const head = this.byte()
      const type = head & 15
      if (type === 0) return fields
      id = head >> 4 === 0 ? this.zigzag() : id + (head >> 4)
      fields.set(id, this.value(type, depth))
    }
  }

  private value(type: number, depth: number): ThriftValue {
    if (type <= 2) return type === TRUE ? 1 : 0
    if (type === 3) return this.byte()
    if (type <= 6) return this.zigzag()
    if (type === STRUCT) return this.struct(depth + 1)
    if (type === 7) this.at += 8
    else if (type === 8) this.skip(this.varint())
    else if (type <= 10) this.list(depth)
    else throw new Error('a page header of unknown kind')
    return undefined
  }

  private skip(nBytes: number): void {
    this.at += nBytes
  }

  private list(depth: number): void {
    const head = this.byte()
    const size = head >> 4 === 15 ? this.varint() : head >> 4
    const type = head & 15
    for (let index = 0; index < size; index++) {
      if (this.at >= this.bytes.length) throw new Error('a page header past the end of its column')
      if (type <= 2) this.at++
      else this.value(type, depth)
    }
  }

  private byte(): number {
    const byte = this.bytes[this.at++]
    if (byte === undefined) throw new Error('a page header past the end of its column')
    return byte
  }

  varint(): number {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte()
      value += (byte & 127) * factor
      if (byte < 128) return value
      if (factor > 2 ** 56) throw new Error('a number without an end in a page header')
    }
  }

  private zigzag(): number {
    const value = this.varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
}
