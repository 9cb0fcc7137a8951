import type { Words } from '../../base/problem/index.ts'

/** Words of one risk of the corpus. */
export interface RiskCategory {
  readonly key: string
  readonly title: Words
  readonly words: readonly string[]
}

/**
 * A small list of phrases that offer or incite, seldom found where a risk is only spoken about (law, news, medicine).
 * It is a first sieve, far from the 10,000 keywords that TC260-003 8.1 asks of a provider: an organisation adds its own
 * as a code list named `risk-words`. Risks: TC260-003 appendix A.1 and A.2 (numbering from general knowledge).
 */
export const RISK_CATEGORIES: readonly RiskCategory[] = [
  {
    key: 'A.1-d terrorism',
    title: { zh: '恐怖主义、极端主义', en: 'terrorism and extremism' },
    words: [
      '炸弹制作方法',
      '自制炸弹教程',
      '制作炸药教程',
      '加入圣战',
      '发动圣战',
      '人体炸弹招募',
      'how to build a pipe bomb',
      'how to make a bomb at home',
      'join the jihad',
    ],
  },
  {
    key: 'A.1-e ethnic-hatred',
    title: { zh: '民族仇恨', en: 'ethnic hatred' },
    words: ['种族清洗万岁', '消灭劣等民族', '劣等民族滚', 'white power forever', 'gas the jews', 'racial holy war'],
  },
  {
    key: 'A.1-f violence-obscenity',
    title: { zh: '暴力、淫秽色情', en: 'violence and obscenity' },
    words: [
      '裸聊服务',
      '援交妹',
      '上门特殊服务',
      '成人色情视频',
      '未成年色情',
      '儿童色情视频',
      '迷奸药',
      '约炮平台',
      'child porn',
      'hot teen porn',
      'free porn videos',
    ],
  },
  {
    key: 'A.1-h illegal-trade',
    title: { zh: '其他违法：毒品、枪支、赌博、假证、诈骗', en: 'other unlawful offers: drugs, guns, gambling, forged papers, fraud' },
    words: [
      '出售冰毒',
      '冰毒出售',
      '大麻货到付款',
      '枪支出售',
      '出售枪支',
      '仿真枪购买',
      '代开发票',
      '办证刻章',
      '办理假证',
      '出售身份证',
      '银行卡四件套',
      '信用卡套现',
      '澳门威尼斯人娱乐场',
      '澳门新葡京',
      '网上真人赌场',
      '时时彩计划群',
      '六合彩特码',
      '刷单兼职日结',
      '跑分平台',
      '黑客接单',
      'buy cocaine online',
      'buy meth online',
      'counterfeit money for sale',
      'fake passport for sale',
      'cloned cards for sale',
    ],
  },
  {
    key: 'A.2 discrimination',
    title: { zh: '歧视', en: 'discrimination' },
    words: [
      '女人不配',
      '女人就是低等',
      '女司机都该',
      '残废就该',
      '乡巴佬滚',
      '河南人都是骗子',
      '老不死的该',
      'women are inferior',
      'blacks are inferior',
      'go back to your country',
    ],
  },
]
