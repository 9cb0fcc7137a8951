import type { RecordItem } from '../sub-item.ts'

/** Line ends in a row from which a page's layout has torn a text apart. */
const TORN = '\n'.repeat(8)
/** Code units without any punctuation or line end that are too many: more than a long sentence holds. */
const STRETCH = 700
const MIN_WORDS = 112
const MIN_HAN = 300
const PAUSE = /[\n,.;:!?，。；：！？、…·|•–—()（）“”"「」]/
const HAN = /\p{sc=Han}/gu
/** Letters of one word that are too many, and different ones that it takes to be no sequence of bases or amino acids. */
const STUCK = 46
const MIN_ALPHABET = 6

/** Does the text run on at `from` without a pause, as running text? Sequences, which have no words, are none. */
function runsOn(text: string, from: number): boolean {
  const stretch = text.slice(from, from + STRETCH)
  if (stretch.length < STRETCH || PAUSE.test(stretch)) return false
  return stretch.split(/\s+/).length > MIN_WORDS || (stretch.match(HAN)?.length ?? 0) >= MIN_HAN
}

const isLetter = (unit: number): boolean => (unit | 32) >= 97 && (unit | 32) <= 122

/** Words that have run together, as where a reader has lost the blanks. Looks at one unit in 46, and around it where it is a letter. */
function hasStuckWords(text: string): boolean {
  for (let probe = STUCK - 1; probe < text.length; probe += STUCK) {
    if (!isLetter(text.charCodeAt(probe))) continue
    let from = probe
    while (from > probe - STUCK && isLetter(text.charCodeAt(from - 1))) from--
    let to = probe + 1
    while (to - from < STUCK && isLetter(text.charCodeAt(to))) to++
    if (to - from >= STUCK && areWords(text.slice(from, to))) return true
  }
  return false
}

const areWords = (run: string): boolean => /[a-z]/.test(run) && new Set(run.toLowerCase()).size > MIN_ALPHABET

/** Begin, middle and end of a long text are looked at. */
const runsOnSomewhere = (text: string): boolean =>
  text.length >= STRETCH && [0, (text.length - STRETCH) >> 1, text.length - STRETCH].some((from) => runsOn(text, from))

/**
 * Where the flow of a text is broken on its surface. Source: the components of Dingo's rule for 02080107 (RuleEnterMore,
 * RuleNoPunc, RuleWordStuck), with Chinese punctuation, and sparing sequences.
 */
export const coherence: RecordItem = {
  code: '02080107',
  title: { zh: '连贯性', en: 'coherence' },
  method: () => ({
    zh: `只看表面的断裂：没有连续 8 个换行，开头、中间和结尾没有 ${STRETCH} 个字符不带标点的行文，没有 46 个以上字母连成的词；句与句在意义上是否连贯需要语言模型，未测量`,
    en: `surface breaks alone: no 8 line ends in a row, no ${STRETCH} characters of running text without punctuation at the begin, middle or end, no 46 letters run together; whether sentences follow from each other in meaning takes a language model and is not measured`,
  }),
  bind:
    (_batch, _table, { textAt, scanAt }) =>
    (row) => {
      if (scanAt(row).visible === 0) return undefined
      const text = textAt(row)
      return text.includes(TORN) || runsOnSomewhere(text) || hasStuckWords(text)
    },
}
