import { describe, expect, it } from 'vitest'
import type { Operator } from '../../../../src/refine/operator.ts'
import alphabetRatio from '../../../../src/refine/operators/text/alphabet-ratio.ts'
import badWords from '../../../../src/refine/operators/text/bad-words.ts'
import bulletLines from '../../../../src/refine/operators/text/bullet-lines.ts'
import digitRatio from '../../../../src/refine/operators/text/digit-ratio.ts'
import ellipsisLines from '../../../../src/refine/operators/text/ellipsis-lines.ts'
import fillerText from '../../../../src/refine/operators/text/filler-text.ts'
import informationDensity from '../../../../src/refine/operators/text/information-density.ts'
import language from '../../../../src/refine/operators/text/language.ts'
import length from '../../../../src/refine/operators/text/length.ts'
import lineRepetition from '../../../../src/refine/operators/text/line-repetition.ts'
import meanWordLength from '../../../../src/refine/operators/text/mean-word-length.ts'
import ngramRepetition from '../../../../src/refine/operators/text/ngram-repetition.ts'
import quality from '../../../../src/refine/operators/text/quality.ts'
import stopWords from '../../../../src/refine/operators/text/stop-words.ts'
import symbolRatio from '../../../../src/refine/operators/text/symbol-ratio.ts'
import terminalPunctuation from '../../../../src/refine/operators/text/terminal-punctuation.ts'
import truncatedEnd from '../../../../src/refine/operators/text/truncated-end.ts'
import { runTexts } from './run-texts.ts'

const ENGLISH =
  'The bearing of the feed pump was replaced on Monday after the vibration monitor had shown a slow rise over three weeks. Grease was found to be dry and dark. The coupling was aligned, the guard refitted, and the pump ran for two hours before it was handed back to the operators. They have reported no further noise, and the next inspection is planned with the annual shutdown of the unit.'
const CHINESE =
  '给水泵轴承在周一更换，此前振动监测在三周内缓慢上升。拆开后发现润滑脂已经干结发黑，联轴器重新找正，护罩复位，试运行两小时后交还给运行人员。目前没有异常噪声，下一次检查安排在年度停机期间进行。为了避免同类故障，班组把润滑周期由半年缩短为三个月，并且在巡检表中增加了轴承温度一项，超过七十摄氏度时应当立即汇报。'
const SHORT = ['是', '无', 'ok', '65 ℃', '---', '……', '12', '见附件', '!!!', '●', '']
const HONEST = [ENGLISH, CHINESE, ...SHORT]

const leaves = (operator: Operator, texts: readonly string[], parameters: object = {}): string[] =>
  runTexts(operator, texts, parameters).left

/** Filters whose defaults are for any text, and texts that each must refuse. */
const REFUSED: readonly (readonly [string, Operator, readonly string[], string])[] = [
  ['symbol-ratio', symbolRatio, ['#$%^&*~|<>{}'.repeat(10), '■□◆·'.repeat(40)], 'too-many-symbols'],
  ['symbol-ratio', symbolRatio, ['好#题#目#'.repeat(20)], 'too-many-hashes'],
  ['digit-ratio', digitRatio, ['12.5 33.1 47.9 '.repeat(10)], 'too-many-digits'],
  ['alphabet-ratio', alphabetRatio, ['12:30 | 45.6 | -- '.repeat(8)], 'too-few-letters'],
  ['mean-word-length', meanWordLength, ['a b '.repeat(60)], 'words-too-short'],
  ['mean-word-length', meanWordLength, ['Donaudampfschifffahrt '.repeat(60)], 'words-too-long'],
  [
    'stop-words',
    stopWords,
    ['cheap shoes buy online now best price sale shop deal '.repeat(8), '轴承温度压力流量阀门泵房巡检记录维修更换润滑'.repeat(12)],
    'too-few-stop-words',
  ],
  ['line-repetition', lineRepetition, ['设备运行正常没有发现异常情况\n'.repeat(12)], 'repeated-lines'],
  ['ngram-repetition', ngramRepetition, ['buy cheap shoes '.repeat(50), '买便宜的鞋子就来这里'.repeat(40)], 'repeated-ngrams'],
  ['bullet-lines', bulletLines, ['• 首页导航链接文字若干字样\n'.repeat(10)], 'too-many-bullets'],
  ['ellipsis-lines', ellipsisLines, ['某公司发布新产品并且宣布……\n'.repeat(10)], 'too-many-ellipses'],
  ['terminal-punctuation', terminalPunctuation, ['首页 产品 新闻 联系我们 关于公司\n'.repeat(14)], 'too-few-sentences'],
  ['information-density', informationDensity, ['正常'.repeat(200)], 'too-repetitive'],
  ['filler-text', fillerText, ['Lor' + 'em ipsum dolor', '这里输入标题'], 'filler-text'],
  ['truncated-end', truncatedEnd, [`${CHINESE}其中包括、`, `${ENGLISH} Read more`], 'truncated-end'],
]

describe.each(REFUSED)('%s', (_, operator, texts, reason) => {
  it(`refuses ${reason}`, () => {
    expect(leaves(operator, texts)).toEqual(texts.map((_text, row) => `${row}: ${reason}`))
  })

  it('keeps honest prose in both languages, and everything short', () => {
    expect(leaves(operator, HONEST)).toEqual([])
  })

  it('judges nothing shorter than it is told', () => {
    if ('minimumLength' in (operator.parameters.parse({}) as object)) expect(leaves(operator, texts, { minimumLength: 1e6 })).toEqual([])
  })
})

describe('length', () => {
  it('counts code points and tokens', () => {
    expect(leaves(length, ['', '👍', '中文', 'two words'])).toEqual(['0: too-short'])
    expect(leaves(length, ['👍👍', '👍👍👍'], { maximumCharacters: 2 })).toEqual(['1: too-long'])
    expect(leaves(length, ['两个字呢', 'only three words', 'two words'], { minimumTokens: 3 })).toEqual(['2: too-short'])
    expect(leaves(length, ['a b c', 'a'], { maximumTokens: 2 })).toEqual(['0: too-long'])
  })
})

describe('language', () => {
  const TEXTS = [
    CHINESE,
    ENGLISH,
    'Le roulement de la pompe a été remplacé lundi après une lente montée des vibrations pendant trois semaines.',
    'Das Lager der Speisepumpe wurde am Montag ersetzt, nachdem die Schwingungen drei Wochen lang gestiegen waren.',
    'ポンプの軸受は月曜日に交換され、その後の運転では異常な振動や騒音は見つかっていません。点検は来月の予定です。',
    'Подшипник питательного насоса заменили в понедельник после медленного роста вибрации.',
    '펌프의 베어링은 월요일에 교체되었으며 그 이후로 이상한 소음이나 진동은 발견되지 않았습니다. 다음 점검은 다음 달입니다.',
    '轴承型号 SKF 6204-2RS，振动 vibration 7.1 mm/s，需更换 replace bearing as soon as possible',
  ]

  it('keeps the languages that are asked for', () => {
    const other = (rows: readonly number[]): string[] => rows.map((row) => `${row}: other-language`)
    expect(leaves(language, TEXTS)).toEqual(other([2, 3, 4, 5, 6]))
    expect(leaves(language, TEXTS, { languages: ['ja', 'ko', 'ru'] })).toEqual(other([0, 1, 2, 3, 7]))
    expect(leaves(language, TEXTS, { languages: ['fr', 'de', 'zh', 'en', 'ja', 'ru', 'ko'] })).toEqual([])
  })

  it('keeps what is short or unsure', () => {
    expect(leaves(language, [...SHORT, 'Bonjour', '123 456 789 '.repeat(10)])).toEqual([])
    expect(leaves(language, TEXTS, { minimumConfidence: 1 }).length).toBeLessThan(5)
  })
})

describe('bad-words', () => {
  it('asks for several hits, and takes a list', () => {
    const offer = '真人百家乐，博彩平台注册，在线赌场'
    const news = '警方捣毁一个在线赌场，抓获十二人。'
    expect(leaves(badWords, [offer, news, ...HONEST])).toEqual(['0: bad-words'])
    expect(leaves(badWords, [offer, news], { maximumHits: 0 })).toEqual(['0: bad-words', '1: bad-words'])
    expect(leaves(badWords, [offer], { categories: ['drugs'] })).toEqual([])
    expect(leaves(badWords, ['涉密图纸，涉密清单', '图纸'], { words: ['涉密'] })).toEqual(['0: bad-words'])
  })
})

describe('filler-text and truncated-end', () => {
  it('have stricter forms', () => {
    expect(leaves(fillerText, ['if (x) { y() }'], { curlyBraces: true })).toEqual(['0: curly-braces'])
    expect(leaves(fillerText, ['if (x) { y() }'])).toEqual([])
    expect(leaves(truncatedEnd, [`${CHINESE}……`], { ellipsis: true })).toEqual(['0: truncated-end'])
    expect(leaves(truncatedEnd, [`${CHINESE}……`])).toEqual([])
  })
})

describe('information-density', () => {
  it('finds random strings when told to', () => {
    let state = 1
    const random = Array.from({ length: 400 }, () => {
      state = (state * 48271) % 2147483647
      return String.fromCharCode(33 + (state % 90))
    }).join('')
    expect(leaves(informationDensity, [random, ENGLISH], { maximum: 0.99 })).toEqual(['0: too-dense'])
  })
})

describe('quality', () => {
  it('gives what the single filters give, with the first reason', () => {
    const rules: readonly (readonly [string, Operator, object, object])[] = [
      ['symbols', symbolRatio, { minimumLength: 100 }, {}],
      ['lines', lineRepetition, {}, {}],
      ['n-grams', ngramRepetition, {}, {}],
      ['ellipses', ellipsisLines, {}, {}],
      ['digits', digitRatio, {}, { maximumDigitShare: 0.5 }],
      ['bullets', bulletLines, {}, { maximumBulletShare: 0.9 }],
    ]
    const texts = [...REFUSED.flatMap(([, , refused]) => refused), ...HONEST]
    for (const [name, single, ownParameters, parameters] of rules) {
      const off = {
        maximumSymbolShare: name === 'symbols' ? 0.5 : null,
        maximumHashesPerToken: name === 'symbols' ? 0.1 : null,
        maximumEllipsisShare: name === 'ellipses' ? 0.3 : null,
        maximumRepeatedLineShare: name === 'lines' ? 0.3 : null,
        maximumRepeatedLineCharacterShare: name === 'lines' ? 0.2 : null,
        ngramStrictness: name === 'n-grams' ? 1 : null,
      }
      expect(leaves(quality, texts, { ...off, ...parameters }), name).toEqual(leaves(single, texts, ownParameters))
    }
  })

  it('by default keeps what is honest, and takes what is not', () => {
    expect(leaves(quality, HONEST)).toEqual([])
    expect(leaves(quality, ['$%^&*~|'.repeat(30), 'buy cheap shoes '.repeat(50), `${ENGLISH.slice(0, 60)}\n`.repeat(12)])).toEqual([
      '0: too-many-symbols',
      '1: repeated-ngrams',
      '2: repeated-lines',
    ])
  })
})
