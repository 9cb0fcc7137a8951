/** Values that stand where something should be said, in lower case. */
const STAND_INS: ReadonlySet<string> = new Set([
  ...['n/a', 'na', 'null', 'none', 'nil', 'undefined', 'nan', 'unknown', 'tbd', '-', '--', '—', '/', '.', '?', '...', '……'],
  ...['[removed]', '[deleted]', '[image]', '[empty]'],
  ...['无', '暂无', '略', '空', '未知', '不详', '待补充', '待定', '待完善', '同上', '无内容', '暂无内容', '[图片]'],
  ...['系统默认好评', '此用户没有填写评价', '该用户没有填写评论', '此用户没有填写评论'],
])
const LONGEST = 20

/** Does a text say nothing: is it blank, or a word that stands in for one? */
export function isStandIn(text: string): boolean {
  if (text.length > LONGEST) return text.trim() === ''
  const bare = text.trim()
  return bare === '' || STAND_INS.has(bare.toLowerCase())
}
