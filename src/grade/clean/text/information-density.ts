import type { RecordItem } from '../sub-item.ts'

/** Code units of a text that are looked at; repetition shows early, and shares of longer texts could not be compared. */
const WINDOW = 512
const MIN_UNITS = 60
const MIN_DISTINCT_SHARE = 0.2
const SLOTS = 1 << 12

/**
 * Share of the character trigrams of a text's beginning that did not occur before in it.
 * @param enough share past which the rest is not counted: most texts show it in their first quarter
 */
export function createDistinctShare(enough = 1): (text: string) => number {
  const seenIn = new Uint32Array(SLOTS)
  let turn = 0
  return (text) => {
    turn++
    const end = Math.min(text.length, WINDOW)
    const most = enough * (end - 2)
    let distinct = 0
    let [first, second] = [text.charCodeAt(0), text.charCodeAt(1)]
    for (let at = 2; at < end && distinct <= most; at++) {
      const third = text.charCodeAt(at)
      const gram = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ third
      first = second
      second = third
      const slot = (Math.imul(gram ^ (gram >>> 15), 0x2c1b3c6d) >>> 20) & (SLOTS - 1)
      if (seenIn[slot] === turn) continue
      seenIn[slot] = turn
      distinct++
    }
    return end < 3 ? 1 : distinct / (end - 2)
  }
}

export const informationDensity: RecordItem = {
  code: '02080102',
  title: { zh: '信息密度', en: 'information density' },
  method: () => ({
    zh: `前 ${WINDOW} 个字符中不重复的三字符片段不少于 ${MIN_DISTINCT_SHARE * 100}%（不足 ${MIN_UNITS} 个字符的不判断）；衡量自我重复，不衡量知识含量`,
    en: `at least ${MIN_DISTINCT_SHARE * 100}% of the character trigrams in the first ${WINDOW} characters are distinct (texts under ${MIN_UNITS} are not judged); a measure of self-repetition, not of knowledge`,
  }),
  bind: (_batch, _table, { textAt }) => {
    const distinctShare = createDistinctShare(MIN_DISTINCT_SHARE)
    return (row) => {
      const text = textAt(row)
      return text.length < MIN_UNITS ? undefined : distinctShare(text) < MIN_DISTINCT_SHARE
    }
  },
}
