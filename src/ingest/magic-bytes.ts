/** Does a file begin with these bytes (from `offset`)? */
export function startsWith(head: Uint8Array, bytes: readonly number[], offset = 0): boolean {
  if (head.length < offset + bytes.length) return false
  return bytes.every((byte, i) => head[offset + i] === byte)
}

/** ASCII of a few bytes of a file; shorter at its end. */
export const asciiAt = (head: Uint8Array, offset: number, length: number): string =>
  Buffer.from(head.subarray(offset, offset + length)).toString('latin1')

/** Is it a RIFF (or 64-bit RF64) file of this form, such as WAVE or WEBP? */
export function isRiff(head: Uint8Array, form: string): boolean {
  const outer = asciiAt(head, 0, 4)
  return (outer === 'RIFF' || outer === 'RF64') && asciiAt(head, 8, 4) === form
}
