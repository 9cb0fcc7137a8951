/** Code units around a thing in which an offer of it stands. */
const REACH = 16
/** And in which law or news speak of it. */
const WIDE_REACH = 28

/** Words that sell a thing or teach how to make it. */
const OFFER =
  /出售|售卖|贩卖|批发|代购|代开|求购|收购|供应|有货|现货|低价|特价|货到付款|到付|包邮|发货|购买|加(?:微信|薇信|威信|v信|vx|qq|扣扣|群)|联系(?:微信|qq|电话|我|客服)|私聊|教程|教你|教学|传授|制作(?:方法|步骤)|配方|提供.{0,12}(?:服务|渠道|平台)|上门|日结|高薪招|注册送|\b(?:buy|sell(?:ing)?|order now|for sale|in stock|ship(?:s|ping|ped)|whats ?app|telegram|wickr|no prescription|how to (?:make|build|cook|get)|step[- ]by[- ]step|recipe|tutorial|discreet)\b/i
/** Words that trade a thing which people may have. */
const TRADE = /出售|售卖|贩卖|收购|高价收|求购|买卖|批量供应|代开|代办假|\b(?:buy|sell(?:ing)?|for sale)\b/i
/** Words of law, news and warning: there the thing is spoken of, not offered. */
const REPORT =
  /罪|涉嫌|嫌疑|犯罪|违法|非法|被告|被害|判处|徒刑|法院|检察|公安|警方|民警|警察|查获|抓获|破获|缴获|打击|禁止|严禁|不得|取缔|防范|警惕|谨防|举报|反对|谴责|拒绝|远离|危害|骗局|受骗|提醒|通报|案件|案情|报道|新闻|研究|治疗|戒毒|缉毒|\b(?:police|arrest(?:ed)?|convict(?:ed)?|court|charged?|illegal|unlawful|ban(?:ned)?|laws?|warn(?:s|ing)?|crimes?|victims?|seized|against|stud(?:y|ies)|treatment|overdose)\b/i

/**
 * Is a thing offered at this place of a text, and not spoken of as law and news do? A sieve: an offer in other words passes,
 * and one that feigns a report.
 * @param at place of the thing @param units its length @param kind goods count beside any offer, wares beside trade
 */
export function isOffered(text: string, at: number, units: number, kind: 'goods' | 'wares'): boolean {
  const near = text.slice(Math.max(0, at - REACH), at + units + REACH)
  if (!(kind === 'goods' ? OFFER : TRADE).test(near)) return false
  return !REPORT.test(text.slice(Math.max(0, at - WIDE_REACH), at + units + WIDE_REACH))
}
