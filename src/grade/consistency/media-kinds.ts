import type { Relation } from './relation.ts'
import { jsonAt } from './relation.ts'

/** Kinds of media by the endings of their files. */
const ENDINGS: Readonly<Record<string, RegExp>> = {
  image: /\.(?:png|jpe?g|webp|gif|bmp|tiff?|svg|heic)$/i,
  audio: /\.(?:wav|mp3|flac|ogg|m4a|aac|opus|amr)$/i,
  video: /\.(?:mp4|avi|mov|mkv|webm|flv|wmv)$/i,
}
const SPELLINGS: Readonly<Record<string, string>> = { 图像: 'image', 图片: 'image', 音频: 'audio', 视频: 'video' }

/** Kind that the ending of an address tells; undefined where it tells none. */
function kindOfAddress(address: string): string | undefined {
  const path = address.replace(/[?#].*$/s, '')
  return Object.keys(ENDINGS).find((kind) => ENDINGS[kind]?.test(path))
}

/** Does an item of `data_content` point at a medium of another kind than it says? */
function contradicts(item: unknown): boolean | undefined {
  if (typeof item !== 'object' || item === null || !('media_type' in item) || !('content' in item)) return undefined
  if (typeof item.media_type !== 'string' || typeof item.content !== 'string') return undefined
  const type = item.media_type.trim().toLowerCase()
  const said = SPELLINGS[type] ?? type
  const told = said in ENDINGS ? kindOfAddress(item.content) : undefined
  return told === undefined ? undefined : told !== said
}

export const mediaKinds: Relation = {
  key: 'media-kinds',
  title: { zh: 'media_type 与所指文件的类型一致', en: 'media_type is the kind of the file pointed at' },
  bind: (batch, table) => {
    const field = table.fields.find(({ name, type }) => name === 'data_content' && type === 'json')
    if (!field) return undefined
    const items = batch.columns.get(field.name)
    return (row) => {
      const value = jsonAt(items, row)
      const verdicts = Array.isArray(value) ? value.map(contradicts).filter((verdict) => verdict !== undefined) : []
      return verdicts.length === 0 ? undefined : verdicts.includes(true)
    }
  },
}
