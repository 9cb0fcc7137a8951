import type { IdentifierKind } from '../../../src/base/kernels/identifiers.ts'
import type { Seeded } from './seeded.ts'

/** Makes a right identifier of each kind in the forms in which people write it. Check digits are worked out here anew. */
export type Maker = (r: Seeded) => string

const two = (value: number): string => String(value).padStart(2, '0')
const REGIONS =
  '110105 120101 130102 140105 210202 220104 230103 310104 320106 330106 340104 350102 360103 370102 410105 420106 430102 440305 450103 460105 500103 510104 520103 530102 610113 620102 630103 640104 650102 810000 820000 830000'.split(
    ' ',
  )

export function residentId(r: Seeded): string {
  const body = `${r.pick(REGIONS)}${r.int(1938, 2012)}${two(r.int(1, 12))}${two(r.int(1, 28))}${r.digits(3)}`
  // GB 11643: the sum of a_i · (2^(18−i) mod 11) over all 18 characters is 1 mod 11.
  for (let check = 0; check <= 10; check++) {
    let sum = check
    for (let i = 0; i < 17; i++) sum += Number(body[i]) * (2 ** (17 - i) % 11)
    if (sum % 11 === 1) return body + (check === 10 ? 'X' : check)
  }
  throw new Error('no check digit')
}

const spacedResidentId = (r: Seeded): string => {
  const id = residentId(r)
  return `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`
}

const USCC = '0123456789ABCDEFGHJKLMNPQRTUWXY'
function uscc(r: Seeded): string {
  const body = `${r.pick(['91', '91', '91', '92', '93', '12', '51', '52', '53', '11', '13'])}${r.pick(REGIONS.slice(0, 29))}${r.chars(USCC, 9)}`
  for (const check of USCC) {
    let power = 1n
    let sum = 0n
    for (const character of body) {
      sum += BigInt(USCC.indexOf(character)) * power
      power *= 3n
    }
    if ((sum + BigInt(USCC.indexOf(check))) % 31n === 0n) return body + check
  }
  throw new Error('no check character')
}

function card(r: Seeded, head: string, size: number): string {
  const body = head + r.digits(size - head.length - 1)
  for (let check = 0; check < 10; check++) {
    const sum = [...`${body}${check}`].reverse().reduce((total, digit, i) => {
      const value = Number(digit) * (i % 2 === 0 ? 1 : 2)
      return total + (value % 10) + Math.floor(value / 10)
    }, 0)
    if (sum % 10 === 0) return body + check
  }
  throw new Error('no check digit')
}
const bankCard = (r: Seeded): string => {
  const [head, size] = r.pick([
    ['6222', 19],
    ['6217', 19],
    ['6228', 19],
    ['6225', 16],
    ['6226', 16],
    ['6214', 16],
    ['4', 16],
    ['4392', 16],
    ['51', 16],
    ['5424', 16],
  ] as const)
  return card(r, head, size)
}
const inFours = (number: string, sign: string): string => number.replace(/(\d{4})(?=\d)/g, `$1${sign}`)

const mobile = (r: Seeded): string => `1${r.pick(['3', '5', '7', '8', '9'])}${r.digits(9)}`
const threeFourFour = (number: string, sign: string): string => `${number.slice(0, 3)}${sign}${number.slice(3, 7)}${sign}${number.slice(7)}`
const area3 = (r: Seeded): string => r.pick(['010', '021', '022', '023', '024', '025', '027', '028', '029', '020'])
const area4 = (r: Seeded): string => r.pick(['0755', '0571', '0532', '0311', '0898', '0991', '0451', '0731', '0591'])
const subscriber = (r: Seeded, n: number): string => String(r.int(2, 8)) + r.digits(n - 1)
const exchange = (r: Seeded): string => `${r.int(2, 9)}${r.int(2, 9)}${r.int(0, 9)}`
const areaUs = (r: Seeded): string => r.pick(['212', '415', '617', '312', '202', '646', '713', '305'])
const wide = (text: string): string => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))

const NAMES =
  'zhang.wei li_na wang-fang liuyang chenjie yang.min zhao zhouhui wu.tao xu_lin sun john.smith mary.jones emma robert99 k.mueller info-sales'.split(
    ' ',
  )
const DOMAINS =
  'qq.com 163.com 126.com gmail.com outlook.com sina.com.cn pku.edu.cn example.org company.io mail.co.uk foxmail.com huawei.com uni-muenchen.de'.split(
    ' ',
  )
const email = (r: Seeded): string =>
  `${r.pick([r.pick(NAMES), `${r.pick(NAMES)}${r.int(1, 9999)}`, r.digits(r.int(6, 10))])}@${r.pick(DOMAINS)}`

const PLATE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const province = (r: Seeded): string => r.pick([...'京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'])
const plateHead = (r: Seeded): string => province(r) + r.chars('ABCDEFGHJ', 1)
const civilSerial = (r: Seeded): string => {
  const letters = r.int(0, 2)
  const serial = [...r.digits(5)]
  for (let i = 0; i < letters; i++) serial[r.int(0, 4)] = r.chars(PLATE_LETTERS, 1)
  return serial.join('')
}
const hex = (r: Seeded, n: number): string => r.chars('0123456789abcdef', n)
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Forms of each kind, a name for the report and how it is made. */
export const MAKERS: Readonly<Record<IdentifierKind, Readonly<Record<string, Maker>>>> = {
  email: {
    plain: email,
    plus: (r) => `${r.pick(NAMES)}+${r.pick(['shop', 'list', 'test1'])}@${r.pick(DOMAINS)}`,
    upper: (r) => email(r).toUpperCase(),
    wide: (r) => wide(email(r)),
    'wide at': (r) => email(r).replace('@', '＠'),
    idn: (r) => `${r.pick(NAMES)}@${r.pick(['例子', '测试', '清华大学'])}.${r.pick(['中国', '公司', '网络', 'com', 'cn'])}`,
  },
  phone: {
    mobile,
    'mobile again': mobile,
    'mobile, hyphens': (r) => threeFourFour(mobile(r), '-'),
    'mobile, spaces': (r) => threeFourFour(mobile(r), ' '),
    'mobile, +86': (r) => `+86${r.pick(['', ' ', '-'])}${mobile(r)}`,
    'mobile, +86 grouped': (r) => `+86 ${threeFourFour(mobile(r), r.pick([' ', '-']))}`,
    'mobile, (+86)': (r) => `(+86)${mobile(r)}`,
    'mobile, 0086': (r) => `0086${r.pick(['', ' ', '-'])}${mobile(r)}`,
    'mobile, 86': (r) => `86${r.pick(['', '-'])}${mobile(r)}`,
    'mobile, wide': (r) => wide(mobile(r)),
    'landline, 3': (r) => `${area3(r)}${r.pick(['-', '—', ' - '])}${subscriber(r, 8)}`,
    'landline, 4': (r) => `${area4(r)}-${subscriber(r, r.pick([7, 8]))}`,
    'landline, brackets': (r) => `(${area4(r)})${r.pick(['', ' '])}${subscriber(r, 8)}`,
    'landline, wide brackets': (r) => `（${area3(r)}）${subscriber(r, 8)}`,
    'landline, grouped': (r) => `${area3(r)}-${subscriber(r, 4)}-${r.digits(4)}`,
    'landline, +86': (r) => `+86 ${area3(r).slice(1)} ${subscriber(r, 4)} ${r.digits(4)}`,
    'north american': (r) => `(${areaUs(r)}) ${exchange(r)}-${r.digits(4)}`,
    'north american, hyphens': (r) => `${areaUs(r)}-${exchange(r)}-${r.digits(4)}`,
    'north american, +1': (r) => `+1${r.pick([' ', '-', ''])}${areaUs(r)}${r.pick(['-', ' '])}${exchange(r)}-${r.digits(4)}`,
    'hong kong': (r) => `+852${r.pick([' ', '-', ''])}${r.pick(['5', '6', '9'])}${r.digits(3)}${r.pick([' ', ''])}${r.digits(4)}`,
    macau: (r) => `+853 6${r.digits(3)} ${r.digits(4)}`,
    taiwan: (r) =>
      r.pick([
        `+886-9${r.digits(2)}-${r.digits(3)}-${r.digits(3)}`,
        `+8869${r.digits(8)}`,
        `09${r.digits(2)}-${r.digits(3)}-${r.digits(3)}`,
      ]),
    'united kingdom': (r) => `+44 20 7${r.digits(3)} ${r.digits(4)}`,
    germany: (r) => `+49 30 ${r.int(2, 9)}${r.digits(6)}`,
    japan: (r) => `+81-90-${r.int(1, 9)}${r.digits(3)}-${r.digits(4)}`,
    singapore: (r) => `+65 ${r.pick(['8', '9', '6'])}${r.digits(3)} ${r.digits(4)}`,
  },
  'resident-id': {
    plain: residentId,
    again: residentId,
    'lower x': (r) => residentId(r).replace('X', 'x'),
    spaced: spacedResidentId,
    wide: (r) => wide(residentId(r)),
  },
  'bank-card': {
    plain: bankCard,
    fours: (r) => inFours(bankCard(r), ' '),
    hyphens: (r) => inFours(card(r, r.pick(['4', '51', '6225']), 16), '-'),
    amex: (r) => card(r, r.pick(['34', '37']), 15).replace(/^(\d{4})(\d{6})/, '$1 $2 '),
    jcb: (r) => inFours(card(r, '3530', 16), ' '),
  },
  uscc: { plain: uscc, lower: (r) => uscc(r).toLowerCase() },
  passport: {
    E: (r) => `E${r.digits(8)}`,
    EA: (r) => `E${r.chars('ABCDEFGHJKLMNPQRSTUVWXYZ', 1)}${r.digits(7)}`,
    G: (r) => `G${r.digits(8)}`,
    'D and S': (r) => `${r.pick(['D', 'S', 'P', 'DE', 'SE', 'PE'])}${r.digits(8)}`.slice(0, 9),
    'hong kong': (r) => `K${r.digits(8)}`,
    foreign: (r) => r.pick([r.digits(9), `${r.chars('ABCLMNX', 1)}${r.digits(8)}`, `${r.chars('ABCLMNX', 2)}${r.digits(7)}`]),
  },
  plate: {
    plain: (r) => plateHead(r) + civilSerial(r),
    dot: (r) => `${plateHead(r)}·${civilSerial(r)}`,
    space: (r) => `${plateHead(r)} ${civilSerial(r)}`,
    'new energy, small': (r) =>
      `${plateHead(r)}${r.pick(['D', 'F'])}${r.pick([r.digits(5), `${r.chars(PLATE_LETTERS, 1)}${r.digits(4)}`])}`,
    'new energy, large': (r) => `${plateHead(r)}${r.digits(5)}${r.pick(['D', 'F'])}`,
    use: (r) => `${plateHead(r)}${r.digits(4)}${r.pick(['挂', '学', '警'])}`,
  },
  ip: {
    public: (r) => `${r.int(11, 223)}.${r.int(32, 255)}.${r.int(0, 255)}.${r.int(1, 254)}`.replace(/^127/, '128'),
    private: (r) => r.pick([`192.168.${r.int(0, 255)}.${r.int(1, 254)}`, `10.${r.int(0, 255)}.${r.int(0, 255)}.${r.int(1, 254)}`]),
    six: (r) => `2001:${hex(r, 4)}:${hex(r, 4)}:${hex(r, 4)}:${hex(r, 4)}:${hex(r, 4)}:${hex(r, 4)}:${hex(r, 4)}`,
    'six, short': (r) => `2408:8${hex(r, 3)}:${hex(r, 2)}1::${hex(r, 3)}a`,
    'six, link': (r) => `fe80::${hex(r, 3)}a:${hex(r, 4)}:fe${hex(r, 2)}:${hex(r, 4)}`,
  },
  secret: {
    aws: (r) => `AKIA${r.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
    github: (r) => `ghp_${r.chars(BASE62, 36)}`,
    openai: (r) => `sk-${r.pick(['', 'proj-', 'ant-api03-'])}${r.chars(BASE62, 40)}`,
    aliyun: (r) => `LTAI5t${r.chars(BASE62, 18)}`,
    google: (r) => `AIza${r.chars(`${BASE62}-_`, 34)}8`,
    jwt: (r) => `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ${r.chars(BASE62, 40)}.${r.chars(`${BASE62}-_`, 43)}`,
    huggingface: (r) => `hf_${r.chars(BASE62.slice(10), 34)}`,
    slack: (r) => `xoxb-${r.digits(12)}-${r.digits(12)}-${r.chars(BASE62, 24)}`,
    pem: (r) =>
      `-----BEGIN RSA PRIVATE KEY-----\n${r.chars(`${BASE62}+/`, 64)}\n${r.chars(`${BASE62}+/`, 40)}==\n-----END RSA PRIVATE KEY-----`,
  },
}
