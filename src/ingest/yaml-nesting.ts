const SPACE = 32
const MARKS: ReadonlySet<string> = new Set(['-', '?'])

/** Levels that a line opens by itself: `- - ? a`, and the column at which its content begins. */
function openedInline(line: string, indent: number): number {
  let levels = 0
  for (let at = indent; MARKS.has(line[at] ?? '') && (line[at + 1] === ' ' || at + 1 === line.length); at += 2) levels++
  return levels
}

/**
 * An upper bound of how deep a YAML text nests: indentation, `- - -` on one line, and brackets that are open, those in
 * texts included. The parser is recursive, and a regular expression that V8 compiles at the end of the stack ends the
 * process: so depth is bounded before the text is parsed.
 */
export function yamlNesting(text: string): number {
  const indents: number[] = []
  let flow = 0
  let most = 0
  for (const line of text.split('\n')) {
    let indent = 0
    while (line.charCodeAt(indent) === SPACE) indent++
    if (indent === line.length) continue
    while (indents.length > 0 && (indents.at(-1) as number) >= indent) indents.pop()
    indents.push(indent)
    const inline = openedInline(line, indent)
    for (const mark of line.match(/[[\]{}]/g) ?? []) {
      flow = Math.max(0, flow + (mark === '[' || mark === '{' ? 1 : -1))
      most = Math.max(most, indents.length + inline + flow)
    }
    most = Math.max(most, indents.length + inline + flow)
  }
  return most
}
