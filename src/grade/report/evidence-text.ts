/** Characters up to which a value stays on one line. */
const ONE_LINE = 96

/** Plain values as people read them: JSON, broken only where a line would grow long. */
export function evidenceText(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value) ?? 'null'
  if (flat.length + indent.length <= ONE_LINE || typeof value !== 'object' || value === null) return flat
  const inner = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((item) => inner + evidenceText(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}${key}: ${evidenceText(item, inner)}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return `${open}\n${lines.join('\n')}\n${indent}${close}`
}
