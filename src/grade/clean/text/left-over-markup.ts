/** Tags and entities from which a text counts as left-over markup rather than as a mention of it. */
const MAX_MENTIONS = 2
/** In texts shorter than this many code units a mention, two tags are left over. */
const UNITS_A_MENTION = 100

const TAG = /<\/?(?:div|span|p|br|a|td|tr|th|table|tbody|script|style|img|li|ul|ol|font|iframe|o:p)\b[^<>]{0,200}>/iy
/** Marks between the turns of a language model's input. */
const MODEL_MARK = /<\|[a-z_]{2,40}\|>/iy
const ENTITY = /[&＆](?:nbsp|lt|gt|amp|quot|apos|hellip|[nm]dash|[lr][sd]quo|middot|copy|ensp|emsp|times|#\d{2,6}|#x[0-9a-f]{2,5})[;；]/iy

/** How often a pattern begins at one of the given characters, up to `most`. O(occurrences of the characters). */
function countAt(text: string, begin: string, pattern: RegExp, most: number): number {
  let found = 0
  for (let at = text.indexOf(begin); at >= 0 && found < most; at = text.indexOf(begin, at + 1)) {
    pattern.lastIndex = at
    if (pattern.test(text)) found++
  }
  return found
}

const tooMany = (found: number, units: number): boolean => found > MAX_MENTIONS || (found > 0 && found * UNITS_A_MENTION > units)

/**
 * Is markup left over in a text: more than two HTML tags (two in a short text), more than two entities such as &nbsp; (or
 * one a hundred characters), or a mark of a language model's input? One tag or entity in a text about them is a mention.
 */
export function hasMarkup(text: string): boolean {
  const most = MAX_MENTIONS + 1
  const entities = countAt(text, '&', ENTITY, most) + countAt(text, '＆', ENTITY, most)
  if (tooMany(entities, text.length)) return true
  if (!text.includes('<')) return false
  const tags = countAt(text, '<', TAG, most)
  return (tags > 1 && tooMany(tags, text.length)) || countAt(text, '<|', MODEL_MARK, 1) > 0
}
