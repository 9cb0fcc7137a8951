import { defineProblem } from '../problem/index.ts'

export const amountInvalid = defineProblem<{ found: string; expected: string }>('ledger/amount-invalid', {
  zh: (p) => `金额“${p.found}”无效，应为${p.expected}。`,
  en: (p) => `The amount "${p.found}" is not valid; expected ${p.expected}.`,
  advice: {
    zh: '只用数字与小数点，小数位不超过该币种所有。',
    en: 'Digits and a point alone, with no more decimals than the currency has.',
  },
})

export const currencyUnknown = defineProblem<{ found: string; expected: string }>('ledger/currency-unknown', {
  zh: (p) => `没有币种 ${p.found}，可用：${p.expected}。`,
  en: (p) => `There is no currency ${p.found}; there are ${p.expected}.`,
  advice: { zh: '使用其中之一。', en: 'Use one of these.' },
})

export const unbalanced = defineProblem<{ at: string; found: string; currency: string }>('ledger/unbalanced', {
  zh: (p) => `交易 ${p.at} 的 ${p.currency} 分录合计为 ${p.found}，应为 0。`,
  en: (p) => `The postings of transaction ${p.at} sum to ${p.found} ${p.currency}, not to 0.`,
  advice: { zh: '每笔交易在每个币种上借贷相等。', en: 'In each currency what leaves accounts must reach others.' },
})

export const postingInvalid = defineProblem<{ at: string; found: string }>('ledger/posting-invalid', {
  zh: (p) => `交易 ${p.at} 的分录无效：${p.found}。`,
  en: (p) => `A posting of transaction ${p.at} is not valid: ${p.found}.`,
  advice: {
    zh: '每笔分录须有账户与非零金额，且至少两笔。',
    en: 'Each needs an account and an amount other than 0, and there are at least two.',
  },
})

export const belowFloor = defineProblem<{ at: string; account: string; found: string; floor: string }>('ledger/below-floor', {
  zh: (p) => `交易 ${p.at} 使账户 ${p.account} 余额为 ${p.found}，低于下限 ${p.floor}。`,
  en: (p) => `Transaction ${p.at} would leave ${p.found} on ${p.account}, below its floor of ${p.floor}.`,
  advice: { zh: '先充值，或减少金额。', en: 'Add to the account first, or lower the amount.' },
})

export const keyReused = defineProblem<{ at: string; key: string }>('ledger/key-conflict', {
  zh: (p) => `键 ${p.key} 已用于内容不同的交易 ${p.at}。`,
  en: (p) => `The key ${p.key} was used for transaction ${p.at}, which says something else.`,
  advice: { zh: '新交易换用新键。', en: 'Use a new key for a new transaction.' },
})

export const reversalInvalid = defineProblem<{ at: string; found: string }>('ledger/reversal-invalid', {
  zh: (p) => `交易 ${p.at} 不能冲销：${p.found}。`,
  en: (p) => `Transaction ${p.at} cannot be reversed: ${p.found}.`,
  advice: {
    zh: '冲销须与原交易各分录相反，且每笔只能冲销一次。',
    en: 'A reversal mirrors each posting, and each transaction is reversed at most once.',
  },
})
