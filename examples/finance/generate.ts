import { type Dice, dice } from '../dice.ts'
import { madeUpCard, madeUpName, madeUpResidentId } from '../made-up-persons.ts'
import { DAY, day, delimited, encoded } from '../raw-files.ts'

const LOAN_HEADER = [
  ...['借据号', '客户姓名', '证件号码', '还款账号', '放款日期', '到期日', '币种', '贷款金额', '年利率', '月收入', '月还款额'],
  ...['逾期天数', '近两年逾期次数', '用途', '还款状态', '五级分类'],
]
const STATEMENT_HEADER = [
  ...['企业名称', '报告期', '币种', '资产总计', '负债合计', '所有者权益合计', '营业收入', '营业成本', '净利润'],
  ...['期初现金余额', '现金流入', '现金流出', '期末现金余额'],
]
const LOANS_PER_FILE = 420
const N_COMPANIES = 36
const FIRST_DAY = Date.UTC(2021, 0, 4)

/** Raw files of the example: loans of two branches and statements of borrowers. */
export function generate(): Map<string, Uint8Array> {
  const random = dice(20210104)
  const east = loans(random, 'JJE', 'iso')
  const west = loans(random, 'JJW', 'chinese')
  return new Map([
    ['贷款台账-东区.csv', encoded(delimited([['贷款台账（生成数据）'], LOAN_HEADER, ...dirtyLoans(random, east)]), 'gb18030')],
    ['贷款台账-西区.csv', encoded(delimited([LOAN_HEADER, ...dirtyLoans(random, west)]), 'utf-8-bom')],
    ['借款企业财务报表.csv', encoded(delimited([STATEMENT_HEADER, ...statements(random)]), 'gb18030')],
  ])
}

interface Terms {
  readonly principal: number
  readonly months: number
  readonly rate: number
  readonly income: number
  readonly payment: number
}

function termsOf(random: Dice): Terms {
  const principal = Math.round(10 ** random.normal(5.05, 0.35) / 1000) * 1000
  const months = random.pick([12, 24, 36, 60, 120])
  const rate = Math.max(3.1, Math.min(18, random.normal(6.8, 2.6)))
  const monthly = rate / 1200
  const payment = (principal * monthly) / (1 - (1 + monthly) ** -months)
  return { principal, months, rate, income: Math.round(payment * Math.max(1.1, random.normal(3.1, 1.1))), payment }
}

/** Days overdue now and times overdue before: the heavier the instalment, the worse. */
function historyOf(random: Dice, { payment, income }: Terms): { readonly overdue: number; readonly past: number } {
  const burden = payment / income
  const grade = random.next() + (burden - 0.35) * 0.8
  if (grade < 0.5) return { overdue: 0, past: random.integer(0, 1) }
  if (grade < 0.68) return { overdue: random.integer(5, 88), past: random.integer(1, 5) }
  if (grade < 0.82) return { overdue: random.integer(91, 178), past: random.integer(3, 9) }
  if (grade < 0.94) return { overdue: random.integer(181, 358), past: random.integer(5, 14) }
  return { overdue: random.integer(361, 900), past: random.integer(8, 20) }
}

/** Five classes by days overdue; one loan in fifty was judged otherwise, by a committee that knew more. */
function classOf(random: Dice, overdue: number): string {
  const classes = ['NORMAL', 'SPECIAL', 'SUBSTANDARD', 'DOUBTFUL', 'LOSS']
  const place = overdue === 0 ? 0 : overdue <= 90 ? 1 : overdue <= 180 ? 2 : overdue <= 360 ? 3 : 4
  return classes[random.chance(0.02) ? Math.min(4, place + 1) : place] as string
}

function loans(random: Dice, prefix: string, style: 'iso' | 'chinese'): string[][] {
  return Array.from({ length: LOANS_PER_FILE }, (_, at) => {
    const terms = termsOf(random)
    const { overdue, past } = historyOf(random, terms)
    const issued = FIRST_DAY + random.integer(0, 1400) * DAY
    return [
      `${prefix}${String(210001 + at)}`,
      madeUpName(random),
      madeUpResidentId(random),
      madeUpCard(random),
      day(issued, style),
      day(issued + Math.round(terms.months * 30.44) * DAY, style),
      random.pick(style === 'iso' ? ['CNY'] : ['人民币', 'CNY', 'RMB']),
      amountText(random, terms.principal, style),
      random.chance(0.1) ? `${terms.rate.toFixed(2)}%` : terms.rate.toFixed(2),
      random.chance(0.03) ? '' : amountText(random, terms.income, style),
      terms.payment.toFixed(2),
      String(overdue),
      String(past),
      random.pick(['住房', '购车', '日常消费', '经营周转', '教育', '装修', '农户生产', '流动资金']),
      overdue > 0 ? '逾期' : random.pick(['正常', '正常还款', '正常']),
      classOf(random, overdue),
    ]
  })
}

/** Amounts as clerks write them: 120000, 120,000.00, ¥120,000, 12万. */
function amountText(random: Dice, value: number, style: 'iso' | 'chinese'): string {
  if (style === 'iso' || random.chance(0.5)) return String(value)
  const grouped = String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')
  const choices = [`${grouped}.00`, `¥${grouped}`]
  return random.pick(value % 1000 === 0 && value >= 10_000 ? [...choices, `${value / 10_000}万`] : choices)
}

function dirtyLoans(random: Dice, rows: readonly string[][]): string[][] {
  const out: string[][] = []
  for (const row of rows) {
    out.push(row)
    if (random.chance(0.02)) out.push([...row])
    if (random.chance(0.01)) out.push(row.slice(0, random.integer(4, 10)))
    if (random.chance(0.008)) out.push(row.with(0, `${row[0]}A`).with(5, '1999-01-01'))
    if (random.chance(0.008)) out.push(row.with(0, `${row[0]}B`).with(8, '680'))
  }
  const total = rows.reduce((sum, row) => sum + Number(row[10]), 0)
  return [...out, ['合计', ...Array.from({ length: 9 }, () => ''), total.toFixed(2), ...Array.from({ length: 5 }, () => '')]]
}

/** Three years of each company, in yuan; a few do not add up. */
function statements(random: Dice): string[][] {
  const rows: string[][] = []
  for (let company = 0; company < N_COMPANIES; company++) {
    const name = `${random.pick(['华', '鑫', '恒', '瑞', '德', '汇'])}${random.pick(['达', '源', '泰', '盛', '丰', '康'])}${random.pick(['机械', '商贸', '食品', '电子', '建材', '物流'])}有限公司（虚构${company + 1}号）`
    let cash = Math.round(10 ** random.normal(6, 0.4))
    let assets = cash * random.integer(6, 15)
    for (const year of [2021, 2022, 2023]) {
      const revenue = Math.round(assets * Math.max(0.2, random.normal(0.9, 0.25)))
      const cost = Math.round(revenue * random.normal(0.74, 0.06))
      const profit = Math.round((revenue - cost) * 0.45 - assets * 0.03)
      const liabilities = Math.round(assets * random.normal(0.55, 0.1))
      const inflow = Math.round(revenue * random.normal(1.02, 0.04))
      const outflow = Math.min(inflow + cash - 1000, Math.round(inflow - profit * 0.6))
      const closing = cash + inflow - outflow + (random.chance(0.03) ? 50_000 : 0)
      const shown = random.chance(0.03) ? Math.round(assets * 1.4) : assets
      const figures = [shown, liabilities, assets - liabilities, revenue, cost, profit, cash, inflow, outflow, closing]
      rows.push([name, random.pick([`${year}-12-31`, `${year}年12月31日`]), '人民币', ...figures.map(String)])
      cash = closing
      assets = Math.round(assets * random.normal(1.06, 0.05))
    }
  }
  return rows
}
