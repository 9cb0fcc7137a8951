/** Members that hold what people read, in records, chats and instructions. */
const TEXT_MEMBERS: ReadonlySet<string> = new Set(
  'content contents text texts value body title summary instruction input output question answer prompt response messages conversations 内容 文本 正文 标题 问题 答案 回答 指令 输入 输出'.split(
    ' ',
  ),
)
const TEXT_KINDS: ReadonlySet<unknown> = new Set(['text', '文本'])
/** Values of one text that are looked through. */
const MAX_NODES = 100_000

/** Where a value stands: in a member of an object or an item of a list. */
interface Place {
  readonly holder: Record<string | number, unknown>
  readonly key: string | number
}

/** Is it a part that is not text, by its `media_type` (national record format) or `type` (chat parts)? */
function isMedium(value: object): boolean {
  if ('media_type' in value)
    return ![value.media_type].flat().some((kind) => TEXT_KINDS.has(typeof kind === 'string' ? kind.trim().toLowerCase() : kind))
  return 'type' in value && typeof value.type === 'string' && /^(?:image|audio|video)(?:_|$)/.test(value.type)
}

/**
 * Goes through the texts below a place in their order: `content` of the text items of the national record format, messages
 * of a chat, instruction and answer, bare strings of a list. Other members (roles, ids, addresses of media) are no text.
 * Stops after 100,000 values.
 * @returns how many parts were media
 */
function visitTexts(root: Place, visit: (text: string, place: Place) => void): number {
  const open: Place[] = [root]
  let nMedia = 0
  for (let seen = 0; seen < MAX_NODES; seen++) {
    const place = open.pop()
    if (!place) break
    const value = place.holder[place.key]
    if (typeof value === 'string') visit(value, place)
    if (typeof value !== 'object' || value === null) continue
    if (isMedium(value)) nMedia++
    else pushReadable(value as Record<string, unknown>, open)
  }
  return nMedia
}

/** Puts the readable places of a value on the stack, the first on top. */
function pushReadable(value: Record<string | number, unknown>, open: Place[]): void {
  if (Array.isArray(value)) {
    for (let key = value.length - 1; key >= 0; key--) open.push({ holder: value, key })
    return
  }
  for (const key of Object.keys(value).reverse()) if (TEXT_MEMBERS.has(key)) open.push({ holder: value, key })
}

/** What a JSON value says in words. */
export interface JsonTexts {
  /** Its texts in their order. */
  readonly texts: readonly string[]
  /** Parts that are images, recordings or other media: a value of these alone has no text to judge. */
  readonly nMedia: number
}

/** The texts in a value, as `visitTexts` finds them. @param value as JSON.parse gives it */
export function textsIn(value: unknown): JsonTexts {
  const texts: string[] = []
  const nMedia = visitTexts({ holder: { value }, key: 'value' }, (text) => texts.push(text))
  return { texts, nMedia }
}

/**
 * The value with other texts in it; the places and all that is no text stay.
 * @param value as JSON.parse gives it; changed in place
 */
export function changeTextsIn(value: unknown, change: (text: string) => string): unknown {
  const root = { value }
  visitTexts({ holder: root, key: 'value' }, (text, { holder, key }) => {
    holder[key] = change(text)
  })
  return root.value
}

/** Is the text one JSON value? */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
