import type { Words } from '../base/problem/index.ts'
import type { Modality } from '../base/recipe/index.ts'
import type { FieldProfile, NumberSummary, TableProfile, TimeProfile } from '../ingest/index.ts'
import type { RecordCount } from '../inspect.ts'
import { byteSize, duration, figure, grouped, moment, percent } from './figures.ts'

/** Sentences about profiles, in both languages, for the terminal and the page. */
const words = (zh: string, en: string): Words => ({ zh, en })
const same = (text: string): Words => words(text, text)

/** Parts in one line. */
export const joined = (parts: readonly Words[], between = ' · '): Words =>
  words(parts.map(({ zh }) => zh).join(between), parts.map(({ en }) => en).join(between))

export const MODALITIES: Readonly<Record<Modality, Words>> = {
  text: words('文本', 'text'),
  table: words('表格', 'table'),
  series: words('时间序列', 'time series'),
  image: words('图像', 'images'),
  audio: words('音频', 'audio'),
}

const KINDS: Readonly<Record<string, Words>> = {
  secret: words('密钥', 'secret'),
  email: words('邮箱', 'e-mail'),
  'resident-id': words('身份证号', 'resident ID'),
  uscc: words('统一社会信用代码', 'company code (USCC)'),
  'bank-card': words('银行卡号', 'bank card'),
  phone: words('电话', 'phone'),
  passport: words('护照或通行证', 'passport'),
  plate: words('车牌', 'number plate'),
  ip: words('IP 地址', 'IP address'),
}
export const kindWords = (kind: string): Words => KINDS[kind] ?? same(kind)

const LANGUAGES: Readonly<Record<string, Words>> = {
  zh: words('中文', 'Chinese'),
  en: words('英文', 'English'),
  ja: words('日文', 'Japanese'),
  ko: words('韩文', 'Korean'),
  fr: words('法文', 'French'),
  de: words('德文', 'German'),
  es: words('西班牙文', 'Spanish'),
  pt: words('葡萄牙文', 'Portuguese'),
  ru: words('俄文', 'Russian'),
  it: words('意大利文', 'Italian'),
  ar: words('阿拉伯文', 'Arabic'),
  und: words('不明', 'unclear'),
}
const languageWords = (code: string): Words => LANGUAGES[code] ?? same(code)

export function recordWords({ count, how }: RecordCount): Words {
  const sign = how === 'estimated' ? words('约 ', 'about ') : how === 'at-least' ? words('至少 ', 'at least ') : same('')
  return words(`${sign.zh}${grouped(count)} 条记录`, `${sign.en}${grouped(count)} record${count === 1 ? '' : 's'}`)
}

export const fileWords = (files: number): Words => words(`${grouped(files)} 个文件`, `${grouped(files)} file${files === 1 ? '' : 's'}`)

export const refusedWords = (files: number): Words =>
  words(`拒收 ${grouped(files)} 个文件`, `${grouped(files)} file${files === 1 ? '' : 's'} refused`)

/** How many different values; an estimate says so. */
export const distinctText = ({ distinct }: FieldProfile): string =>
  distinct.exact ? grouped(distinct.count) : `≈${grouped(roundTo(distinct.count, distinct.standardError))}`

/** Rounded so that the last digit shown is no smaller than half the standard error. */
function roundTo(value: number, error: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, error))))
  return Math.round(value / step) * step
}

const isMoment = ({ field }: FieldProfile): boolean => field.type === 'timestamp' || field.type === 'date'

function numberWords(profile: FieldProfile, { min, max, mean, quantiles }: NumberSummary): Words {
  if (isMoment(profile)) return same(min === max ? moment(min) : `${moment(min)} … ${moment(max)}`)
  if (min === max) return same(figure(min))
  const range = `${figure(min)} … ${figure(max)}`
  const [middle, average] = [figure(quantiles.p50), figure(mean)]
  return words(`${range}，中位 ${middle}，均值 ${average}`, `${range}, median ${middle}, mean ${average}`)
}

const SHORT = 24
export const shortened = (text: string, limit = SHORT): string => (text.length <= limit ? text : `${text.slice(0, limit - 1)}…`)

/** The most frequent values with their shares. @param most how many */
export function topText(profile: FieldProfile, most: number): string {
  const { top, present } = profile
  if (!top) return ''
  const shown = top.values.slice(0, most).map(({ value, count }) => `${shortened(value.replace(/\s+/g, ' '))} ${percent(count / present)}`)
  const told = top.values.slice(0, most).reduce((sum, { count }) => sum + count, 0)
  return shown.join(' · ') + (told < present ? ' …' : '')
}

/** Share of texts of a language from which it is named, and of unclear ones up to which any is. */
const LANGUAGE_SHARE = 0.1
const UNCLEAR_SHARE = 0.5

function languageParts({ languages }: FieldProfile): Words[] {
  const unclear = languages.find(({ language }) => language === 'und')?.share ?? 0
  if (unclear > UNCLEAR_SHARE) return []
  const told = languages.filter(({ language, share }) => language !== 'und' && share >= LANGUAGE_SHARE)
  return told.map(({ language, share }) => {
    const { zh, en } = languageWords(language)
    return words(`${zh} ${percent(share)}`, `${en} ${percent(share)}`)
  })
}

function lengthWords({ min, max, quantiles }: NumberSummary): Words {
  if (min === max) return words(`${figure(min)} 字符`, `${figure(min)} characters`)
  const [range, middle] = [`${figure(min)}–${figure(max)}`, figure(quantiles.p50)]
  return words(`${range} 字符，中位 ${middle}`, `${range} characters, median ${middle}`)
}

/** What the values of a field are, in a few words. */
export function valueWords(profile: FieldProfile): Words {
  const { field, numbers, lengths, bytes, identifiers } = profile
  const parts: Words[] = []
  if (field.type === 'boolean' || field.type === 'category' || field.type === 'media') parts.push(same(topText(profile, 3)))
  else if (numbers) parts.push(numberWords(profile, numbers))
  if (bytes) parts.push(words(`中位 ${byteSize(bytes.quantiles.p50)}`, `median ${byteSize(bytes.quantiles.p50)}`))
  if (lengths) parts.push(lengthWords(lengths), ...languageParts(profile))
  const said = parts.filter(({ en }) => en !== '')
  return said.length > 0 ? joined(said) : joined(identifiers.map(({ kind }) => kindWords(kind)))
}

/** Share of steps of one length from which a series counts as regular. */
const REGULAR_SHARE = 0.5

/** Range and rhythm of a time column. */
export function timeWords({ field, from, to, isMoment: moments, step, gaps, same: still, backward }: TimeProfile): Words {
  const show = moments ? moment : figure
  const parts = [words(`${field}：${show(from)} 至 ${show(to)}`, `${field}: ${show(from)} to ${show(to)}`)]
  if (step && step.share >= REGULAR_SHARE) {
    const length = moments ? duration(step.length) : same(figure(step.length))
    parts.push(words(`间隔多为 ${length.zh}（${percent(step.share)}）`, `mostly every ${length.en} (${percent(step.share)})`))
    if (gaps > 0) parts.push(words(`${grouped(gaps)} 处间断`, `${grouped(gaps)} gap${gaps === 1 ? '' : 's'}`))
    if (still > 0) parts.push(words(`${grouped(still)} 处时间相同`, `${grouped(still)} with the time before`))
    if (backward > 0) parts.push(words(`${grouped(backward)} 处倒退`, `${grouped(backward)} back in time`))
  }
  return joined(parts)
}

/** Exact copies of whole records. */
export function copyWords({ copies }: TableProfile): Words {
  if (copies.count === 0) return words('没有完全重复的记录', 'no exact copies')
  const count = copies.exact ? grouped(copies.count) : `≈${grouped(roundTo(copies.count, copies.standardError))}`
  return words(`完全重复 ${count} 条`, `${count} exact cop${count === '1' ? 'y' : 'ies'}`)
}

/** What of a table needs a look before a build: misfits, identifiers, broken records. */
export function warnings(profile: TableProfile): Words[] {
  const found: Words[] = []
  for (const { n, example } of profile.broken)
    found.push(words(`${grouped(n)} 条记录无法读取，例如 ${example.message.zh}`, `${grouped(n)} unreadable, e.g. ${example.message.en}`))
  for (const { field, misfits, misfitExamples } of profile.fields) {
    if (misfits === 0) continue
    const shown = misfitExamples.map((one) => shortened(one, 40)).join('  ')
    found.push(
      words(
        `${field.name}：${grouped(misfits)} 个值不是 ${field.type}：${shown}`,
        `${field.name}: ${grouped(misfits)} not ${field.type}: ${shown}`,
      ),
    )
  }
  for (const { field, identifiers } of profile.fields)
    for (const { kind, values } of identifiers)
      found.push(
        words(
          `${field.name}：${grouped(values)} 个值含${kindWords(kind).zh}`,
          `${field.name}: ${kindWords(kind).en} in ${grouped(values)} value${values === 1 ? '' : 's'}`,
        ),
      )
  return found
}
