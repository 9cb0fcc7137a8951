import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BANDS, bandKeys, candidateProbability, createShingler, jaccard, shingleSet } from '../../../src/base/kernels/index.ts'
import { createClusters } from '../../../src/refine/duplicates/clusters.ts'
import { findNearTexts } from '../../../src/refine/duplicates/near-text.ts'

/** Independent of the kernel: tokens by a regular expression, shingles as strings in a Set. */
function oracleShingles(text: string): Set<string> {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu, ' $& ')
    .split(/[^\p{L}\p{N}\p{M}_]+/u)
    .filter((word) => word !== '')
  if (words.length < 5) return new Set([words.join(' ')])
  return new Set(words.slice(0, -4).map((_, i) => words.slice(i, i + 5).join(' ')))
}

function oracleJaccard(a: Set<string>, b: Set<string>): number {
  let common = 0
  for (const one of a) if (b.has(one)) common++
  return common / (a.size + b.size - common)
}

/** Seeded numbers in 0..1 (mulberry32). */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const ENGLISH =
  'field sensor grows water harvest pressure valve motor patient clinic claim ledger drone flight robot yeast protein lesson answer court ruling wheat soil engine fault signal image label record'.split(
    ' ',
  )
const HAN = [...'数据集行业医疗农业制造教育金融飞行机器人生物发酵病虫害设备故障患者诊断课程题目贷款合同法院判决小麦水稻温度压力传感器']

/** A document of the language, and a copy with some tokens replaced. */
function document(roll: () => number, chinese: boolean, length: number): string[] {
  return Array.from({ length }, () =>
    chinese
      ? (HAN[Math.floor(roll() * HAN.length)] as string)
      : `${ENGLISH[Math.floor(roll() * ENGLISH.length)]}${Math.floor(roll() * 40)}`,
  )
}

function edited(roll: () => number, tokens: readonly string[], edits: number, chinese: boolean): string[] {
  const copy = [...tokens]
  for (let i = 0; i < edits; i++) copy[Math.floor(roll() * copy.length)] = chinese ? '新' : `edit${Math.floor(roll() * 1000)}`
  return copy
}

function corpus(seed: number): string[] {
  const roll = dice(seed)
  const texts: string[] = []
  for (let n = 0; n < 700; n++) {
    const chinese = n % 2 === 0
    const tokens = document(roll, chinese, 60 + Math.floor(roll() * 200))
    const write = (words: readonly string[]): string => (chinese ? words.join('') : words.join(' '))
    texts.push(write(tokens))
    const copies = roll() < 0.4 ? 1 + Math.floor(roll() * 2) : 0
    for (let c = 0; c < copies; c++) texts.push(write(edited(roll, tokens, 1 + Math.floor(roll() * 8), chinese)))
  }
  return texts
}

async function clustersOf(texts: readonly string[]) {
  const shingle = createShingler()
  const keys = new Float64Array(texts.length * BANDS)
  for (const [i, text] of texts.entries()) bandKeys(shingle(text), keys, i * BANDS, 0)
  async function* give(numbers: Uint32Array): AsyncIterable<readonly [number, string]> {
    for (const number of numbers) yield [number, texts[number] as string]
  }
  return findNearTexts(keys, give, { threshold: 0.8 })
}

describe('near duplicates of texts', () => {
  it('finds ≥ .99 of the pairs at Jaccard ≥ .8, and no other, in English and Chinese', async () => {
    const texts = corpus(7)
    const sets = texts.map(oracleShingles)
    const { clusters } = await clustersOf(texts)
    const graph = createClusters(texts.length)
    const counts = { en: { pairs: 0, found: 0 }, zh: { pairs: 0, found: 0 } }
    for (let a = 0; a < texts.length; a++) {
      for (let b = a + 1; b < texts.length; b++) {
        if (oracleJaccard(sets[a] as Set<string>, sets[b] as Set<string>) < 0.8) continue
        graph.join(a, b)
        const language = /[a-z]/.test(texts[a] as string) ? 'en' : 'zh'
        counts[language].pairs++
        if (clusters.find(a) === clusters.find(b)) counts[language].found++
      }
    }
    process.stdout.write(`near duplicates: en ${counts.en.found}/${counts.en.pairs}, zh ${counts.zh.found}/${counts.zh.pairs}\n`)
    for (const { pairs, found } of Object.values(counts)) {
      expect(pairs).toBeGreaterThan(60)
      expect(found / pairs).toBeGreaterThanOrEqual(0.99)
    }
    // Precision: whatever is joined is joined by a chain of true pairs.
    for (let a = 0; a < texts.length; a++) expect(graph.find(a)).toBe(graph.find(clusters.find(a)))
  }, 120_000)

  it('does not depend on the order of texts', async () => {
    const texts = corpus(11).slice(0, 400)
    const order = texts.map((_, i) => (i * 149) % texts.length)
    const straight = (await clustersOf(texts)).clusters
    const shuffled = (await clustersOf(order.map((i) => texts[i] as string))).clusters
    const together = (i: number, j: number): boolean => shuffled.find(i) === shuffled.find(j)
    for (let i = 1; i < texts.length; i++)
      expect(together(i, 0)).toBe(straight.find(order[i] as number) === straight.find(order[0] as number))
  })

  it('states the probability of its recall', () => {
    expect(candidateProbability(0.8)).toBeCloseTo(1 - (1 - 0.8 ** 6) ** 20, 12)
    expect(candidateProbability(0.8)).toBeGreaterThan(0.99)
  })
})

describe('shingles', () => {
  it('agree with an independent implementation', () => {
    const shingle = createShingler()
    const piece = fc.constantFrom('data', 'Field', '病虫害', '9', ' ', '，', 'ｗｉｄｅ', 'é', '\n', 'カナ', '—', 'x_1')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.array(piece, { maxLength: 40 }), (left, right) => {
        const [a, b] = [left.join(''), right.join('')]
        const measured = jaccard(shingleSet(shingle(a)), shingleSet(shingle(b)))
        expect(measured).toBeCloseTo(oracleJaccard(oracleShingles(a), oracleShingles(b)), 10)
      }),
      { numRuns: 400 },
    )
  })

  it('gives no text an empty set', () => {
    const shingle = createShingler()
    for (const text of ['', ' ', '。', '好', 'one two']) expect(shingleSet(shingle(text)).length).toBe(1)
  })
})
