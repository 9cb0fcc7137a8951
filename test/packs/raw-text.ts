/** Text of a raw file, whose encoding is told by its mark or by being valid UTF-8, else GB18030. */
export function rawText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  }
}

/** Rows of delimited text by RFC 4180; a small reader of its own, so that examples are not checked by the code they test. */
export function rowsOf(text: string): string[][] {
  const delimiter = (text.split('\n', 2)[1] ?? text).includes('\t') ? '\t' : ','
  const rows: string[][] = []
  const row: string[] = []
  let field = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string
    if (isQuoted && letter === '"' && text[at + 1] === '"') field += text[at++]
    else if (letter === '"') isQuoted = !isQuoted
    else if (!isQuoted && (letter === delimiter || letter === '\n')) {
      row.push(field.replace(/\r$/, ''))
      field = ''
      if (letter === '\n') rows.push(row.splice(0))
    } else field += letter
  }
  return rows
}

/** Names of the columns in a raw file: the keys of its JSON lines, or the first row with more than two cells. */
export function columnsOf(path: string, text: string): string[] {
  if (path.endsWith('.jsonl')) return Object.keys(JSON.parse(text.slice(0, text.indexOf('\n'))) as object)
  return rowsOf(text).find((row) => row.length > 2) ?? []
}
