import type { Words } from '../../base/problem/index.ts'

/** Words of one risk of the corpus. */
export interface RiskCategory {
  readonly key: string
  readonly title: Words
  /** Phrases that offer or incite by themselves. */
  readonly words: readonly string[]
  /** What nobody may offer at all: it counts beside any offer or instruction. */
  readonly goods?: readonly string[]
  /** What people may have but not trade: it counts beside a word of trade. */
  readonly wares?: readonly string[]
}

/**
 * A small list, far from the 10,000 keywords that TC260-003 8.1 asks of a provider: an organisation adds its own as a code
 * list named `risk-words`. Phrases are such as are seldom found where a risk is only spoken of (law, news, medicine); of
 * things, see `offers.ts`. Risks: TC260-003 appendix A.1 and A.2 (17; numbering from general knowledge).
 */
export const RISK_CATEGORIES: readonly RiskCategory[] = [
  {
    key: 'A.1-a subversion',
    title: { zh: '煽动颠覆国家政权', en: 'incitement to subversion' },
    words: ['武装推翻政府', '一起推翻政府', '号召推翻政府', '打倒共产党', '推翻共产党', 'overthrow the communist party'],
  },
  {
    key: 'A.1-b national-security',
    title: { zh: '危害国家安全和利益', en: 'harm to national security' },
    words: ['高价收购军事情报', '收购涉密文件', '出售内部机密文件', '重金求购军事照片', '有偿提供军事基地照片'],
  },
  {
    key: 'A.1-c separatism',
    title: { zh: '煽动分裂国家、破坏社会稳定', en: 'incitement to separatism' },
    words: ['台独万岁', '港独万岁', '藏独万岁', '疆独万岁', '支持台独建国', '香港独立建国', '西藏独立万岁'],
  },
  {
    key: 'A.1-d terrorism',
    title: { zh: '恐怖主义、极端主义', en: 'terrorism and extremism' },
    words: [
      ...['炸弹制作方法', '自制炸弹教程', '制作炸药教程', '加入圣战', '发动圣战', '人体炸弹招募', '恐怖袭击教程', '策划恐怖袭击的方法'],
      ...['how to build a pipe bomb', 'how to make a bomb at home', 'join the jihad', 'join the caliphate'],
    ],
    goods: ['炸弹', '炸药', '雷管', '恐怖袭击', 'pipe bomb', 'homemade bomb', 'nail bomb'],
  },
  {
    key: 'A.1-e ethnic-hatred',
    title: { zh: '民族仇恨', en: 'ethnic hatred' },
    words: [
      ...['种族清洗万岁', '消灭劣等民族', '劣等民族滚', '杀光所有回民', '杀光汉人', '灭绝这个民族'],
      ...['white power forever', 'gas the jews', 'racial holy war', 'exterminate the jews', 'kill all muslims'],
    ],
  },
  {
    key: 'A.1-f violence-obscenity',
    title: { zh: '暴力、淫秽色情', en: 'violence and obscenity' },
    words: [
      ...[
        '裸聊服务',
        '援交妹',
        '上门特殊服务',
        '成人色情视频',
        '未成年色情',
        '儿童色情视频',
        '迷奸药',
        '约炮平台',
        '一夜情交友群',
        '楼凤信息',
      ],
      ...['买凶杀人接单', '代人复仇接单', '自杀教程', '无痛自杀方法', '相约自杀群', '血腥虐杀视频'],
      ...['child porn', 'hot teen porn', 'free porn videos', 'hire a hitman', 'painless way to kill yourself'],
    ],
    goods: ['裸聊', '色情视频', '色情交易', '儿童色情', '幼女视频', '偷拍视频', '自杀方法', 'snuff film', 'revenge porn'],
  },
  {
    key: 'A.1-g false-information',
    title: { zh: '虚假有害信息', en: 'false and harmful information' },
    words: [
      '不转不是中国人',
      '速转给家人朋友',
      '包治百病',
      '根治癌症的秘方',
      '喝了就能治愈癌症',
      '稳赚不赔的投资',
      'miracle cure for cancer',
    ],
  },
  {
    key: 'A.1-h illegal-trade',
    title: { zh: '其他违法：毒品、枪支、赌博、假证、诈骗', en: 'other unlawful offers: drugs, guns, gambling, forged papers, fraud' },
    words: [
      ...[
        '大麻货到付款',
        '仿真枪购买',
        '代开发票',
        '办证刻章',
        '办理假证',
        '银行卡四件套',
        '信用卡套现',
        '澳门威尼斯人娱乐场',
        '澳门新葡京',
      ],
      ...[
        '网上真人赌场',
        '时时彩计划群',
        '六合彩特码',
        '刷单兼职日结',
        '跑分平台',
        '黑客接单',
        '洗钱教程',
        '洗钱通道',
        '诈骗话术',
        '杀猪盘教程',
      ],
      ...['助考包过', '代考包过', '代孕包成功', '胎儿性别鉴定预约', '黑户贷款秒批', '套牌车出售'],
      ...['counterfeit money for sale', 'fake passport for sale', 'cloned cards for sale', 'cvv dumps', 'buy xanax online'],
    ],
    goods: [
      ...[
        '毒品',
        '冰毒',
        '海洛因',
        '可卡因',
        '摇头丸',
        '麻古',
        'k粉',
        '大麻',
        '罂粟壳',
        '迷药',
        '听话水',
        '枪支',
        '真枪',
        '弹药',
        '气枪铅弹',
      ],
      ...['假钞', '假币', '假证', '假发票', '假文凭', '木马病毒', '洗钱', '诈骗', '六合彩', '私彩', '网络赌场'],
      ...[
        'cocaine',
        'heroin',
        'crystal meth',
        'methamphetamine',
        'fentanyl',
        'mdma',
        'ghost gun',
        'counterfeit bills',
        'fake passport',
        'fake id',
      ],
      ...['stolen credit cards', 'ransomware'],
    ],
    wares: ['身份证', '银行卡', '手机卡', '对公账户', '个人信息', '公民信息', '毕业证', '学历证书', '发票', '肾源', '卵子', '考试答案'],
  },
  {
    key: 'A.2-a ethnicity',
    title: { zh: '民族歧视', en: 'discrimination by ethnicity' },
    words: ['少数民族都是', '蛮夷滚出', 'blacks are inferior', 'go back to your country', 'asians are all the same'],
  },
  {
    key: 'A.2-b belief',
    title: { zh: '信仰歧视', en: 'discrimination by belief' },
    words: ['信教的都是疯子', '信教的都该', 'muslims are all terrorists', 'jews control the world'],
  },
  {
    key: 'A.2-c nationality',
    title: { zh: '国别歧视', en: 'discrimination by nationality' },
    words: ['外国人都是垃圾', '棒子都该', '小日本都该死', '黑鬼滚', 'immigrants are vermin'],
  },
  {
    key: 'A.2-d region',
    title: { zh: '地域歧视', en: 'discrimination by region' },
    words: ['河南人都是骗子', '东北人都是', '乡巴佬滚', '外地人滚出', '农村人素质就是低'],
  },
  {
    key: 'A.2-e gender',
    title: { zh: '性别歧视', en: 'discrimination by gender' },
    words: [
      '女人不配',
      '女人就是低等',
      '女司机都该',
      '女人就该在家',
      '男人没一个好东西',
      'women are inferior',
      'women belong in the kitchen',
    ],
  },
  {
    key: 'A.2-f age',
    title: { zh: '年龄歧视', en: 'discrimination by age' },
    words: ['老不死的该', '老年人就是累赘', '老人都该死', '超过35岁的废物', 'old people are useless'],
  },
  {
    key: 'A.2-g occupation',
    title: { zh: '职业歧视', en: 'discrimination by occupation' },
    words: ['扫大街的下等人', '送外卖的都是底层', '保安都是废物', '农民工滚', '打工的贱命'],
  },
  {
    key: 'A.2-h health',
    title: { zh: '健康歧视', en: 'discrimination by health' },
    words: ['残废就该', '残疾人是累赘', '精神病都该关起来', '艾滋病人都该死', 'cripples should'],
  },
  {
    key: 'A.2-i other',
    title: { zh: '其他歧视', en: 'other discrimination' },
    words: ['穷人就该死', '穷鬼活该', '胖子都该死', '同性恋都该死', 'gays should be killed', 'fat people are disgusting'],
  },
]
