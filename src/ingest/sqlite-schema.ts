/** A column as `CREATE TABLE` declares it. */
export interface SqliteColumn {
  readonly name: string
  /** Alias of the rowid: stored as NULL. */
  readonly isRowid: boolean
  /** Value of rows that were written before the column was added; null for anything but a literal. */
  readonly initial: string | number | null
}

export interface SqliteTable {
  readonly name: string
  readonly rootPage: number
  readonly columns: readonly SqliteColumn[]
  /** Rows lie in an index b-tree; `columns` are in the order in which it stores them. */
  readonly hasRowid: boolean
}

/** Words, quoted names and literals, brackets and commas of SQL; comments are passed over. */
const TOKEN = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|'(?:[^']|'')*'|[(),;]|[^\s(),;"'`[]+/g

const CONSTRAINTS: ReadonlySet<string> = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN'])

/**
 * Columns of a table from the SQL that created it, as SQLite keeps it in its schema. Undefined for virtual tables, which store no rows of
 * their own. Source: sqlite.org/lang_createtable.html, fileformat2.html section 2.4 (WITHOUT ROWID).
 */
export function parseCreateTable(name: string, rootPage: number, sql: string): SqliteTable | undefined {
  const tokens = (sql.match(TOKEN) ?? []).filter((token) => !token.startsWith('--') && !token.startsWith('/*'))
  const open = tokens.indexOf('(')
  if (open < 0 || tokens.slice(0, open).some((token) => token.toUpperCase() === 'VIRTUAL')) return undefined
  const { parts, end } = splitParts(tokens, open + 1)
  const tail = tokens.slice(end).join(' ').toUpperCase()
  const declared = parts.filter((part) => part.length > 0 && !CONSTRAINTS.has((part[0] as string).toUpperCase()))
  const keys = parts.filter((part) => !declared.includes(part)).flatMap(primaryKey)
  const hasRowid = !tail.includes('WITHOUT ROWID')
  const columns = declared.filter((part) => !isVirtual(part)).map((part) => columnOf(part, hasRowid, keys))
  return { name, rootPage, columns: hasRowid ? columns : keysFirst(columns, declared, keys), hasRowid }
}

/** Parts of a list between brackets, apart by commas outside of inner brackets. */
function splitParts(tokens: readonly string[], start: number): { parts: string[][]; end: number } {
  const parts: string[][] = [[]]
  let depth = 1
  let at = start
  for (; at < tokens.length && depth > 0; at++) {
    const token = tokens[at] as string
    if (token === '(') depth++
    if (token === ')') depth--
    if (token === ',' && depth === 1) parts.push([])
    else if (depth > 0) parts.at(-1)?.push(token)
  }
  return { parts, end: at }
}

function columnOf(part: readonly string[], hasRowid: boolean, keys: readonly string[]): SqliteColumn {
  const name = unquoted(part[0] as string)
  const words = part.slice(1).map((token) => token.toUpperCase())
  const isKey = words.includes('PRIMARY') || (keys.length === 1 && keys[0] === name.toLowerCase())
  const isRowid = hasRowid && isKey && words[0] === 'INTEGER' && !words.includes('DESC')
  const given = words.indexOf('DEFAULT')
  return { name, isRowid, initial: given < 0 ? null : literalOf(part[given + 2]) }
}

function literalOf(token: string | undefined): string | number | null {
  if (token === undefined) return null
  if (token.startsWith("'")) return unquoted(token)
  return /^[-+]?\d/.test(token) && Number.isFinite(Number(token)) ? Number(token) : null
}

/** Generated columns are stored only when they say so. */
const isVirtual = (part: readonly string[]): boolean => {
  const words = part.map((token) => token.toUpperCase())
  return words.includes('AS') && words.indexOf('AS') > 0 && !words.includes('STORED')
}

/** Columns that a table constraint makes the primary key, in lower case. */
function primaryKey(part: readonly string[]): string[] {
  const words = part.map((token) => token.toUpperCase())
  const at = words.indexOf('PRIMARY')
  if (at < 0) return []
  const open = words.indexOf('(', at)
  return splitParts(part, open + 1).parts.flatMap(([first]) => (first === undefined ? [] : [unquoted(first).toLowerCase()]))
}

/** A WITHOUT ROWID table stores its key columns first. */
function keysFirst(columns: readonly SqliteColumn[], declared: readonly string[][], keys: readonly string[]): SqliteColumn[] {
  const own = declared
    .filter((part) => part.some((token) => token.toUpperCase() === 'PRIMARY'))
    .map((part) => unquoted(part[0] as string).toLowerCase())
  const order = keys.length > 0 ? keys : own
  const isKey = (column: SqliteColumn): boolean => order.includes(column.name.toLowerCase())
  const first = order.flatMap((key) => columns.filter((column) => column.name.toLowerCase() === key))
  return [...first, ...columns.filter((column) => !isKey(column))]
}

function unquoted(token: string): string {
  const first = token[0]
  if (first === '[') return token.slice(1, -1)
  if (first === '"' || first === '`' || first === "'") return token.slice(1, -1).replaceAll(first + first, first)
  return token
}
