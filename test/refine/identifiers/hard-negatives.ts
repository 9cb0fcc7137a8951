import type { Seeded } from './seeded.ts'

const two = (value: number): string => String(value).padStart(2, '0')
const date = (r: Seeded): string => `${r.int(1990, 2035)}${two(r.int(1, 12))}${two(r.int(1, 28))}`
const mobile = (r: Seeded): string => `1${r.int(3, 9)}${r.digits(9)}`
const isbn13 = (r: Seeded): string => {
  const body = `9787${r.digits(8)}`
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0)
  return body + ((10 - (sum % 10)) % 10)
}
/** Luhn sum that is surely wrong. */
const wrongCard = (r: Seeded): string => {
  const body = `62${r.digits(16)}`
  const doubled = (digit: number): number => ((digit * 2) % 10) + Math.floor(digit / 5)
  const sum = [...body].reverse().reduce((total, digit, i) => total + (i % 2 === 0 ? doubled(Number(digit)) : Number(digit)), 0)
  return body + ((10 - (sum % 10) + r.int(1, 9)) % 10)
}

/** Things that look like an identifier and are none; one text each. */
export const NEGATIVES: Readonly<Record<string, (r: Seeded) => string>> = {
  'order number of mobile form': (r) =>
    r.pick([
      `订单号${mobile(r)}已发货`,
      `运单号：${mobile(r)}`,
      `流水号 ${mobile(r)} 入账`,
      `快递单号${mobile(r)}，请查收`,
      `order no. ${mobile(r)} shipped`,
      `SN:${mobile(r)}`,
    ]),
  'long order number': (r) =>
    r.pick([
      `订单编号${date(r)}${r.digits(10)}`,
      `订单${r.digits(20)}已签收`,
      `Order ${date(r)}-${r.digits(12)} confirmed`,
      `交易流水${date(r)}${r.digits(14)}`,
    ]),
  'timestamp in milliseconds': (r) =>
    r.pick([`时间戳${r.int(15, 18)}${r.digits(11)}`, `"ts":${r.int(15, 18)}${r.digits(11)},`, `updated_at=${r.int(15, 18)}${r.digits(8)}`]),
  'date and time': (r) =>
    r.pick([
      `${date(r)}${two(r.int(0, 23))}${two(r.int(0, 59))}${two(r.int(0, 59))}`,
      `2024-${two(r.int(1, 12))}-${two(r.int(1, 28))} ${two(r.int(0, 23))}:${two(r.int(0, 59))}:${two(r.int(0, 59))}.${r.digits(3)}`,
      `拍摄于${date(r)}_${r.digits(6)}.jpg`,
    ]),
  isbn: (r) => r.pick([`ISBN ${isbn13(r)}`, `ISBN 978-7-${r.digits(3)}-${r.digits(5)}-${r.digits(1)}`, `书号${isbn13(r)}，定价39.8元`]),
  decimal: (r) =>
    r.pick([`系数为0.${r.digits(11)}`, `圆周率3.${r.digits(16)}`, `x = ${r.digits(3)}.${mobile(r)}`, `${mobile(r)}.${r.digits(2)} 帧`]),
  'inside a longer number': (r) =>
    r.pick([`编码${r.digits(1)}${mobile(r)}${r.digits(2)}`, `${r.digits(3)}${mobile(r)}`, `${mobile(r)}${r.digits(3)}`]),
  amount: (r) =>
    r.pick([
      `总产值${mobile(r)}元`,
      `累计访问${mobile(r)}次`,
      `营收达${mobile(r)}美元`,
      `${mobile(r)} bytes written`,
      `销量增长+${r.int(1, 9)}${r.digits(5)}件`,
    ]),
  'wrong resident ID': (r) =>
    r.pick([
      `编号110105${r.int(1950, 1999)}${r.pick(['1331', '0230', '0431', '0015'])}${r.digits(4)}`,
      `代码990105${date(r)}${r.digits(4)}`,
      `串号${r.digits(6)}${r.int(3000, 9000)}${two(r.int(1, 12))}${two(r.int(1, 28))}${r.digits(4)}`,
    ]),
  'wrong card': (r) => `参考号${wrongCard(r)}`,
  'part number': (r) =>
    r.pick([
      `型号E${r.digits(8)}`,
      `料号：G${r.digits(8)}`,
      `图号${r.chars('ABCE', 1)}${r.digits(8)}-${r.digits(2)}`,
      `part no. E${r.digits(8)}`,
      `批号${r.chars('DSP', 1)}${r.digits(8)}`,
      `零件 ${r.chars('XYZ', 2)}-${r.digits(7)}`,
    ]),
  version: (r) =>
    r.pick([
      `v${r.int(1, 9)}.${r.int(0, 20)}.${r.int(0, 99)}.${r.int(0, 255)}`,
      `固件版本${r.int(1, 9)}.${r.int(0, 20)}.${r.int(0, 30)}.${r.int(0, 255)}`,
      `version ${r.int(1, 200)}.${r.int(0, 20)}.${r.int(0, 30)}.${r.int(0, 200)}`,
      `升级到${r.int(1, 9)}.${r.int(0, 20)}.${r.int(0, 31)}.${r.int(0, 31)}`,
    ]),
  section: (r) =>
    r.pick([
      `见第${r.int(1, 9)}.${r.int(1, 9)}.${r.int(1, 9)}.${r.int(1, 9)}条`,
      `${r.int(1, 9)}.${r.int(1, 9)}.${r.int(1, 20)}.${r.int(1, 9)} 试验方法`,
      `${r.int(1, 9)}.${r.int(1, 9)}.${r.int(1, 9)}.${r.int(1, 9)}.${r.int(1, 9)} Scope`,
    ]),
  'octet out of range': (r) =>
    r.pick([
      `${r.int(256, 999)}.${r.int(0, 255)}.${r.int(0, 255)}.${r.int(0, 255)}`,
      `比例${r.int(1, 255)}.${r.int(256, 999)}.${r.int(1, 255)}.${r.int(1, 255)}`,
    ]),
  'loopback and mask': (r) =>
    r.pick(['本机地址127.0.0.1', '子网掩码255.255.255.0', 'listen on 0.0.0.0:8080', '::1 localhost', 'broadcast 255.255.255.255']),
  'time and mac': (r) =>
    r.pick([
      `${two(r.int(0, 23))}:${two(r.int(0, 59))}:${two(r.int(0, 59))}`,
      `MAC ${Array.from({ length: 6 }, () => r.chars('0123456789ABCDEF', 2)).join(':')}`,
      `比分 ${r.int(1, 9)}:${r.int(1, 9)}:${r.int(1, 9)}`,
      'std::vector<a::b1> face::d2',
    ]),
  'not an address': (r) =>
    r.pick([
      `icon@${r.int(2, 3)}x.png`,
      `lodash@4.${r.int(1, 20)}.${r.int(1, 30)}`,
      'git@github.com:owner/repo.git',
      `@user${r.int(1, 99)} 你好`,
      `价格@${r.int(10, 99)}元`,
      'npm i @types/node@20',
      `a @ b.com`,
      `明天@所有人 开会`,
    ]),
  'not a plate': (r) =>
    r.pick([
      `最新A${r.digits(5)}型`,
      `阿里云A${r.digits(5)}`,
      `全新B${r.digits(5)}芯片`,
      `南京A${r.digits(4)}次列车`,
      `京A级景区${r.digits(3)}家`,
      `川A`,
      `苏泊尔B${r.digits(4)}`,
    ]),
  'not a credit code': (r) =>
    r.pick([
      `序列号9135010${r.chars('0123456789ABCDEFGHJ', 10)}`,
      `${r.chars('0123456789ABCDEF', 17)}`,
      `${r.chars('0123456789abcdef', 32)}`,
      `commit ${r.chars('0123456789abcdef', 40)}`,
    ]),
  uuid: (r) =>
    `${r.chars('0123456789abcdef', 8)}-${r.chars('0123456789abcdef', 4)}-4${r.chars('0123456789abcdef', 3)}-a${r.chars('0123456789abcdef', 3)}-${r.chars('0123456789abcdef', 12)}`,
  'not a secret': (r) =>
    r.pick([
      '密码为必填项',
      'password: ********',
      'token count: 12345',
      `api_key = os.environ["API_KEY"]`,
      `password=\${PASSWORD}`,
      `base64: ${r.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef', 40)}`,
      'sk-learn 0.24.2',
      '密码至少8位，含数字',
      'ssh-keygen -t rsa -b 4096',
      '-----BEGIN CERTIFICATE-----',
    ]),
  'row of a table': (r) =>
    r.pick([
      `${r.digits(3)} ${r.digits(4)} ${r.digits(4)} ${r.digits(4)} ${r.digits(3)}`,
      `${r.int(1, 9)},${r.digits(2)}.${r.digits(3)},${r.digits(4)},${r.digits(3)}`,
      `${r.digits(2)} ${r.digits(2)} ${r.digits(2)} ${r.digits(2)} ${r.digits(2)} ${r.digits(2)}`,
      `138 1234 5678 9012 3456`,
    ]),
  'service line': (r) =>
    r.pick([
      `客服热线400-${r.digits(3)}-${r.digits(4)}`,
      `客服热线400${r.digits(7)}`,
      '拨打12315投诉',
      '火警119，急救120',
      `全国统一热线95${r.digits(3)}`,
    ]),
  'number of a page': (r) =>
    r.pick([
      `https://item.example.com/${mobile(r)}.html`,
      `https://www.example.com/p?id=${mobile(r)}`,
      `见 http://news.example.cn/a/${date(r)}/${mobile(r)}_${r.digits(4)}.htm`,
    ]),
  measurement: (r) =>
    r.pick([
      `长${r.digits(3)}-${r.digits(3)}mm`,
      `压力1.${r.digits(2)}e+${r.digits(2)} Pa`,
      `${r.digits(4)}×${r.digits(4)}像素`,
      `GB/T ${r.digits(5)}.1-2019`,
      `坐标(${r.int(70, 135)}.${r.digits(6)}, ${r.int(18, 50)}.${r.digits(6)})`,
      `CAS 7732-18-5`,
      `EC 3.1.21.4`,
    ]),
}
