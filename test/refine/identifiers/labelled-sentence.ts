import type { IdentifierKind } from '../../../src/base/kernels/identifiers.ts'
import { IDENTIFIER_KINDS } from '../../../src/base/kernels/identifiers.ts'
import type { Maker } from './make-identifier.ts'
import { MAKERS } from './make-identifier.ts'
import type { Seeded } from './seeded.ts'

export interface Label {
  readonly kind: IdentifierKind
  readonly form: string
  readonly start: number
  readonly end: number
}

export interface LabelledText {
  readonly text: string
  readonly labels: readonly Label[]
}

/** `{}` is where the identifier stands. Many stand right after or before Han characters. */
const SENTENCES: Readonly<Record<IdentifierKind, readonly string[]>> = {
  email: [
    '联系邮箱{}，请注明来意。',
    '请把简历发到{}',
    '邮箱：{}',
    '如有疑问请发邮件至{}咨询。',
    '电子邮件:{};备用邮箱见官网',
    '我的邮箱是{}谢谢',
    'Please write to {} for details.',
    'Contact: {}',
    'From: <{}>',
    'mailto:{}',
    'Send the report ({}) by Friday.',
    '{"email":"{}","city":"北京"}',
    '{}',
  ],
  phone: [
    '电话{}',
    '联系电话：{}，非工作时间请留言。',
    '手机{}请尽快回电',
    '我的手机号是{}，微信同号',
    '客户张先生（{}）反映水压不足',
    '请拨打{}咨询',
    '收件人王芳 {} 上海市浦东新区',
    '有意者联系{}。',
    '快递员电话{}送货前联系',
    '患者家属联系方式:{}',
    '{}',
    'Call {} for details.',
    'Phone: {}',
    'Tel: {}, ext. 12',
    'Reach me at {} after 6pm.',
    'contact {} phone',
    '"mobile": "{}",',
    '姓名\t电话\n李娜\t{}',
  ],
  'resident-id': [
    '身份证号{}',
    '身份证号码：{}，户籍所在地同上。',
    '居民身份证{}已核验',
    '证件号码为{}的申请人',
    '本人身份证{}，特此声明',
    '{}',
    'ID card number {} was verified.',
    'Resident ID: {}',
    '{"idcard":"{}"}',
    '张伟，男，{}，汉族',
    '被告人李某（公民身份号码{}）',
    '就诊人证件号:{}',
  ],
  'bank-card': [
    '卡号{}',
    '银行卡号：{}，开户行工商银行',
    '请汇款至{}（建设银行）',
    '工资卡{}已更换',
    '收款账号 {} 户名张伟',
    '{}',
    'Card number {}',
    'Please charge {} for the order.',
    'visa: {} exp 12/29',
    '信用卡{}还款成功',
    '从储蓄卡{}转出',
  ],
  uscc: [
    '统一社会信用代码{}',
    '统一社会信用代码：{}，法定代表人张伟',
    '企业信用代码为{}的公司',
    '纳税人识别号{}',
    '{}',
    'Unified social credit code: {}',
    'USCC {} was revoked.',
    '供应商（{}）资质齐全',
    '"creditCode":"{}"',
    '税号{}开票用',
  ],
  passport: [
    '护照号{}',
    '护照号码：{}，有效期至2030年',
    '持护照{}入境',
    '申请人护照为{}',
    'passport number {}',
    'Passport No. {} expires in 2031.',
    'Passport: {}',
    '本人持有效护照（{}）',
    '护照{}于浦东机场出境',
  ],
  plate: [
    '车牌{}',
    '车牌号{}的小轿车',
    '一辆牌照为{}的货车追尾',
    '请{}车主挪车',
    '{}违停被抄牌',
    '驾驶{}沿G2高速行驶',
    '{}',
    'The car {} was seen at the gate.',
    '涉事车辆{}已被查扣',
    '车号：{}',
  ],
  ip: [
    '服务器地址{}',
    '登录IP：{}，地点杭州',
    'IP地址为{}的主机无法访问',
    '来自{}的请求过多',
    'Failed password for root from {} port 22 ssh2',
    'ping {} timed out',
    'host {} is down',
    '{}',
    'client={} status=200',
    '请求来源（{}）已封禁',
    '网关{}不通',
  ],
  secret: [
    '密钥{}请勿外传',
    'API key: {}',
    'export TOKEN={}',
    '我的key是{} 帮我看看为什么报错',
    'Authorization: Bearer {}',
    'key = "{}"',
    '{}',
    'curl -H "X-Key: {}" https://api.example.com',
    '代码里写死了{}，需要轮换',
    'client = Client("{}")',
  ],
}

const OPENINGS = [
  '',
  '',
  '',
  '张伟，',
  '备注：',
  '您好，',
  '2024年3月15日，',
  'Hi, ',
  'Note: ',
  '【通知】',
  '3号楼报修：',
  '第12条 ',
  '1. ',
]
const CLOSINGS = ['', '', '', '。', '谢谢！', ' Thanks.', '，共3人。', '\n请于5个工作日内处理。', ' (see 2.1)', '；费用128.50元。']

function fill(r: Seeded, template: string, kind: IdentifierKind, form: string, maker: Maker): LabelledText {
  // A whole cell holds nothing but the identifier.
  const opening = template === '{}' ? '' : r.pick(OPENINGS)
  const closing = template === '{}' ? '' : r.pick(CLOSINGS)
  const at = template.lastIndexOf('{}')
  const identifier = maker(r)
  const start = opening.length + at
  const text = `${opening}${template.slice(0, at)}${identifier}${template.slice(at + 2)}${closing}`
  return { text, labels: [{ kind, form, start, end: start + identifier.length }] }
}

/** Several people in one text, as in a list of contacts or a complaint. */
function joined(parts: readonly LabelledText[], sign: string): LabelledText {
  const labels: Label[] = []
  let text = ''
  for (const part of parts) {
    if (text) text += sign
    for (const label of part.labels) labels.push({ ...label, start: label.start + text.length, end: label.end + text.length })
    text += part.text
  }
  return { text, labels }
}

/** Every form of every kind in every sentence for it, then texts with several. */
export function labelledTexts(r: Seeded): LabelledText[] {
  const single: LabelledText[] = []
  for (const kind of IDENTIFIER_KINDS) {
    for (const [form, maker] of Object.entries(MAKERS[kind])) {
      for (const template of SENTENCES[kind]) {
        for (let i = 0; i < 2; i++) single.push(fill(r, template, kind, form, maker))
      }
    }
  }
  const several = Array.from({ length: 120 }, () =>
    joined(
      Array.from({ length: r.int(2, 4) }, () => r.pick(single.filter(({ text }) => !text.includes('-----')))),
      r.pick(['\n', '。', '; ', '\n\n']),
    ),
  )
  return [...single, ...several]
}
