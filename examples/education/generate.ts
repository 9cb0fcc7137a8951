import { type Dice, dice } from '../dice.ts'
import { DAY, day, delimited, encoded } from '../raw-files.ts'
import { LEADS, REMARKS, STEMS, SUBJECTS } from './wording.ts'

const HEADER = ['试题编号', '入库日期', '学科', '年级', '题型', '题干', '选项', '答案', '解析', '知识点', '分值', '难度', '认知层次']
const JUNIOR = ['七年级', '八年级', '九年级', '初一', '初二', '初三']
const SENIOR = ['高一', '高二', '高三', '高中一年级']
const QUESTIONS_PER_FILE = 330
const FIRST_DAY = Date.UTC(2023, 1, 13)

/** How hard a level is on average: mean score share. */
const EASE: Readonly<Record<string, number>> = { REMEMBER: 0.84, UNDERSTAND: 0.74, APPLY: 0.62, ANALYSE: 0.5, EVALUATE: 0.46, CREATE: 0.4 }
const LEVELS = Object.keys(STEMS)

/** Raw files of the example: question banks of two schools, one exported from an old system, one pasted from web pages. */
export function generate(): Map<string, Uint8Array> {
  const random = dice(20230213)
  const junior = questions(random, '初', JUNIOR, 'iso')
  const senior = questions(random, '高', SENIOR, 'chinese').map((row) => row.with(5, webbed(random, row[5] as string)))
  return new Map([
    ['题库-初中.csv', encoded(delimited([HEADER, ...dirty(random, junior)]), 'gb18030')],
    ['题库-高中.csv', encoded(delimited([HEADER, ...dirty(random, senior)], ',', '\n'), 'utf-8')],
  ])
}

function questions(random: Dice, stage: '初' | '高', grades: readonly string[], style: 'iso' | 'chinese'): string[][] {
  return Array.from({ length: QUESTIONS_PER_FILE }, (_, at) => {
    const level = LEVELS[at % LEVELS.length] as string
    const subject = random.pick(Object.keys(SUBJECTS))
    const [point, setting] = random.pick((SUBJECTS[subject] ?? []).filter(([, , taught]) => taught === stage))
    const [type, wording] = random.pick(STEMS[level] ?? [])
    const stem = wording.replaceAll('{p}', point).replaceAll('{s}', setting)
    const difficulty = Math.min(0.97, Math.max(0.08, random.normal(EASE[level] ?? 0.5, 0.09)))
    return [
      `${stage === '初' ? 'CZ' : 'GZ'}${20230001 + at}`,
      day(FIRST_DAY + random.integer(0, 500) * DAY, style),
      subject,
      random.pick(grades),
      type,
      `${random.pick(LEADS)}${stem}${random.pick(REMARKS)}`,
      type === '单选题' ? JSON.stringify(optionsAbout(random, point)) : '',
      answerFor(random, type, point, setting),
      random.chance(0.1)
        ? '略'
        : `考查${point}，${random.pick(['关键在于审清条件', '注意与相近概念区分', '可画图辅助思考', '先写依据再下结论'])}。`,
      point,
      String(random.pick([2, 3, 4, 5, 6, 8, 10, 12])),
      random.chance(0.05) ? '' : difficulty.toFixed(2),
      level,
    ]
  })
}

const optionsAbout = (random: Dice, point: string): string[] =>
  random.some(
    [
      `${point}只与外部条件有关`,
      `${point}需要同时满足两个条件`,
      `${point}与所给情境无关`,
      `${point}可以由已知结论推出`,
      `${point}的结论总是成立`,
    ],
    4,
  )

function answerFor(random: Dice, type: string, point: string, setting: string): string {
  if (type === '单选题') return random.pick(['A', 'B', 'C', 'D'])
  if (type === '判断题') return random.pick(['正确', '错误'])
  return random.pick([
    `从${point}出发，结合“${setting}”作答，要点三条。`,
    `答出${point}的依据得一半分，联系情境得另一半分。`,
    `见评分细则：先说明${point}，再回到情境。`,
  ])
}

/** What is left when a stem is pasted from a web page. */
function webbed(random: Dice, stem: string): string {
  if (random.chance(0.2)) return `<p>${stem.replaceAll('。', '。<br/>')}</p>`
  if (random.chance(0.15)) return `${stem.replaceAll('，', '，&nbsp;')}`
  return random.chance(0.1) ? stem.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)) : stem
}

/** Copies, near copies, cut rows and keys that are missing. */
function dirty(random: Dice, rows: readonly string[][]): string[][] {
  const out: string[][] = []
  for (const row of rows) {
    out.push(row)
    if (random.chance(0.02)) out.push([...row])
    if (random.chance(0.015)) out.push(row.with(0, `${row[0]}-2`).with(5, `${row[5]}（重）`))
    if (random.chance(0.01)) out.push(row.slice(0, 6))
    if (random.chance(0.008)) out.push(row.with(0, `${row[0]}-X`).with(5, '见图').with(11, '7.5'))
  }
  return out
}
