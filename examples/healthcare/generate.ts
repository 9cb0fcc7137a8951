import { type Dice, dice } from '../dice.ts'
import { madeUpName, madeUpPhone, madeUpResidentId } from '../made-up-persons.ts'
import { DAY, delimited, encoded, HOUR, MINUTE, moment } from '../raw-files.ts'
import { CHAPTERS, type Chapter, COMMON, COURSES, type Disease, ONSETS, REQUESTS, STATES, TREATMENTS } from './complaints.ts'

const HEADER = [
  ...['就诊流水号', '姓名', '身份证号', '联系电话', '就诊时间', '性别', '年龄', '科室', '体温', '脉搏', '呼吸'],
  ...['收缩压', '舒张压', '血氧', '主诉', '初步诊断', '诊断章'],
]
const VISITS_PER_FILE = 330
const FIRST_HALF = Date.UTC(2024, 0, 2)
const SECOND_HALF = Date.UTC(2024, 6, 1)

/** Raw files of the example: two exports of one outpatient system, as dirty as such exports are. */
export function generate(): Map<string, Uint8Array> {
  const random = dice(20240101)
  const first = visits(random, 'MZ24A', FIRST_HALF, 'iso')
  const second = visits(random, 'MZ24B', SECOND_HALF, 'chinese')
  return new Map([
    ['门诊登记-2024上半年.csv', encoded(delimited([['门诊登记表（生成数据，非真实患者）'], HEADER, ...dirty(random, first)]), 'gb18030')],
    ['门诊登记-2024下半年.csv', encoded(delimited([HEADER, ...dirty(random, second)]), 'utf-8-bom')],
  ])
}

function visits(random: Dice, prefix: string, from: number, style: 'iso' | 'chinese'): string[][] {
  return Array.from({ length: VISITS_PER_FILE }, (_, at) => {
    const chapter = random.pick(CHAPTERS)
    const disease = random.pick(chapter.diseases)
    const department = random.pick(disease.departments)
    const time = from + random.integer(0, 175) * DAY + 8 * HOUR + random.integer(0, 9 * 60) * MINUTE
    const age = ageFor(random, department)
    return [
      `${prefix}${String(at + 1).padStart(5, '0')}`,
      madeUpName(random),
      madeUpResidentId(random),
      madeUpPhone(random),
      moment(time, style),
      sexFor(random, disease.diagnosis, style),
      String(age),
      department,
      ...vitals(random, chapter, style),
      note(random, disease),
      disease.diagnosis,
      chapter.code,
    ]
  })
}

function ageFor(random: Dice, department: string): number {
  if (department === '儿科') return random.integer(1, 13)
  return Math.max(16, Math.min(92, Math.round(random.normal(51, 17))))
}

function sexFor(random: Dice, diagnosis: string, style: 'iso' | 'chinese'): string {
  const female = diagnosis !== '前列腺增生' && random.chance(0.5)
  if (style === 'iso') return female ? '女' : '男'
  return female ? random.pick(['女', '女性', 'F', '2']) : random.pick(['男', '男性', 'M', '1'])
}

function vitals(
  random: Dice,
  { vitals: [temperature, pulse, respiration, systolic, saturation] }: Chapter,
  style: 'iso' | 'chinese',
): string[] {
  const celsius = random.normal(temperature, 0.45)
  const upper = Math.round(random.normal(systolic, 14))
  const lower = Math.round(upper * random.normal(0.62, 0.04))
  return [
    temperatureText(random, celsius, style),
    String(Math.round(random.normal(pulse, 9))),
    String(Math.round(random.normal(respiration, 2))),
    String(upper),
    random.chance(0.04) ? '' : String(lower),
    random.chance(0.15) ? '未测' : String(Math.min(100, Math.round(random.normal(saturation, 1.5)))),
  ]
}

function temperatureText(random: Dice, celsius: number, style: 'iso' | 'chinese'): string {
  if (random.chance(0.03)) return ''
  if (style === 'iso') return celsius.toFixed(1)
  return random.chance(0.12) ? `${(celsius * 1.8 + 32).toFixed(1)}℉` : `${celsius.toFixed(1)}℃`
}

/** Complaint, history and findings in sentences whose order and parts vary; one patient in eight tells only what any illness could bring. */
function note(random: Dice, disease: Disease): string {
  const isVague = random.chance(0.12)
  const [chief = '', second = '', third = '', fourth = ''] = random.some(isVague ? COMMON : disease.symptoms, 4)
  const onset = random.pick(ONSETS)
  const [stateA = '', stateB = ''] = random.some(STATES, 2)
  const history = random.pick([
    `患者${onset}出现${chief}，伴${second}，${random.pick(disease.triggers)}，${random.pick(COURSES)}`,
    `${onset}${random.pick(disease.triggers)}，主要表现为${chief}、${second}，有时${third}，${random.pick(COURSES)}`,
    `自述${chief}${random.pick(['反复发作', '持续不缓解', '时有时无'])}，${onset}又添${second}，${random.pick(disease.triggers)}`,
    `${onset}开始${chief}，${random.pick(COURSES)}，${random.pick(['并有', '同时有', '偶有'])}${third}，${random.pick(disease.triggers)}`,
  ])
  const exam = random.some(disease.findings, isVague ? 1 : random.integer(1, 2)).join('，')
  const tail = random.pick([
    `${random.pick(TREATMENTS)}。${stateA}，${stateB}。查体：${exam}。${random.pick(REQUESTS)}。`,
    `查体：${exam}。${stateA}。${random.pick(TREATMENTS)}，${random.pick(REQUESTS)}。`,
    `${stateA}；${stateB}。${random.pick(TREATMENTS)}。${exam}。`,
    `病程中${random.chance(0.5) ? '否认' : '可疑有'}${fourth}。${random.pick(TREATMENTS)}。查体见${exam}，${stateB}。`,
  ])
  const contact = random.chance(0.04) ? `家属${madeUpName(random)}，电话${madeUpPhone(random)}。` : ''
  return `${history}。${contact}${tail}`
}

/** Copies, near copies, broken rows and impossible values, at rates that such exports have. */
function dirty(random: Dice, rows: readonly string[][]): string[][] {
  const out: string[][] = []
  for (const row of rows) {
    out.push(row)
    if (random.chance(0.02)) out.push([...row])
    if (random.chance(0.015)) out.push(row.with(0, `${row[0]}R`).with(14, `${row[14]}（补录）`))
    if (random.chance(0.01)) out.push(row.slice(0, random.integer(5, 12)))
    if (random.chance(0.012))
      out.push(
        row
          .with(0, `${row[0]}X`)
          .with(11, String(random.integer(900, 1400)))
          .with(14, note(random, random.pick(random.pick(CHAPTERS).diseases))),
      )
  }
  const nextDay = rows.at(-1) as string[]
  return random.chance(0.5) ? [...out, HEADER, nextDay] : [...out, nextDay]
}
