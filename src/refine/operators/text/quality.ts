import { z } from 'zod'
import {
  bulletVerdict,
  createRepetition,
  digitVerdict,
  ellipsisVerdict,
  letterVerdict,
  limit,
  minimumLength,
  ngramVerdict,
  QUALITY_REASONS,
  rejectProfiles,
  repeatedLineVerdict,
  stopWordVerdict,
  symbolVerdict,
  terminalVerdict,
  textColumns,
  wordLengthVerdict,
} from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

const FEWEST_LINES = 5
const FEWEST_WORDS = 50

export default defineOperator({
  version: 1,
  title: { zh: '文本质量规则', en: 'Quality rules' },
  doc: {
    zh: '一次扫描判断全部质量规则，理由与单项算子相同。默认只启用对行业文本也成立的规则：符号、重复行、重复词串、省略号行；其余为 null，即不启用。短于 minimumLength 的文本不判断。',
    en: 'Judges all quality rules in one pass, with the reasons of the single filters. By default only those that hold for industrial text too: symbols, repeated lines and n-grams, lines that end in an ellipsis. The others are null, which is off. Texts shorter than minimumLength are not judged.',
  },
  source: 'Gopher: Rae et al. 2021, arXiv 2112.11446, A1; C4: Raffel et al. 2020; FineWeb: Penedo et al. 2024; tuned for Chinese',
  parameters: z.strictObject({
    columns: textColumns,
    minimumLength: minimumLength(100),
    maximumSymbolShare: limit(0.5),
    maximumHashesPerToken: limit(0.1),
    maximumDigitShare: limit(null),
    minimumLetterShare: limit(null),
    minimumWordShare: limit(null),
    minimumWordLength: limit(null),
    maximumWordLength: limit(null),
    maximumBulletShare: limit(null),
    maximumEllipsisShare: limit(0.3),
    minimumTerminalShare: limit(null),
    minimumStopWords: limit(null),
    maximumRepeatedLineShare: limit(0.3),
    maximumRepeatedLineCharacterShare: limit(0.2),
    ngramStrictness: limit(1),
    ngramMinimumWords: z.number().int().nonnegative().default(100),
  }),
  example: {
    parameters: { minimumLength: 20, ngramMinimumWords: 10 },
    before: {
      text: [
        '$$$###@@@!!!***&&&%%%===',
        'buy cheap shoes buy cheap shoes buy cheap shoes buy cheap shoes',
        '更换轴承后振动值由 7.1 降到 2.3，恢复正常运行。',
      ],
    },
    after: { text: ['更换轴承后振动值由 7.1 降到 2.3，恢复正常运行。'] },
    quarantined: [0, 1],
  },
  reasons: QUALITY_REASONS,
  run: (batch, p) => {
    const repetition = createRepetition()
    const lines = {
      maximumLineShare: p.maximumRepeatedLineShare,
      maximumUnitShare: p.maximumRepeatedLineCharacterShare,
      minimumLines: FEWEST_LINES,
    }
    const stopWords = { minimumEnglish: p.minimumStopWords, minimumChinese: p.minimumStopWords, minimumTokens: FEWEST_WORDS }
    return rejectProfiles(batch, p.columns, p.minimumLength, (profile) => {
      return (
        symbolVerdict(profile, { maximumShare: p.maximumSymbolShare, maximumPerToken: p.maximumHashesPerToken }) ??
        digitVerdict(profile, p.maximumDigitShare) ??
        letterVerdict(profile, { minimumShare: p.minimumLetterShare, minimumTokenShare: p.minimumWordShare }) ??
        wordLengthVerdict(profile, { minimum: p.minimumWordLength, maximum: p.maximumWordLength, minimumWords: FEWEST_WORDS }) ??
        bulletVerdict(profile, p.maximumBulletShare, FEWEST_LINES) ??
        ellipsisVerdict(profile, p.maximumEllipsisShare, FEWEST_LINES) ??
        terminalVerdict(profile, p.minimumTerminalShare, FEWEST_LINES) ??
        stopWordVerdict(profile, stopWords) ??
        repeatedLineVerdict(profile, repetition, lines) ??
        (p.ngramStrictness === null
          ? null
          : ngramVerdict(profile, repetition, { strictness: p.ngramStrictness, minimumWords: p.ngramMinimumWords }))
      )
    })
  },
})
