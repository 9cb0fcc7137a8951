import type { FieldRole, FieldType } from '../../base/record/index.ts'
import type { ColumnProfile } from './column-profile.ts'
import type { Header } from './header.ts'

/** A column with what is known of it, as roles are given. */
export interface RoleCandidate {
  readonly header: Header
  readonly type: FieldType
  readonly profile: ColumnProfile
}

/** Names of labels, the surest first: whole names, then names that end in one of the words. */
const LABEL_NAMES: readonly string[] = [
  ...[
    'label',
    'labels',
    '标签',
    '标注',
    'class',
    '类别',
    '分类',
    'target',
    '目标',
    'y',
    'species',
    'category',
    '类型',
    'anomaly',
    'is anomaly',
    '异常',
    'diagnosis',
    '诊断',
  ],
  ...['outcome', 'sentiment', '情感', 'intent', '意图', 'fault', '故障', 'defect', '缺陷', 'verdict', '结果', 'disease', '病害', 'folder'],
]
const TEXT_NAMES: ReadonlySet<string> = new Set(
  'text content body message sentence document question ask answer prompt instruction output response abstract description tweet 内容 正文 文本 文章 问题 题干 回答 答案 描述 摘要 主诉 现病史'.split(
    ' ',
  ),
)
/** Names of lists and objects that are read: chats besides whatever is named as a text is. */
const CHAT_NAMES: ReadonlySet<string> = new Set(
  'messages conversation conversations dialog dialogue dialogs turns chat 对话 消息 会话'.split(' '),
)
const NOTE_NAMES: ReadonlySet<string> = new Set('note notes remark remarks comment comments memo 备注 说明 注释'.split(' '))
const SPLIT_NAMES: ReadonlySet<string> = new Set(['split', 'subset', 'partition', 'fold', '划分'])
const SPLIT_VALUES: ReadonlySet<string> = new Set(['train', 'training', 'test', 'testing', 'val', 'valid', 'validation', 'dev'])
const ID_WORD = /^(?:id|uuid|guid|rid|编号|序号|学号|工号|病历号|流水号|.*编号)$/
const GROUP_WORD = /^(?:group|batch|lot|subject|patient|session|episode|device|well|worker|participant|患者|批次|批号|设备|机组|受试者)$/

/** Most different values of a label that is a whole number or true/false. */
const MAX_LABEL_VALUES = 50
/** Characters from which a text is read, not looked up; and share of different values. */
const LONG_TEXT = 20
const DISTINCT_TEXTS = 0.5

const nameOf = (header: Header): string => header.words.join(' ')

/** Can the column be a label? Numbers only where the name says that they are to be predicted. */
function canBeLabel({ header, type, profile }: RoleCandidate): boolean {
  if (profile.present === 0) return false
  if (type === 'category' || type === 'boolean') return true
  if (/^(?:y|target|目标)$/.test(nameOf(header))) return type === 'number' || type === 'integer'
  if (profile.texts.size > MAX_LABEL_VALUES || profile.texts.size * 2 > profile.present) return false
  return type === 'integer' || type === 'text' || (type === 'number' && isWhole(profile))
}

/** Are all values whole numbers, as in 0.0 and 1.0? */
export const isWhole = ({ texts }: ColumnProfile): boolean => [...texts.keys()].every((text) => Number.isInteger(Number(text)))

/** How sure a column's name is of being the label: 0 best, Infinity never. */
function labelRank(name: string): number {
  const whole = LABEL_NAMES.indexOf(name)
  if (whole >= 0) return whole
  const ending = LABEL_NAMES.findIndex((label) => label.length > 1 && name.endsWith(` ${label}`))
  return ending >= 0 ? LABEL_NAMES.length + ending : Number.POSITIVE_INFINITY
}

/** Number of the column that is most likely the label by its name; -1 for none. */
function namedLabel(candidates: readonly RoleCandidate[]): number {
  const ranks = candidates.map((candidate) => (canBeLabel(candidate) ? labelRank(nameOf(candidate.header)) : Number.POSITIVE_INFINITY))
  const best = Math.min(...ranks)
  return best === Number.POSITIVE_INFINITY ? -1 : ranks.indexOf(best)
}

/**
 * Number of the label where no name tells: the last column when it is a category of two values, or the only category
 * beside texts. -1 for none.
 */
function unnamedLabel(candidates: readonly RoleCandidate[]): number {
  const last = candidates.at(-1)
  if (candidates.length > 2 && last?.type === 'category' && last.profile.texts.size === 2) return candidates.length - 1
  const categories = candidates.flatMap(({ type }, i) => (type === 'category' ? [i] : []))
  const others = candidates.every(({ type }) => type === 'category' || type === 'text')
  return categories.length === 1 && others && candidates.length > 1 ? (categories[0] as number) : -1
}

function labelOf(candidates: readonly RoleCandidate[]): number {
  const named = namedLabel(candidates)
  return named >= 0 ? named : unnamedLabel(candidates)
}

/** Number of the time column: the first moment named so, else the first moment, else a number called time. */
function timeOf(candidates: readonly RoleCandidate[]): number {
  const isMoment = ({ type }: RoleCandidate): boolean => type === 'timestamp' || type === 'date'
  const named = candidates.findIndex(
    (one) => isMoment(one) && /^(?:time|timestamp|datetime|date|ts|时间|日期|采集时间|测量时间)$/.test(nameOf(one.header)),
  )
  if (named >= 0) return named
  const first = candidates.findIndex(isMoment)
  if (first >= 0) return first
  return candidates.findIndex(({ header, type }) => (type === 'number' || type === 'integer') && /^(?:time|时间)$/.test(nameOf(header)))
}

function medianLength(texts: ReadonlyMap<string, number>): number {
  const lengths = Array.from(texts.keys(), (text) => text.length).sort((a, b) => a - b)
  return lengths[lengths.length >> 1] ?? 0
}

const hasWord = ({ words }: Header, test: (word: string) => boolean): boolean => words.some(test)

/** A column that says which part of the data set a record belongs to. */
function isSplit({ header, type, profile: { texts } }: RoleCandidate): boolean {
  if (texts.size > 20) return false
  if (SPLIT_NAMES.has(nameOf(header))) return true
  return type === 'category' && texts.size > 1 && [...texts.keys()].every((value) => SPLIT_VALUES.has(value.toLowerCase()))
}

/** `identifier` where each record has its own, `group` where several share one. */
function namingRole({ header, profile }: RoleCandidate, isUnique: boolean): FieldRole | undefined {
  if (hasWord(header, (word) => ID_WORD.test(word)) && profile.present > 0) return isUnique ? 'identifier' : 'group'
  return hasWord(header, (word) => GROUP_WORD.test(word)) ? 'group' : undefined
}

function textRole({ header, profile: { texts, present } }: RoleCandidate, isUnique: boolean): FieldRole | undefined {
  if (hasWord(header, (word) => NOTE_NAMES.has(word))) return 'note'
  const isLong = medianLength(texts) >= LONG_TEXT && texts.size >= DISTINCT_TEXTS * present
  if (hasWord(header, (word) => TEXT_NAMES.has(word)) || (isLong && [...texts.keys()].some((value) => /[\s，。！？]/.test(value))))
    return 'text'
  return isUnique && [...texts.keys()].every((value) => /^[\w.:/-]{2,64}$/.test(value)) ? 'identifier' : undefined
}

/** `text` where the name says that it is read and most of the lists or objects hold texts. */
function jsonRole({ header, profile: { worded, present } }: RoleCandidate): FieldRole | undefined {
  const isNamed = hasWord(header, (word) => CHAT_NAMES.has(word) || TEXT_NAMES.has(word))
  return isNamed && worded * 2 > present ? 'text' : undefined
}

function roleByItself(candidate: RoleCandidate): FieldRole | undefined {
  const { type, profile } = candidate
  if (type === 'media') return 'image'
  if (isSplit(candidate)) return 'split'
  if (type === 'json') return jsonRole(candidate)
  const isUnique = profile.texts.size === profile.present && profile.present > 1
  const isName = type === 'integer' || type === 'text' || type === 'category'
  return (isName ? namingRole(candidate, isUnique) : undefined) ?? (type === 'text' ? textRole(candidate, isUnique) : undefined)
}

/** Proposed role of each column; undefined is an ordinary feature. At most one `label` and one `time`. */
export function inferRoles(candidates: readonly RoleCandidate[]): (FieldRole | undefined)[] {
  const label = labelOf(candidates)
  const time = timeOf(candidates)
  let split = false
  return candidates.map((candidate, i) => {
    if (i === label) return 'label'
    if (i === time) return 'time'
    const role = roleByItself(candidate)
    if (role !== 'split') return role
    const first = !split
    split = true
    return first ? 'split' : undefined
  })
}
