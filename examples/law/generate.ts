import { type Dice, dice } from '../dice.ts'
import { madeUpName, madeUpPhone, madeUpResidentId } from '../made-up-persons.ts'
import { DAY, day, delimited, encoded } from '../raw-files.ts'
import { ASIDES, DISPUTES, type Dispute, type Story } from './disputes.ts'

const HEADER = [
  ...['案号', '审理法院', '文书类型', '审理程序', '立案日期', '裁判日期', '当事人', '标的额(元)', '判决金额(元)'],
  ...['案件事实', '本院认为', '法律依据', '裁判结果', '案由'],
]
const CASES_PER_FILE = 212
const FIRST_DAY = Date.UTC(2022, 0, 5)

/** Raw files of the example: judgments that two courts exported, one of them with parties named in the facts. */
export function generate(): Map<string, Uint8Array> {
  const random = dice(20220105)
  const first = cases(random, '0105', 'iso')
  const second = cases(random, '0212', 'chinese')
  return new Map([
    ['裁判文书-甲区法院.csv', encoded(delimited([HEADER, ...dirty(random, first)]), 'gb18030')],
    ['裁判文书-乙县法院.csv', encoded(delimited([HEADER, ...dirty(random, second)], ',', '\n'), 'utf-8-bom')],
  ])
}

interface Parties {
  readonly claim: number
  readonly plaintiff: string
  readonly defendant: string
}

function cases(random: Dice, court: string, style: 'iso' | 'chinese'): string[][] {
  return Array.from({ length: CASES_PER_FILE }, (_, at) => {
    const dispute = DISPUTES[at % DISPUTES.length] as Dispute
    const story = random.pick(dispute.stories)
    const filed = FIRST_DAY + random.integer(0, 640) * DAY
    const claim = Math.round(10 ** random.normal(4.8, 0.5))
    const parties = { claim, plaintiff: madeUpName(random), defendant: `${madeUpName(random).slice(0, 1)}某${random.pick(['', '某'])}` }
    const { ruling, share } = random.pick(RULINGS)
    return [
      `（${new Date(filed).getUTCFullYear()}）虚${court}民初${String(1001 + at)}号`,
      court === '0105' ? '虚构市甲区人民法院' : '虚构市乙县人民法院',
      random.pick(['民事判决书', '判决书']),
      random.pick(['一审普通程序', '简易程序', '小额诉讼']),
      day(filed, style),
      day(filed + random.integer(30, 170) * DAY, style),
      `原告${parties.plaintiff}，身份证号${madeUpResidentId(random)}；被告${parties.defendant}`,
      String(claim),
      String(Math.round(claim * share)),
      facts(random, story, parties, style),
      share === 0 ? UNPROVEN : told(random, story.reason, parties),
      story.statute,
      ruling,
      random.chance(0.7) ? dispute.cause : random.pick(dispute.names),
    ]
  })
}

const UNPROVEN = '原告提交的证据不足以证明其主张，应承担举证不能的不利后果'

const RULINGS = [
  { ruling: '支持全部诉讼请求', share: 1 },
  { ruling: '全部支持', share: 1 },
  { ruling: '支持部分诉讼请求', share: 0.62 },
  { ruling: '部分支持', share: 0.4 },
  { ruling: '驳回诉讼请求', share: 0 },
]

/** Facts in sentences whose order and parts vary. */
function facts(random: Dice, story: Story, parties: Parties, style: 'iso' | 'chinese'): string {
  const [first = '', second = ''] = random.some(story.events, 2)
  const [aside = '', another = ''] = random.some(ASIDES, 2)
  const parts = random.pick([
    [random.pick(story.openings), first, second, random.pick(story.claims), aside],
    [random.pick(story.openings), first, aside, random.pick(story.claims)],
    [aside, random.pick(story.openings), second, first, random.pick(story.claims), another],
    [random.pick(story.claims), `理由是${random.pick(story.openings)}`, first, another],
  ])
  const contact = random.chance(0.08) ? `${parties.plaintiff}留存联系电话${madeUpPhone(random)}。` : ''
  const lead =
    style === 'iso'
      ? random.pick(['经审理查明：', '本院经审理认定事实如下：', '原告诉称，'])
      : random.pick(['查明，', '原告向本院提出诉讼请求，', '审理中查明如下事实：'])
  return `${lead}${parts.map((part) => told(random, part, parties)).join('。')}。${contact}`
}

function told(random: Dice, text: string, { claim, plaintiff, defendant }: Parties): string {
  return text
    .replaceAll('{a}', random.chance(0.5) ? '原告' : plaintiff)
    .replaceAll('{b}', random.chance(0.6) ? '被告' : defendant)
    .replaceAll('{d}', () => day(FIRST_DAY - random.integer(100, 900) * DAY, 'chinese'))
    .replaceAll('{m}', String(claim))
    .replaceAll('{n}', () => String(random.integer(2, 9)))
}

/** Copies, near copies, cut rows, and dates in the wrong order. */
function dirty(random: Dice, rows: readonly string[][]): string[][] {
  return rows.flatMap((row) => {
    if (random.chance(0.02)) return [row, [...row]]
    if (random.chance(0.015)) return [row, row.with(0, `${row[0]}之一`).with(9, `${row[9]}（补正）`)]
    if (random.chance(0.01)) return [row, row.slice(0, 8)]
    if (random.chance(0.012)) return [row, row.with(0, `${row[0]}之二`).with(5, '2019-03-01')]
    return [row]
  })
}
