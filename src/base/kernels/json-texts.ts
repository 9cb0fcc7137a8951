/** Members that hold what people read, in records, chats and instructions. */
const TEXT_MEMBERS: ReadonlySet<string> = new Set(
  'content contents text texts value body title summary instruction input output question answer prompt response messages conversations 内容 文本 正文 标题 问题 答案 回答 指令 输入 输出'.split(
    ' ',
  ),
)
const TEXT_KINDS: ReadonlySet<unknown> = new Set(['text', '文本'])
/** Values of one text that are looked through. */
const MAX_NODES = 100_000

/** What a JSON value says in words. */
export interface JsonTexts {
  /** Its texts in their order. */
  readonly texts: readonly string[]
  /** Parts that are images, recordings or other media: a value of these alone has no text to judge. */
  readonly nMedia: number
}

/** Is it a part that is not text, by its `media_type` (national record format) or `type` (chat parts)? */
function isMedium(value: object): boolean {
  if ('media_type' in value)
    return ![value.media_type].flat().some((kind) => TEXT_KINDS.has(typeof kind === 'string' ? kind.trim().toLowerCase() : kind))
  return 'type' in value && typeof value.type === 'string' && /^(?:image|audio|video)(?:_|$)/.test(value.type)
}

/**
 * The texts in a value: `content` of the text items of the national record format, messages of a chat, instruction and
 * answer, bare strings of a list. Other members (roles, ids, addresses of media) are no text. Stops after 100,000 values.
 * @param value as JSON.parse gives it
 */
export function textsIn(value: unknown): JsonTexts {
  const texts: string[] = []
  const open: unknown[] = [value]
  let nMedia = 0
  for (let seen = 0; open.length > 0 && seen < MAX_NODES; seen++) {
    const next = open.pop()
    if (typeof next === 'string') texts.push(next)
    if (typeof next !== 'object' || next === null) continue
    if (isMedium(next)) nMedia++
    else for (const inner of readable(next).reverse()) open.push(inner)
  }
  return { texts, nMedia }
}

const readable = (value: object): unknown[] =>
  Array.isArray(value) ? [...value] : Object.entries(value).flatMap(([name, inner]) => (TEXT_MEMBERS.has(name) ? [inner as unknown] : []))

/** Is the text one JSON value? */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
