import { scanBankCard } from './bank-card.ts'
import { isAlphanumeric } from './context.ts'
import { scanEmail } from './email.ts'
import { foldText, unfoldSpan } from './fold-text.ts'
import type { Identifier, IdentifierKind, IdentifierOptions, Report } from './identifier.ts'
import { IDENTIFIER_KINDS } from './identifier.ts'
import { scanIpv4, scanIpv6 } from './ip-address.ts'
import { Gap, NumberGroups } from './number-groups.ts'
import { scanPassport } from './passport.ts'
import { scanPhone } from './phone.ts'
import { scanPlate } from './plate.ts'
import { scanResidentId } from './resident-id.ts'
import { scanKeyBlock, scanSecret, scanUrlCredentials } from './secret.ts'
import { scanUscc } from './uscc.ts'

/** Digits of the shortest number without gaps: a telephone number inside a town. */
const SHORTEST_NUMBER = 7
const NOTHING: readonly Identifier[] = []

/** Why a code unit may begin an identifier. */
const Interest = { none: 0, digit: 1, at: 2, letterKey: 3, hyphen: 4, folds: 5 } as const

function interestTable(): Uint8Array {
  const table = new Uint8Array(0x10000)
  table.fill(Interest.digit, 0x30, 0x3a)
  table['@'.charCodeAt(0)] = Interest.at
  for (const letter of '_I') table[letter.charCodeAt(0)] = Interest.letterKey
  table['-'.charCodeAt(0)] = Interest.hyphen
  for (const [from, to] of [
    [0xff10, 0xff19],
    [0xff20, 0xff20],
    [0xfe6b, 0xfe6b],
    [0x2460, 0x2468],
    [0x24ea, 0x24ea],
    [0xd835, 0xd835],
  ] as const) {
    table.fill(Interest.folds, from, to + 1)
  }
  return table
}

const INTEREST = interestTable()

/** Heads of keys that may hold no digit, by which they would be seen; the last character of each is of interest. */
const LETTER_KEYS = ['hf_', 'ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'npm_', 'AKI', 'ASI']
const BEFORE_LAST: ReadonlySet<number> = new Set(LETTER_KEYS.map((head) => head.charCodeAt(head.length - 2)))
const isLetterKey = (text: string, last: number): boolean =>
  BEFORE_LAST.has(text.charCodeAt(last - 1)) && LETTER_KEYS.some((head) => text.startsWith(head, last - head.length + 1))
const isKeyBlock = (text: string, hyphen: number): boolean => text.startsWith('-----BEGIN', hyphen)

/** First code unit at which an identifier may begin to show; -1 in most texts. */
function firstInterest(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const interest = INTEREST[text.charCodeAt(i)]
    if (interest === Interest.none) continue
    if (interest === Interest.letterKey && !isLetterKey(text, i)) continue
    if (interest === Interest.hyphen && !isKeyBlock(text, i)) continue
    return i
  }
  return -1
}

/**
 * Identifiers of people, companies and accounts in a text of any language, by start, without overlaps: form and
 * neighbourhood make a candidate, the check decides (mod 11-2, base 31, Luhn, calendar, numbering plans, entropy).
 * Names and addresses are not looked for. One pass, O(length).
 * @param kinds which to look for; all by default
 */
export function findIdentifiers(
  text: string,
  kinds: readonly IdentifierKind[] = IDENTIFIER_KINDS,
  options: IdentifierOptions = {},
): readonly Identifier[] {
  const first = firstInterest(text)
  if (first < 0) return NOTHING
  const folded = foldText(text)
  const spans: Span[] = []
  const report: Report = (kind, start, end) => {
    if (kinds.includes(kind) && !isPseudonym(folded.text, start, end)) spans.push({ rank: IDENTIFIER_KINDS.indexOf(kind), start, end })
  }
  new IdentifierScan(folded.text, kinds, options, report).run(folded.offsets ? 0 : first)
  return withoutOverlaps(spans).map(({ rank, start, end }) => {
    const [from, to] = unfoldSpan(folded, text, start, end)
    return { kind: IDENTIFIER_KINDS[rank] as IdentifierKind, start: from, end: to, text: text.slice(from, to) }
  })
}

interface Span {
  readonly rank: number
  readonly start: number
  readonly end: number
}

/** What Highgrade itself put in place of an identifier: `<PHONE:9f3a12c4d5e6f708>`. */
const isPseudonym = (text: string, start: number, end: number): boolean =>
  text[end] === '>' && text[start - 1] === ':' && /<[A-Z][A-Z-]{1,20}:$/.test(text.slice(Math.max(0, start - 24), start))

/** Of spans that overlap, the one whose kind wins; of the same kind, the longer. O(n log n). */
function withoutOverlaps(spans: Span[]): Span[] {
  spans.sort((a, b) => a.start - b.start || a.rank - b.rank || b.end - a.end)
  const chosen: Span[] = []
  for (const span of spans) {
    const last = chosen[chosen.length - 1]
    if (!last || span.start >= last.end) chosen.push(span)
    else if (span.rank < last.rank || (span.rank === last.rank && span.end - span.start > last.end - last.start))
      chosen[chosen.length - 1] = span
  }
  return chosen
}

/** Groups of digits of the row that is looked at; one row is done before the next begins, so that all texts share them. */
const GROUPS = new NumberGroups()

type Wants = Readonly<Record<IdentifierKind, boolean>>

const knownWants = new WeakMap<readonly IdentifierKind[], Wants>()

/** Made once a list of kinds, which callers give again for every text. */
function wantsOf(kinds: readonly IdentifierKind[]): Wants {
  const known = knownWants.get(kinds)
  if (known) return known
  const wants = Object.fromEntries(IDENTIFIER_KINDS.map((kind) => [kind, kinds.includes(kind)])) as Record<IdentifierKind, boolean>
  knownWants.set(kinds, wants)
  return wants
}

/** One pass over a folded text. Each `…End` is where a kind of run was last looked at, so that no run is read twice. */
class IdentifierScan {
  private readonly groups = GROUPS
  private readonly text: string
  private readonly options: IdentifierOptions
  private readonly report: Report
  private readonly wants: Wants
  private wordEnd = 0
  private plateEnd = 0
  private secretEnd = 0
  private ipv6End = 0

  constructor(text: string, kinds: readonly IdentifierKind[], options: IdentifierOptions, report: Report) {
    this.text = text
    this.options = options
    this.report = report
    this.wants = wantsOf(kinds)
  }

  run(from: number): void {
    const { text } = this
    for (let i = from; i < text.length; i++) {
      switch (INTEREST[text.charCodeAt(i)]) {
        case Interest.digit:
          i = this.row(i) - 1
          break
        case Interest.at:
          this.atSign(i)
          break
        case Interest.letterKey:
          if (isLetterKey(text, i)) this.secretAround(i)
          break
        case Interest.hyphen:
          if (isKeyBlock(text, i)) i = Math.max(i, this.keyBlock(i) - 1)
          break
        default:
      }
    }
  }

  /** Looks at the row of digit groups that begins at `from`, and gives its end. */
  private row(from: number): number {
    const { groups } = this
    const end = groups.read(this.text, from)
    for (let group = 0; group < groups.count; ) {
      const taken = this.number(group)
      if (taken === 0) this.aroundGroup(group)
      group += Math.max(1, taken)
    }
    return end
  }

  /** Groups that a number takes from `group` on; 0 when none begins there. */
  private number(group: number): number {
    const { groups, wants, report } = this
    const gap = groups.gap(group)
    if (gap === Gap.none && groups.size(group) < SHORTEST_NUMBER) return 0
    if (gap === Gap.dot && wants.ip) {
      const taken = scanIpv4(groups, group, report)
      if (taken > 0) return taken
    }
    return (
      (wants['resident-id'] && scanResidentId(groups, group, report, this.options)) ||
      (wants['bank-card'] && scanBankCard(groups, group, report)) ||
      (wants.phone && scanPhone(groups, group, report)) ||
      0
    )
  }

  /** Looks at what stands around a group of digits that is no number by itself. */
  private aroundGroup(group: number): void {
    const { text, wants } = this
    const start = this.groups.start(group)
    if (wants.plate && start >= this.plateEnd) this.plateEnd = scanPlate(text, start, this.report)
    if (wants.secret) this.secretAround(start)
    if (start < this.wordEnd) return
    let from = start
    while (from > this.wordEnd && isAlphanumeric(text.charCodeAt(from - 1))) from--
    let to = this.groups.end(group)
    while (isAlphanumeric(text.charCodeAt(to))) to++
    this.wordEnd = to
    if (wants.uscc) scanUscc(text, from, to, this.report)
    if (wants.passport) scanPassport(text, from, to, this.report)
    const nearColon = text[from - 1] === ':' || text[to] === ':'
    if (wants.ip && nearColon && from >= this.ipv6End) this.ipv6End = scanIpv6(text, from, this.ipv6End, this.report)
  }

  private secretAround(at: number): void {
    if (this.wants.secret && at >= this.secretEnd) this.secretEnd = scanSecret(this.text, at, this.secretEnd, this.report)
  }

  private atSign(at: number): void {
    if (scanUrlCredentials(this.text, at, this.report)) return
    if (this.wants.email) scanEmail(this.text, at, this.report)
  }

  private keyBlock(at: number): number {
    return this.wants.secret ? scanKeyBlock(this.text, at, this.report) : 0
  }
}
