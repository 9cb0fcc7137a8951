import { defineProblem } from '../base/problem/index.ts'

export const listingNotFound = defineProblem<{ found: string }>('exchange/listing-not-found', {
  zh: (p) => `没有可用的挂牌 ${p.found}。`,
  en: (p) => `There is no listing ${p.found} that you may see.`,
  advice: { zh: '在目录中查找名称。', en: 'Look its name up in the catalogue.' },
})

export const planNotFound = defineProblem<{ found: string; expected: string }>('exchange/plan-not-found', {
  zh: (p) => `没有方案 ${p.found}，可选：${p.expected}。`,
  en: (p) => `There is no plan ${p.found}; there are ${p.expected}.`,
  advice: { zh: '选择其中之一。', en: 'Choose one of these.' },
})

export const termsInvalid = defineProblem<{ at: string; field: string; found: string }>('exchange/terms-invalid', {
  zh: (p) => `方案 ${p.at} 的条款 ${p.field} 无效：${p.found}。`,
  en: (p) => `The term ${p.field} of the plan ${p.at} is not valid: ${p.found}.`,
  advice: { zh: '参照方案的示例填写。', en: "Fill it in as in the plan's example." },
})

export const ungraded = defineProblem<{ at: string }>('exchange/ungraded', {
  zh: (p) => `${p.at}：数据质量尚未评级，不能挂牌。`,
  en: (p) => `${p.at} cannot be listed: its data quality was not graded.`,
  advice: { zh: '重新构建以得到评级。', en: 'Build it again so that it is graded.' },
})

export const listingUnfit = defineProblem<{ at: string; found: string; expected: string }>('exchange/listing-state-conflict', {
  zh: (p) => `挂牌 ${p.at} 处于“${p.found}”，此操作需要“${p.expected}”。`,
  en: (p) => `The listing ${p.at} is ${p.found}; this takes one that is ${p.expected}.`,
  advice: { zh: '先完成前一步。', en: 'Do the step before it first.' },
})

export const checklistOpen = defineProblem<{ at: string; found: string }>('exchange/checklist-open', {
  zh: (p) => `挂牌 ${p.at} 的合规清单未完成：${p.found}。`,
  en: (p) => `The compliance checklist of ${p.at} is not complete: ${p.found}.`,
  advice: { zh: '逐项完成或声明后再提交。', en: 'Complete or declare each point, then submit again.' },
})

export const handleTaken = defineProblem<{ found: string }>('exchange/handle-taken', {
  zh: (p) => `名称 ${p.found} 已用于另一挂牌，或该数据集已挂牌。`,
  en: (p) => `The name ${p.found} is taken by another listing, or the data set is listed already.`,
  advice: { zh: '换一个名称，或修改已有挂牌。', en: 'Choose another name, or change the listing that there is.' },
})

export const ownListing = defineProblem<{ at: string }>('exchange/own-listing-conflict', {
  zh: (p) => `${p.at} 是本组织自己的挂牌，无需订购。`,
  en: (p) => `${p.at} is a listing of your own organisation: there is nothing to order.`,
  advice: { zh: '直接读取即可。', en: 'Read it directly.' },
})

export const notEntitled = defineProblem<{ at: string }>('exchange/not-entitled', {
  zh: (p) => `${p.at}：本组织没有有效的使用权。请在目录中订购。`,
  en: (p) => `Your organisation holds no entitlement to ${p.at}. Order it in the catalogue.`,
  advice: { zh: '在目录中订购。', en: 'Order it in the catalogue.' },
})

export const entitlementOver = defineProblem<{ at: string; found: string }>('exchange/entitlement-over', {
  zh: (p) => `${p.at}：使用权已于 ${p.found} 到期。请续订。`,
  en: (p) => `Your entitlement to ${p.at} ended on ${p.found}. Order it again to go on.`,
  advice: { zh: '续订。', en: 'Order it again.' },
})

export const entitlementRevoked = defineProblem<{ at: string; found: string }>('exchange/entitlement-revoked', {
  zh: (p) => `${p.at}：使用权已被撤销（${p.found}）。`,
  en: (p) => `Your entitlement to ${p.at} was revoked (${p.found}).`,
  advice: { zh: '联系卖方。', en: 'Ask the seller.' },
})

export const quotaUsedUp = defineProblem<{ at: string; field: string; found: string; expected: string }>('exchange/quota-used-up', {
  zh: (p) => `${p.at}：配额已用完：本次需要 ${p.found} ${p.field}，剩余 ${p.expected}。`,
  en: (p) => `The quota of ${p.at} is used up: this takes ${p.found} ${p.field}, ${p.expected} are left.`,
  advice: { zh: '订购更多用量。', en: 'Order more.' },
})

export const balanceUsedUp = defineProblem<{ at: string; found: string; expected: string }>('exchange/balance-used-up', {
  zh: (p) => `${p.at}：余额不足：需要 ${p.expected}，现有 ${p.found}。请充值。`,
  en: (p) => `The balance does not cover ${p.at}: it takes ${p.expected}, there is ${p.found}. Pay in first.`,
  advice: { zh: '充值后重试。', en: 'Pay in, then try again.' },
})

export const deliveryUnfit = defineProblem<{ at: string; found: string }>('exchange/delivery-not-in-plan', {
  zh: (p) => `${p.at}：方案“${p.found}”不含此种交付方式。`,
  en: (p) => `The plan "${p.found}" of ${p.at} does not include this kind of delivery.`,
  advice: { zh: '使用方案所含的方式，或订购其他方案。', en: 'Use a delivery that the plan includes, or order another one.' },
})

export const revisionNotFound = defineProblem<{ at: string; found: string }>('exchange/revision-not-found', {
  zh: (p) => `${p.at} 没有版本 ${p.found}。`,
  en: (p) => `${p.at} has no revision ${p.found}.`,
  advice: { zh: '使用 main、版本号或提交哈希。', en: 'Use main, a version, or a commit.' },
})

export const fileNotFound = defineProblem<{ at: string; found: string }>('exchange/file-not-found', {
  zh: (p) => `${p.at} 没有文件 ${p.found}。`,
  en: (p) => `${p.at} has no file ${p.found}.`,
  advice: { zh: '查看文件清单。', en: 'See its list of files.' },
})

export const rangeInvalid = defineProblem<{ at: string; found: string; expected: string }>('exchange/range-invalid', {
  zh: (p) => `${p.at}：范围 ${p.found} 无法满足，文件有 ${p.expected} 字节。`,
  en: (p) => `${p.at}: the range ${p.found} cannot be given; the file has ${p.expected} bytes.`,
  advice: { zh: '请求文件之内的一个范围。', en: 'Ask for one range within the file.' },
})

export const paymentNotFound = defineProblem<{ found: string }>('exchange/payment-not-found', {
  zh: (p) => `没有待处理的付款 ${p.found}。`,
  en: (p) => `There is no payment ${p.found} that waits.`,
  advice: { zh: '查看付款列表。', en: 'See the list of payments.' },
})

export const tokenizerMissing = defineProblem<{ at: string; found: string }>('exchange/tokenizer-missing', {
  zh: (p) => `分词器 ${p.at} 不可用：${p.found}。`,
  en: (p) => `The tokenizer ${p.at} cannot be used: ${p.found}.`,
  advice: { zh: '安装后重试，或选用其他分词器。', en: 'Install it and try again, or use another one.' },
})

export const urlInvalid = defineProblem<{ at: string }>('exchange/signed-url-forbidden', {
  zh: (p) => `${p.at}：下载地址的签名无效或已过期。`,
  en: (p) => `${p.at}: the signature of this address is wrong or over.`,
  advice: { zh: '重新查询以得到新地址。', en: 'Query again for a new address.' },
})

export const versionNotOwned = defineProblem<{ found: string }>('exchange/version-not-found', {
  zh: (p) => `本组织没有版本 ${p.found}。`,
  en: (p) => `Your organisation has no version ${p.found}.`,
  advice: { zh: '查看本组织的数据集。', en: "See your organisation's data sets." },
})

export const entitlementNotFound = defineProblem<{ found: string }>('exchange/entitlement-not-found', {
  zh: (p) => `没有使用权 ${p.found}。`,
  en: (p) => `There is no entitlement ${p.found} of yours.`,
  advice: { zh: '查看订单列表。', en: 'See the list of orders.' },
})
