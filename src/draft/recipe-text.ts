/** Pieces of YAML as people would write it: flow style within a line, quotes only where they are needed. */

const PLAIN = /^[\p{Script=Han}A-Za-z_][\p{L}\p{N}_./%-]*$/u
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i

/** A scalar, list or map in one line. */
export function flow(value: unknown): string {
  if (typeof value === 'string') return PLAIN.test(value) && !RESERVED.test(value) ? value : JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, one]) => one !== undefined)
    return members.length === 0 ? '{}' : `{ ${members.map(([key, one]) => `${flow(key)}: ${flow(one)}`).join(', ')} }`
  }
  return JSON.stringify(value ?? null)
}

const LONGEST_COMMENT = 160

/** Text that may stand behind `#`: one line, without controls, not too long. */
export function comment(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  return line.length > LONGEST_COMMENT ? `${line.slice(0, LONGEST_COMMENT - 1)}…` : line
}

/** Lines that count only once their `# ` is taken away. */
export const commentedOut = (lines: readonly string[]): string[] => lines.map((line) => `# ${line}`)

/** A line with what was seen behind it. */
export const remarked = (line: string, remark: string): string => (remark === '' ? line : `${line}  # ${comment(remark)}`)

/** Fewest members of a list that is worth a name of its own. */
const NAMED_LIST = 4

/** Lists that come again are written once under a YAML anchor, and named from there on. */
export class Anchors {
  private readonly names = new Map<string, string>()
  private readonly written = new Set<string>()

  /** @param values all that will be written */
  constructor(values: readonly unknown[]) {
    const seen = new Set<string>()
    for (const value of values) {
      if (!Array.isArray(value) || value.length < NAMED_LIST) continue
      const key = JSON.stringify(value)
      if (seen.has(key) && !this.names.has(key)) this.names.set(key, this.names.size === 0 ? 'columns' : `columns-${this.names.size + 1}`)
      seen.add(key)
    }
  }

  write(value: unknown): string {
    const key = JSON.stringify(value)
    const name = this.names.get(key)
    if (name === undefined) return flow(value)
    if (this.written.has(key)) return `*${name}`
    this.written.add(key)
    return `&${name} ${flow(value)}`
  }
}
