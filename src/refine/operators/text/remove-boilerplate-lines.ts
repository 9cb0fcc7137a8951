import { z } from 'zod'
import { rewriteTexts, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

/** A line of furniture is short, and a text of one or two lines has none. */
const LONGEST_LINE = 90
const FEWEST_LINES = 3

/** Whole lines of navigation, consent, sharing and copyright; each alternative is a line from its start to its end. */
const FURNITURE = new RegExp(
  `^[\\s\\[【（(<《·•|>*#-]*(?:${[
    '返回(?:顶部|首页|上页|列表|目录)',
    '(?:上|下)一(?:篇|页|章|条)\\s?[:：]?.*',
    '(?:点击)?(?:查看|阅读|加载|展开|显示)(?:更多|全文|原文|详情).{0,6}',
    '(?:责任)?编辑\\s?[:：].{1,20}',
    '(?:文章)?来源\\s?[:：].{1,20}',
    '(?:分享|转发)(?:到|至)\\s?[:：]?.{0,30}',
    '扫(?:一扫|码|描二维码).{0,24}',
    '(?:微信)?扫码关注.{0,20}',
    '(?:登录|注册)(?:\\s?[|/]\\s?(?:登录|注册))?',
    '当前位置\\s?[:：].*',
    '(?:您的?|你)?所在位置\\s?[:：].*',
    '(?:相关|热门|推荐)(?:阅读|文章|新闻|链接|推荐)\\s?[:：]?',
    '(?:版权所有|版权声明|免责声明).{0,60}',
    '[京沪粤浙苏鲁川渝津冀]ICP[备证]\\s?\\d{4,}.{0,20}',
    '(?:打印|关闭)(?:本页|窗口|此页)(?:.{0,12})',
    '本站使用\\s?cookies?.{0,40}',
    '(?:copyright|©|\\(c\\))\\s?(?:©|\\(c\\))?\\s?(?:19|20)\\d{2}.{0,60}',
    'all rights reserved\\.?',
    '(?:we|this (?:web)?site) uses? cookies.{0,70}',
    '(?:accept|reject|manage)(?: all)? cookies',
    'cookie (?:policy|settings|preferences)',
    '(?:skip to|jump to)(?: main)? (?:content|navigation)',
    'back to top',
    '(?:read|show|load|see|view) more(?: \\.\\.\\.|…)?',
    'share (?:this|on) .{1,30}',
    '(?:tweet|pin it|follow us(?: on .{1,30})?)',
    '(?:log|sign) (?:in|up|out)(?: (?:\\||or) (?:log|sign) (?:in|up))?',
    '(?:privacy policy|terms (?:of (?:use|service)|and conditions))(?: \\| .{0,50})?',
    '(?:previous|next) (?:post|article|page|chapter)\\s?:?.*',
    '(?:home|首页)(?:\\s?(?:\\||>|»|/|›)\\s?[^|>»/›]{1,20}){1,6}',
    'advertisement|sponsored|广告',
    'subscribe to our newsletter.{0,40}',
  ].join('|')})[\\s\\]】）)>》·•|*#-]*$`,
  'i',
)

function removeFurniture(text: string, phrases: readonly string[]): string {
  if (!text.includes('\n')) return text
  const lines = text.split('\n')
  if (lines.length < FEWEST_LINES) return text
  const kept = lines.filter((line) => {
    if (line.length > LONGEST_LINE || line === '') return true
    return !FURNITURE.test(line) && !phrases.some((phrase) => line.includes(phrase))
  })
  return kept.length === lines.length ? text : kept.join('\n')
}

export default defineOperator({
  version: 1,
  title: { zh: '去除网页套话行', en: 'Remove boilerplate lines' },
  doc: {
    zh: '在三行以上的文本中删去整行的导航、Cookie 提示、分享、版权、“责任编辑”“返回顶部”等；phrases 可追加短语，含其一的短行也删去。',
    en: 'In texts of three lines or more, deletes whole lines of navigation, cookie consent, sharing and copyright, in Chinese and English. phrases adds your own: short lines that hold one are deleted too.',
  },
  source: 'C4 (Raffel et al. 2020) line rules, extended to Chinese web pages',
  parameters: z.strictObject({ columns: textColumns, phrases: z.array(z.string().min(1)).default([]) }),
  example: {
    parameters: {},
    before: { text: ['轴承应每半年润滑一次。\n返回顶部\n责任编辑：王芳', '返回顶部'] },
    after: { text: ['轴承应每半年润滑一次。', '返回顶部'] },
  },
  run: (batch, { columns, phrases }) => rewriteTexts(batch, columns, (text) => removeFurniture(text, phrases)),
})
