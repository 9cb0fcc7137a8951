import { isUtf8 } from 'node:buffer'

/**
 * Name of an archive member whose encoding the archive does not state: UTF-8 where it is sound UTF-8 (macOS leaves
 * zip's flag out), GB 18030 where most of its double bytes are GB 2312 (Windows in Chinese), else the code page of DOS.
 */
export async function decodeArchiveName(bytes: Uint8Array): Promise<string> {
  if (isUtf8(bytes)) return Buffer.from(bytes).toString('utf8')
  if (isMostlyGb2312(bytes)) return new TextDecoder('gb18030').decode(bytes)
  const { default: iconv } = await import('iconv-lite')
  return iconv.decode(Buffer.from(bytes), 'cp437')
}

/** Are at least half of the double bytes in rows 1–9 or 16–87 of GB 2312, and none broken? Western names pair with ASCII. */
function isMostlyGb2312(bytes: Uint8Array): boolean {
  let pairs = 0
  let inGb2312 = 0
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number
    if (lead < 0x81) continue
    const trail = bytes[++at] ?? 0
    if (trail < 0x40 || trail === 0x7f || trail === 0xff) return false
    pairs++
    if (trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xf7))) inGb2312++
  }
  return pairs > 0 && 2 * inGb2312 >= pairs
}
