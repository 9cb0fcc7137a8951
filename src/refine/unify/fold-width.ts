/**
 * Full-width ASCII (１２，３．５％) and the ideographic space as their half-width forms. Not NFKC: that would make
 * 10² the number 102.
 */
export function foldWidth(text: string): string {
  let folded = ''
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const half = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code === 0x3000 || code === 0xa0 || code === 0x202f ? 0x20 : 0
    if (half === 0) continue
    folded += text.slice(from, i) + String.fromCharCode(half)
    from = i + 1
  }
  return from === 0 ? text : folded + text.slice(from)
}
