/** Gap between two groups of digits; `none` ends a row of groups. */
export const Gap = { none: 0, space: 1, hyphen: 2, dot: 3, bracket: 4 } as const

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

const GAPS: ReadonlyMap<string, number> = new Map([
  [' ', Gap.space],
  ['-', Gap.hyphen],
  [' - ', Gap.hyphen],
  ['.', Gap.dot],
  ['(', Gap.bracket],
  [')', Gap.bracket],
  [') ', Gap.bracket],
  [')-', Gap.bracket],
  [' (', Gap.bracket],
  ['-(', Gap.bracket],
])
const LONGEST_GAP = 3

/** Class of the gap that begins at `from`, and where the next group begins; none when no digit follows within a gap. */
function gapAt(text: string, from: number): { gap: number; next: number } {
  for (let next = from + 1; next <= from + LONGEST_GAP; next++) {
    if (!isDigit(text.charCodeAt(next))) continue
    return { gap: GAPS.get(text.slice(from, next)) ?? Gap.none, next }
  }
  return { gap: Gap.none, next: from }
}

/**
 * A row of digit groups with single gaps between them, as people write numbers: `138 1234 5678`, `(010) 6552-9988`.
 * Reused from row to row.
 */
export class NumberGroups {
  text = ''
  count = 0
  // 64 bytes each: larger ones lie outside of the heap, and making them for each text costs more than reading it.
  starts = new Int32Array(16)
  ends = new Int32Array(16)
  /** Class of the gap after each group. */
  gaps = new Uint8Array(16)

  /** Reads the row whose first digit is at `from` and gives the end of its last group. */
  read(text: string, from: number): number {
    this.text = text
    this.count = 0
    let at = from
    for (;;) {
      let end = at + 1
      while (isDigit(text.charCodeAt(end))) end++
      if (this.count === this.starts.length) this.grow()
      this.starts[this.count] = at
      this.ends[this.count] = end
      const { gap, next } = gapAt(text, end)
      this.gaps[this.count++] = gap
      if (gap === Gap.none) return end
      at = next
    }
  }

  start(group: number): number {
    return this.starts[group] as number
  }

  end(group: number): number {
    return this.ends[group] as number
  }

  /** Digits of a group; 0 past the end of the row. */
  size(group: number): number {
    return group < this.count && group >= 0 ? (this.ends[group] as number) - (this.starts[group] as number) : 0
  }

  /** Class of the gap after a group; none before the first group. */
  gap(group: number): number {
    return group < 0 ? Gap.none : (this.gaps[group] as number)
  }

  /** Digits of `n` groups from `group` on, without the gaps. */
  digits(group: number, n = 1): string {
    let digits = ''
    for (let i = group; i < group + n; i++) digits += this.text.slice(this.starts[i], this.ends[i])
    return digits
  }

  /** Do the groups from `group` on have these sizes, all with the same gap, and does that gap end there? */
  isRow(group: number, sizes: readonly number[]): boolean {
    const inner = this.gap(group)
    if (inner === Gap.none) return false
    for (let i = 0; i < sizes.length; i++) {
      if (this.size(group + i) !== sizes[i]) return false
      if (i < sizes.length - 1 && this.gap(group + i) !== inner) return false
    }
    return true
  }

  private grow(): void {
    const longer = (array: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(array.length * 2)
      grown.set(array)
      return grown
    }
    this.starts = longer(this.starts)
    this.ends = longer(this.ends)
    const gaps = new Uint8Array(this.gaps.length * 2)
    gaps.set(this.gaps)
    this.gaps = gaps
  }
}
