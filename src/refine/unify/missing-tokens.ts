/** Words that stand for "no value" where a number, a date or a code is expected; in lower case. */
const MISSING_WORDS: ReadonlySet<string> = new Set([
  ...['na', 'n/a', 'n.a.', 'n.a', 'nan', 'null', 'nil', 'none', 'nul', 'missing', 'unknown', 'undefined', '<na>', '\\n'],
  ...['-', '--', '---', '—', '——', '–', '.', '..', '...', '/', '//', '\\', '?', '*', '_'],
  ...['#n/a', '#na', '#null!', '#value!', '#ref!', '#div/0!', '#num!', '#name?', '1.#qnan', '-1.#ind'],
  ...['无', '不详', '未知', '缺失', '空', '暂无', '没有', '未填', '未测', '无数据', '不明', '－', '／'],
])

/** Words that mean the same in any column; `无`, `none` and `-` may be a value of a category or a text. */
const MISSING_ANYWHERE: ReadonlySet<string> = new Set(['NA', 'N/A', 'n/a', 'NaN', 'nan', 'NULL', 'null', '<NA>', '#N/A', '\\N'])

const LONGEST_WORD = 9

/** Does this text stand for a missing number, date or truth value? */
export function isMissingWord(text: string): boolean {
  if (text.length === 0) return true
  if (text.length > 64) return text.trim().length === 0
  const trimmed = text.trim()
  return trimmed.length === 0 || (trimmed.length <= LONGEST_WORD && MISSING_WORDS.has(trimmed.toLowerCase()))
}

/** Does this text stand for a missing text or category? A narrower set: what could be meant stays. */
export function isMissingText(text: string): boolean {
  if (text.length > LONGEST_WORD) return text.length <= 64 && text.trim().length === 0
  return MISSING_ANYWHERE.has(text) || text.trim().length === 0
}
