import { isAlphanumeric, isLatin, textAfter, textBefore } from './context.ts'
import type { Report } from './identifier.ts'
import type { NumberGroups } from './number-groups.ts'
import { Gap } from './number-groups.ts'

const COLON = 0x3a
const POINT = 0x2e
const UNDERSCORE = 0x5f

const VERSION_WORD =
  /(?:\bv|ver|version|版本号?|固件|firmware|build|release|修订|revision|rev|内核|kernel|driver|驱动|oid|升级[到至])[.:\s为是号-]{0,4}$/i
const ADDRESS_WORD =
  /(?:\bip|ipv4|地址|address|host|server|服务器|主机|节点|网关|gateway|路由|router|dns|ping|端口|port|登录|login|client|客户端|:\/\/|from|访问|内网|外网|公网|局域网)[^\n]{0,12}$/i
/** All parts this small are as likely the number of a section or version: 1.2.3.4. */
const SMALL_PART = 31
const KNOWN: ReadonlySet<string> = new Set(['1.1.1.1', '8.8.8.8', '8.8.4.4', '1.0.0.1', '9.9.9.9'])

/**
 * Reports the IPv4 address that begins at a group. Loopback, netmasks, multicast and 0.x.x.x name nobody and are left.
 * @returns how many groups it takes; 0 for none   Source: RFC 791, RFC 6890.
 */
export function scanIpv4(groups: NumberGroups, group: number, report: Report): number {
  if (
    groups.gap(group) !== Gap.dot ||
    groups.gap(group - 1) === Gap.dot ||
    !groups.isRow(
      group,
      [0, 1, 2, 3].map((i) => groups.size(group + i)),
    )
  )
    return 0
  if (groups.size(group + 3) === 0 || groups.gap(group + 3) === Gap.dot) return 0
  const parts = [0, 1, 2, 3].map((i) => groups.digits(group + i))
  if (!parts.every((part) => part.length <= 3 && Number(part) <= 255 && (part.length === 1 || part[0] !== '0'))) return 0
  const first = Number(parts[0])
  if (first === 0 || first === 127 || first >= 224) return 0
  const { text } = groups
  const start = groups.start(group)
  const end = groups.end(group + 3)
  if (isLatin(text.charCodeAt(end)) || (isLatin(text.charCodeAt(start - 1)) && !/ip$/i.test(textBefore(text, start, 2)))) return 0
  const before = textBefore(text, start)
  if (VERSION_WORD.test(before)) return 0
  if (isSmall(parts) && !ADDRESS_WORD.test(before) && !/^:\d{2,5}\b|^\/\d{1,2}\b/.test(textAfter(text, end, 7))) return 0
  report('ip', start, end)
  return 4
}

const isSmall = (parts: readonly string[]): boolean =>
  parts.every((part) => Number(part) <= SMALL_PART) && parts[0] !== '10' && !KNOWN.has(parts.join('.'))

const LONGEST_IPV6 = 45
const HEX_GROUP = /^[0-9a-f]{1,4}$/i
/** Global unicast, unique local and link-local addresses: RFC 4291. */
const ROUTED = /^(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe[89ab][0-9a-f])$/i

const isHex = (code: number): boolean => isAlphanumeric(code) && ((code | 0x20) <= 0x66 || code <= 0x39)
const isIpv6Unit = (code: number): boolean => isHex(code) || code === COLON

/**
 * Reports the IPv6 address in which the code unit at `digit` lies, if a colon is near.
 * @returns where the run of hexadecimal digits and colons ends   Source: RFC 4291 2.2.
 */
export function scanIpv6(text: string, digit: number, from: number, report: Report): number {
  let start = digit
  while (start > from && digit - start < LONGEST_IPV6 && isIpv6Unit(text.charCodeAt(start - 1))) start--
  let end = digit
  while (isIpv6Unit(text.charCodeAt(end)) && end - start <= LONGEST_IPV6) end++
  while (end > start && text.charCodeAt(end - 1) === COLON && text.charCodeAt(end - 2) !== COLON) end--
  const at = start + leadingColons(text, start)
  const isDecimal = text.charCodeAt(end) === POINT && isAlphanumeric(text.charCodeAt(end + 1))
  if (end - start > LONGEST_IPV6 || isDecimal || isLatin(text.charCodeAt(end)) || !isBoundedBefore(text, at, start)) return end
  if (isIpv6(text.slice(at, end))) report('ip', at, end)
  return end
}

/** A single colon before the address is punctuation: `地址:2001:db8::1`. */
const leadingColons = (text: string, start: number): number =>
  text.charCodeAt(start) === COLON && text.charCodeAt(start + 1) !== COLON ? 1 : 0

/** @param start where hexadecimal digits and colons begin; a colon left out of them bounds the address */
function isBoundedBefore(text: string, at: number, start: number): boolean {
  const before = text.charCodeAt(at - 1)
  return at > start || !(isAlphanumeric(before) || before === COLON || before === POINT || before === UNDERSCORE)
}

function isIpv6(address: string): boolean {
  const halves = address.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => HEX_GROUP.test(group))) return false
  if (halves.length === 1) return groups.length === 8
  return groups.length >= 2 && groups.length <= 7 && ROUTED.test(groups[0] as string) && address[0] !== ':'
}
