import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'

export type Language = 'zh' | 'en'

/** Every text of the console: Chinese, English. A text that is not here does not compile. */
const TEXTS = {
  overview: ['总览', 'Overview'],
  datasets: ['数据集', 'Data sets'],
  catalogue: ['目录', 'Catalogue'],
  listings: ['挂牌', 'Listings'],
  orders: ['订单与用量', 'Orders and usage'],
  ledger: ['账本', 'Ledger'],
  people: ['成员与密钥', 'People and keys'],
  signIn: ['登录', 'Sign in'],
  signOut: ['退出', 'Sign out'],
  email: ['邮箱', 'E-mail'],
  password: ['密码', 'Password'],
  passwordHint: ['至少 10 个字符', 'At least 10 characters'],
  name: ['姓名', 'Name'],
  organisation: ['组织', 'Organisation'],
  firstAccount: ['建立第一个账户', 'Create the first account'],
  firstAccountHint: ['此账户的组织运营本平台。没有默认密码。', 'Its organisation runs this platform. There is no default password.'],
  create: ['建立', 'Create'],
  language: ['语言', 'Language'],
  theme: ['明暗', 'Light or dark'],
  menu: ['菜单', 'Menu'],
  loading: ['载入中…', 'Loading…'],
  support: ['请求编号', 'Request id'],
  startBuild: ['开始构建', 'Start a build'],
  example: ['示例', 'Example'],
  rawFolder: ['服务器上的原始数据', 'Raw data on the server'],
  noDatasets: ['还没有数据集。', 'There is no data set yet.'],
  noDatasetsHint: [
    '构建把原始文件变成有等级、可核验的版本。先试一个示例。',
    'A build turns raw files into a graded version that anyone can verify. Try an example first.',
  ],
  records: ['记录', 'Records'],
  version: ['版本', 'Version'],
  versions: ['版本', 'Versions'],
  grade: ['等级', 'Grade'],
  documentation: ['说明文档', 'Documentation'],
  quality: ['数据质量', 'Data quality'],
  application: ['应用适配', 'Application'],
  notMeasured: ['未测量', 'not measured'],
  passed: ['达标', 'Passes'],
  notPassed: ['未达标', 'Below grade'],
  created: ['时间', 'Time'],
  jobs: ['任务', 'Jobs'],
  job: ['任务', 'Job'],
  noJobs: ['没有任务。', 'There are no jobs.'],
  stage: ['阶段', 'Stage'],
  state: ['状态', 'State'],
  queued: ['排队', 'queued'],
  running: ['进行中', 'running'],
  done: ['完成', 'done'],
  failed: ['失败', 'failed'],
  timeLeft: ['剩余', 'left'],
  counts: ['收支', 'Counts'],
  countsLine: ['读入 = 产出 + 合并 + 隔离', 'in = out + merged + quarantined'],
  root: ['Merkle 根', 'Merkle root'],
  verifyWith: ['核验命令', 'Verify with'],
  filter: ['筛选', 'Filter'],
  column: ['列', 'Column'],
  condition: ['条件', 'Condition'],
  equals: ['等于', 'equals'],
  contains: ['包含', 'contains'],
  atLeast: ['不小于', 'at least'],
  atMost: ['不大于', 'at most'],
  missing: ['缺失', 'is missing'],
  value: ['值', 'Value'],
  apply: ['应用', 'Apply'],
  clear: ['清除', 'Clear'],
  found: ['条', 'found'],
  next: ['下一页', 'Next'],
  first: ['第一页', 'First page'],
  table: ['表', 'Table'],
  explanation: ['来路', 'How it came to be'],
  close: ['关闭', 'Close'],
  report: ['等级报告', 'Report of the grade'],
  search: ['搜索', 'Search'],
  searchHint: ['病虫害、振动、court…', 'pest, vibration, 案由…'],
  fuzzy: ['没有完全匹配，以下相近。', 'Nothing matches exactly; these are close.'],
  nothingFound: ['没有找到。', 'Nothing found.'],
  emptyCatalogue: [
    '目录还是空的：把一个已评级的版本挂牌后即可在此找到。',
    'The catalogue is empty: a graded version is found here once it is listed.',
  ],
  sector: ['行业', 'Sector'],
  modality: ['模态', 'Modality'],
  license: ['许可', 'Licence'],
  plan: ['方案', 'Plan'],
  plans: ['方案', 'Plans'],
  passes: ['达标', 'Passes'],
  sheet: ['规格书', 'Specification sheet'],
  checklist: ['合规清单', 'Compliance checklist'],
  computed: ['计算', 'computed'],
  declared: ['声明', 'declared'],
  holds: ['是', 'yes'],
  open: ['否', 'no'],
  order: ['订购', 'Order'],
  ordered: ['已订购。', 'Ordered.'],
  howToLoad: ['如何读取', 'How to load it'],
  tokens: ['词元', 'Tokens'],
  calls: ['调用', 'Calls'],
  charged: ['已计费', 'Charged'],
  bought: ['买到', 'Bought'],
  sold: ['卖出', 'Sold'],
  noOrders: ['还没有订单。在目录中选择一个数据集即可订购。', 'There are no orders yet. Choose a data set in the catalogue to order one.'],
  usage: ['用量与回执', 'Usage and receipts'],
  protocol: ['方式', 'By'],
  subject: ['内容', 'What'],
  receipts: ['下载回执', 'Download receipts'],
  noUsage: ['尚未使用。', 'Not used yet.'],
  ends: ['到期', 'Ends'],
  revoked: ['已撤销', 'revoked'],
  buyer: ['买方', 'Buyer'],
  wallet: ['余额', 'Balances'],
  payIn: ['充值', 'Pay in'],
  amount: ['金额', 'Amount'],
  payments: ['充值记录', 'Payments'],
  reference: ['附言', 'Reference'],
  announced: ['待确认', 'announced'],
  confirmed: ['已到账', 'confirmed'],
  refused: ['已退回', 'refused'],
  confirm: ['确认到账', 'Confirm'],
  refuse: ['退回', 'Refuse'],
  postings: ['分录', 'Postings'],
  account: ['账户', 'Account'],
  kind: ['种类', 'Kind'],
  statement: ['下载对账单', 'Download statement'],
  noPostings: ['没有分录。', 'There are no postings.'],
  newListing: ['为此版本建立挂牌', 'List this version'],
  handle: ['地址名（小写字母、数字、-）', 'Name in addresses (a–z, 0–9, -)'],
  addPlan: ['增加方案', 'Add a plan'],
  terms: ['条款（JSON）', 'Terms (JSON)'],
  submit: ['提交审核', 'Submit for review'],
  withdraw: ['下架', 'Withdraw'],
  list: ['通过并上架', 'List it'],
  reviews: ['待审核', 'To review'],
  noListings: ['还没有挂牌。打开一个数据集的版本，为它建立挂牌。', 'There are no listings yet. Open a version of a data set and list it.'],
  draft: ['草稿', 'draft'],
  inReview: ['审核中', 'in review'],
  listed: ['已上架', 'listed'],
  withdrawn: ['已下架', 'withdrawn'],
  reading: ['正在读取该版本…', 'The version is being read…'],
  authorised: ['本组织有权提供这些数据', 'The organisation may pass the data on'],
  lawful: ['数据来源合法', 'The data were gathered lawfully'],
  deidentified: ['不能识别到个人，或已取得同意', 'Nobody can be identified, or has agreed'],
  members: ['成员', 'Members'],
  roles: ['角色', 'Roles'],
  addMember: ['增加成员', 'Add a member'],
  keys: ['密钥', 'Keys'],
  newKey: ['新建密钥', 'New key'],
  keyOnce: ['只显示这一次，请保存：', 'Shown this once; keep it:'],
  scopes: ['范围', 'Scopes'],
  revoke: ['撤销', 'Revoke'],
  keyName: ['用途', 'What it is for'],
  publisherOf: ['提供者', 'By'],
  notFound: ['没有这个页面。', 'There is no such page.'],
  fields: ['字段', 'Fields'],
  unit: ['单位', 'Unit'],
  meaning: ['含义', 'Meaning'],
  more: ['更多', 'More'],
} as const satisfies Readonly<Record<string, readonly [zh: string, en: string]>>

export type TextKey = keyof typeof TEXTS

export interface Words {
  readonly zh: string
  readonly en: string
}

interface Speaking {
  readonly language: Language
  readonly setLanguage: (language: Language) => void
  readonly t: (key: TextKey) => string
  /** One of two wordings that came from the server. */
  readonly say: (words: Words) => string
}

const Context = createContext<Speaking | null>(null)
const KEPT = 'highgrade-language'

const preferred = (): Language => {
  const kept = localStorage.getItem(KEPT)
  if (kept === 'zh' || kept === 'en') return kept
  return /^zh/i.test(navigator.language) ? 'zh' : 'en'
}

export function Speech({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(preferred)
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    localStorage.setItem(KEPT, language)
  }, [language])
  const speaking = useMemo<Speaking>(
    () => ({ language, setLanguage, t: (key) => TEXTS[key][language === 'zh' ? 0 : 1], say: (words) => words[language] }),
    [language],
  )
  return <Context value={speaking}>{children}</Context>
}

export function useWords(): Speaking {
  const speaking = useContext(Context)
  if (!speaking) throw new Error('useWords outside of Speech')
  return speaking
}
