import { createHash } from 'node:crypto'
import { canonicalRecords, type RecordBatch, takeRecords } from '../../base/record/index.ts'

const HASH_BYTES = 16
/** Bytes of the hash that one number holds exactly. */
const KEY_BYTES = 6

/**
 * Records of one release that the other has no id of: ids in their order, and hashes of what they hold. All of a large
 * release may be here, so it is kept as bytes: about 50 a record.
 */
export class UnmatchedRecords {
  #count = 0
  #ids = Buffer.allocUnsafe(1 << 12)
  #ends = new Float64Array(1 << 8)
  #hashes = Buffer.allocUnsafe(1 << 12)
  #pending: { readonly batch: RecordBatch; readonly rows: number[] } | undefined
  readonly #fields: ReadonlySet<string>

  /** @param fields names of the fields that count as content; without any, records are only listed */
  constructor(fields: ReadonlySet<string>) {
    this.#fields = fields
  }

  get count(): number {
    return this.#count
  }

  add(batch: RecordBatch, row: number): void {
    if (this.#pending?.batch !== batch) this.#flush()
    this.#pending ??= { batch, rows: [] }
    this.#pending.rows.push(row)
  }

  /** Hashes what is still waiting. Call once all were added. */
  finish(): this {
    this.#flush()
    return this
  }

  id(at: number): string {
    return this.#ids.toString('utf8', at === 0 ? 0 : (this.#ends[at - 1] as number), this.#ends[at] as number)
  }

  hash(at: number): Buffer {
    return this.#hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)
  }

  /** Numbers of the records in order of their hashes; those with equal hashes in order of id. O(n log n). */
  byHash(): Uint32Array {
    const keys = Float64Array.from({ length: this.#count }, (_, at) => this.#hashes.readUIntBE(at * HASH_BYTES, KEY_BYTES))
    const order = Uint32Array.from({ length: this.#count }, (_, at) => at)
    return order.sort((a, b) => (keys[a] as number) - (keys[b] as number) || this.hash(a).compare(this.hash(b)) || a - b)
  }

  #flush(): void {
    if (!this.#pending) return
    const { batch, rows } = this.#pending
    this.#pending = undefined
    const fields = batch.fields.filter((field) => this.#fields.has(field.name))
    const taken = takeRecords(batch, Uint32Array.from(rows))
    const contents = canonicalRecords({ ids: taken.ids.map(() => ''), fields, columns: taken.columns })
    for (const [i, id] of taken.ids.entries()) this.#append(id, contents[i] as string)
  }

  #append(id: string, content: string): void {
    const start = this.#count === 0 ? 0 : (this.#ends[this.#count - 1] as number)
    const end = start + Buffer.byteLength(id, 'utf8')
    if (end > this.#ids.length) this.#ids = Buffer.concat([this.#ids], Math.max(end, 2 * this.#ids.length))
    if (this.#count === this.#ends.length) {
      const ends = new Float64Array(2 * this.#ends.length)
      ends.set(this.#ends)
      this.#ends = ends
    }
    const hashEnd = (this.#count + 1) * HASH_BYTES
    if (hashEnd > this.#hashes.length) this.#hashes = Buffer.concat([this.#hashes], 2 * this.#hashes.length)
    this.#ids.write(id, start, 'utf8')
    this.#ends[this.#count] = end
    createHash('sha256')
      .update(content, 'utf8')
      .digest()
      .copy(this.#hashes, this.#count * HASH_BYTES, 0, HASH_BYTES)
    this.#count++
  }
}

/** Pairs of records that hold the same under different ids: for each of `before`, the number of its partner in `after`, or -1. */
export function pairByContent(before: UnmatchedRecords, after: UnmatchedRecords): Int32Array {
  const partners = new Int32Array(before.count).fill(-1)
  const [left, right] = [before.byHash(), after.byHash()]
  let [i, j] = [0, 0]
  while (i < left.length && j < right.length) {
    const order = before.hash(left[i] as number).compare(after.hash(right[j] as number))
    if (order === 0) partners[left[i] as number] = right[j] as number
    if (order <= 0) i++
    if (order >= 0) j++
  }
  return partners
}
