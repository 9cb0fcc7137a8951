import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import collapseWhitespace from '../../../../src/refine/operators/text/collapse-whitespace.ts'
import fixEncodingDamage from '../../../../src/refine/operators/text/fix-encoding-damage.ts'
import foldPunctuation from '../../../../src/refine/operators/text/fold-punctuation.ts'
import foldWidth from '../../../../src/refine/operators/text/fold-width.ts'
import normalizeUnicode from '../../../../src/refine/operators/text/normalize-unicode.ts'
import removeBoilerplateLines from '../../../../src/refine/operators/text/remove-boilerplate-lines.ts'
import removeRepeatedLines from '../../../../src/refine/operators/text/remove-repeated-lines.ts'
import removeUrls from '../../../../src/refine/operators/text/remove-urls.ts'
import simplifyChinese from '../../../../src/refine/operators/text/simplify-chinese.ts'
import stripControl from '../../../../src/refine/operators/text/strip-control.ts'
import stripHtml from '../../../../src/refine/operators/text/strip-html.ts'
import traditionalChinese from '../../../../src/refine/operators/text/traditional-chinese.ts'
import { batchOfTexts, mapOne } from './run-texts.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 60 })
const spaced = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t', 'a', '中', '\u3000', '\u00a0', '\ufeff', '.'), maxLength: 30 })

describe('normalize-unicode', () => {
  it('gives the normal form of the platform', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('NFC', 'NFKC'), (text, form) => {
        expect(mapOne(normalizeUnicode, text, { form })).toBe(text.normalize(form))
      }),
    )
  })

  it('leaves Chinese punctuation and units by default', () => {
    expect(mapOne(normalizeUnicode, '压力，10 m²①')).toBe('压力，10 m²①')
  })

  it('keeps the column itself when nothing changed', () => {
    const batch = batchOfTexts(['abc', '中文', null])
    const { kept } = normalizeUnicode.run(batch, normalizeUnicode.parameters.parse({}), {
      fitted: undefined,
      carry: new Map(),
      pseudonymKey: new Uint8Array(),
    })
    expect(kept.columns.get('text')).toBe(batch.columns.get('text'))
  })
})

describe('strip-control', () => {
  it.each([
    ['a\u0000b\u0007c\u007f', 'abc'],
    ['1\u200b3\u200b8', '138'],
    ['\ufeff标题', '标题'],
    ['co\u00adoperate', 'cooperate'],
    ['user\u202egpj.exe', 'usergpj.exe'],
    ['page one\fpage two', 'page one\npage two'],
    ['a\tb\r\nc', 'a\tb\r\nc'],
    ['a\ud83db\udc4dc', 'abc'],
    ['👍👩\u200d🔬🏳\ufe0f\u200d🌈', '👍👩\u200d🔬🏳\ufe0f\u200d🌈'],
    ['\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'],
    ['safe\u{E0069}\u{E0067}\u{E006E} text', 'safe text'],
    ['می\u200cخواهم \u200fabc', 'می\u200cخواهم \u200fabc'],
    ['中\u200d文\u200f', '中文'],
    ['क्\u200dष', 'क्\u200dष'],
  ])('%j → %j', (text, expected) => {
    expect(mapOne(stripControl, text)).toBe(expected)
  })

  it('leaves no control, override, zero-width space or half of a pair, and is done after once', () => {
    const hidden = fc.string({
      unit: fc.constantFrom(
        'a',
        '中',
        '\u200d',
        '\u200b',
        '\ud83d',
        '\udc69',
        '👩',
        '\u0001',
        '\u{E0041}',
        '\u{1F3F4}',
        '\u202e',
        '\ufe0f',
        'م',
      ),
      maxLength: 15,
    })
    fc.assert(
      fc.property(fc.oneof(anyText, hidden), (text) => {
        const once = mapOne(stripControl, text) ?? ''
        // \p{Cc} without tab and line ends.
        expect(once.replace(/[\t\n\r]/g, '')).not.toMatch(/[\p{Cc}\p{Cs}\u200b\u202a-\u202e\ufeff]/u)
        expect(mapOne(stripControl, once)).toBe(once)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('collapse-whitespace', () => {
  it('folds, trims, keeps paragraphs', () => {
    expect(mapOne(collapseWhitespace, '\u3000\u3000第一段  文字 \r\n\r\n\r\n\r\n第二段\u00a0x\n')).toBe('第一段 文字\n\n第二段 x')
    expect(mapOne(collapseWhitespace, 'a\n\n\nb', { maximumBlankLines: 0 })).toBe('a\nb')
    expect(mapOne(collapseWhitespace, ' \n\t')).toBeNull()
  })

  it('leaves only single spaces and allowed blank lines, whatever came', () => {
    fc.assert(
      fc.property(spaced, fc.integer({ min: 0, max: 2 }), (text, maximumBlankLines) => {
        const once = mapOne(collapseWhitespace, text, { maximumBlankLines })
        if (once === null) {
          expect(text.trim()).toBe('')
          return
        }
        expect(once).not.toMatch(/ {2}| \n|\n |^\s|\s$|[\t\r\u3000\u00a0\ufeff]/)
        expect(once).not.toContain('\n'.repeat(maximumBlankLines + 2))
        expect(once.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        expect(mapOne(collapseWhitespace, once, { maximumBlankLines })).toBe(once)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('strip-html', () => {
  it.each([
    ['<p>a</p><p>b</p>', 'a\n\nb'],
    ['a<br/>b<BR>c', 'a\nb\nc'],
    ['<b>bo</b>ld &amp; <i>it</i>', 'bold & it'],
    ['<script>var x = "<p>no</p>";</script>text<style>p{}</style>', 'text'],
    ['<SCRIPT>x</SCRIPT>y', 'y'],
    ['a<!-- <p> -->b', 'ab'],
    ['<a href="x?a=1>2" title=\'t\'>link</a>', 'link'],
    ['<td>1</td><td>2</td>', '1  2'],
    ['&#20013;&#x6587; &euro;5 &deg;C', '中文 €5 °C'],
    ['if (a<b && c>d) &unknown; AT&T', 'if (a<b && c>d) &unknown; AT&T'],
    ['a<b and c>d, x<i || y>2', 'a<b and c>d, x<i || y>2'],
    ['List<String> <用户> <T> x<y', 'List<String> <用户> <T> x<y'],
    ['cut <p', 'cut <p'],
    ['&#0; &#x110000; &#xd800;', '&#0; &#x110000; &#xd800;'],
    ['<script>never closed', 'never closed'],
    ['<!-- never closed <p>x</p>', '<!-- never closed \nx'],
  ])('%s → %j', (text, expected) => {
    expect(mapOne(stripHtml, text)).toBe(expected)
  })
})

describe('fix-encoding-damage', () => {
  const asLatin = (text: string): string => iconv.decode(Buffer.from(text, 'utf8'), 'win1252')
  /** As ISO-8859-1, which maps every byte. */
  const asLatin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
  const asGbk = (text: string): string => new TextDecoder('gbk').decode(Buffer.from(text, 'utf8'))

  it.each(['设备维护记录', 'naïve café – “quoted” €5', '数据，质量。', 'Müller & Söhne', '日本語のテキスト', '👍 好的'])(
    'mends %s read as Latin-1 or Windows-1252',
    (text) => {
      expect(mapOne(fixEncodingDamage, asLatin1(text))).toBe(text)
      // Windows-1252 leaves five bytes free, which some decoders lose.
      if (!asLatin(text).includes('\ufffd')) expect(mapOne(fixEncodingDamage, asLatin(text))).toBe(text)
    },
  )

  it('mends UTF-8 read as GBK where the bytes survived', () => {
    const survivors = ['维护记录', '你好，世界！再见', '设备运行正常。', '检修人员已到场处理，更换轴承后恢复'].filter(
      (text) => !/[\ufffd?]/.test(asGbk(text)),
    )
    expect(survivors.length).toBeGreaterThan(0)
    for (const text of survivors) expect(mapOne(fixEncodingDamage, asGbk(text))).toBe(text)
  })

  it.each(['CAFÉ»', 'À l’été', 'SÃO PAULO', 'Ä±', '联通', '锟斤拷烫烫烫', '正常文本，没有乱码', 'plain ascii', 'garçon', '鍏充簬?'])(
    'leaves %s',
    (text) => {
      expect(mapOne(fixEncodingDamage, text)).toBe(text)
    },
  )

  it('never touches text that people wrote', () => {
    const written = fc.oneof(
      fc.string({
        unit: fc.constantFrom(...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工'),
        minLength: 1,
        maxLength: 40,
      }),
      fc
        .array(
          fc.constantFrom(
            'l’été',
            '«À',
            'vous»',
            'déjà',
            'CAFÉ»',
            'Öl',
            'Größe',
            'naïve',
            'SÃO',
            'coração',
            'É',
            'où',
            '5 €',
            'Straße…',
            '“Ähre”',
            'ação',
          ),
          { maxLength: 12 },
        )
        .map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(written, (text) => {
        expect(mapOne(fixEncodingDamage, text)).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('fold-width and fold-punctuation', () => {
  it('fold letters, digits and signs but not Chinese punctuation', () => {
    expect(mapOne(foldWidth, 'ＡＢＣ１２３＋＝％，。！（）：；？　ｘ')).toBe('ABC123+=%，。！（）：；？ x')
    expect(mapOne(foldWidth, 'Ａ，（Ｂ）！', { punctuation: true })).toBe('A,(B)!')
  })

  it('fold typographic signs in Latin text only', () => {
    expect(mapOne(foldPunctuation, '“It’s” 5–6 – done…')).toBe('"It\'s" 5-6 - done...')
    expect(mapOne(foldPunctuation, '他说“好”，然后……走了——结束')).toBe('他说“好”，然后……走了——结束')
    expect(mapOne(foldPunctuation, '“a” – b', { quotes: false })).toBe('“a” - b')
  })
})

describe('remove-urls', () => {
  it.each([
    ['见https://a.cn/b?c=1。下文', '见。下文'],
    ['(http://x.com/a), www.y.org.', '(), .'],
    ['[文档](https://a.cn/x) ![图](https://a.cn/y.png)', '文档 图'],
    ['[![badge](https://a.b/c)](https://d.e/f)', 'badge'],
    ['no address: a/b, 1://2', 'no address: a/b, 1://2'],
    ['"http://a.b/c"后', '""后'],
  ])('%s → %s', (text, expected) => {
    expect(mapOne(removeUrls, text)).toBe(expected)
  })

  it('writes a replacement', () => {
    expect(mapOne(removeUrls, '见 ftp://a.b/c', { replacement: '<URL>' })).toBe('见 <URL>')
  })
})

describe('lines', () => {
  it('boilerplate goes, prose and short texts stay', () => {
    const page = [
      '首页 > 新闻 > 行业',
      '泵的选型',
      '当前位置：首页',
      '泵应按流量与扬程选型。',
      '上一篇：阀门',
      '责任编辑：李雷',
      '[返回顶部]',
      'Copyright © 2024 ACME. All rights reserved.',
      '京ICP备12345678号',
      'Accept all cookies',
      'Read more…',
      '来源：设备网',
    ]
    expect(mapOne(removeBoilerplateLines, page.join('\n'))).toBe('泵的选型\n泵应按流量与扬程选型。')
    expect(mapOne(removeBoilerplateLines, '首页\n返回顶部')).toBe('首页\n返回顶部')
    expect(mapOne(removeBoilerplateLines, '一行\n二行\n本网独家报道\n三行', { phrases: ['独家报道'] })).toBe('一行\n二行\n三行')
    const prose =
      '责任编辑在会上指出，编辑工作要细致。\n他来源于基层，熟悉情况。\nReaders who want to read more should subscribe to the journal.'
    expect(mapOne(removeBoilerplateLines, prose)).toBe(prose)
  })

  it('repeated lines go, short and blank ones stay', () => {
    expect(mapOne(removeRepeatedLines, '设备运行一切正常。\n\n好\n设备运行一切正常。 \n\n好')).toBe('设备运行一切正常。\n\n好\n\n好')
  })
})

describe('Chinese variants', () => {
  it.each([
    ['設備維護記錄', 'generic', '设备维护记录'],
    ['軟體與滑鼠', 'taiwan-words', '软件与鼠标'],
    ['軟體', 'generic', '软体'],
    ['乾燥、乾坤、頭髮、皇后', 'generic', '干燥、乾坤、头发、皇后'],
    ['一坏就换，已是简体', 'generic', '一坏就换，已是简体'],
  ])('%s (%s) → %s', (text, region, expected) => {
    expect(mapOne(simplifyChinese, text, { region })).toBe(expected)
  })

  it.each([
    ['头发和出发', 'generic', '頭髮和出發'],
    ['皇后以后', 'generic', '皇后以後'],
    ['软件', 'taiwan-words', '軟體'],
    ['里面', 'taiwan', '裡面'],
    ['里面', 'hongkong', '裏面'],
  ])('%s → %s %s', (text, region, expected) => {
    expect(mapOne(traditionalChinese, text, { region })).toBe(expected)
  })

  it('simplified text of the real world does not change', () => {
    expect(mapOne(simplifyChinese, '中华人民共和国公司法，适用于在中国境内设立的有限责任公司。')).toBe(
      '中华人民共和国公司法，适用于在中国境内设立的有限责任公司。',
    )
  })
})
