import type { Words } from '../base/problem/index.ts'
import { loadOperator, RESHAPE_REASONS } from '../refine/index.ts'

/** Reasons for leaving as a diagram can name them; what is not here is shown by its code. */
const SHORT: Readonly<Record<string, Words>> = {
  'exact-duplicate': { zh: '完全重复', en: 'exact duplicate' },
  'near-duplicate': { zh: '近似重复', en: 'near duplicate' },
  'ingest/archive-too-large': { zh: '压缩包过大', en: 'archive too large' },
  'ingest/field-count-differs': { zh: '字段数不符', en: 'number of fields differs' },
  'ingest/file-empty': { zh: '空文件', en: 'empty file' },
  'ingest/file-encrypted': { zh: '文件已加密', en: 'encrypted file' },
  'ingest/file-truncated': { zh: '文件损坏或截断', en: 'damaged or cut-short file' },
  'ingest/file-unclaimed': { zh: '没有表使用的文件', en: 'file that no table takes' },
  'ingest/file-unreadable': { zh: '文件不可读', en: 'unreadable file' },
  'ingest/format-unknown': { zh: '未知格式', en: 'unknown format' },
  'ingest/image-undecodable': { zh: '图像无法解码', en: 'image does not decode' },
  'ingest/page-without-text': { zh: '页面无文本（扫描件）', en: 'page without text (scanned)' },
  'ingest/record-broken': { zh: '记录无法解析', en: 'record cannot be parsed' },
  'ingest/record-too-large': { zh: '记录过大', en: 'record too large' },
  'ingest/text-undecodable': { zh: '文字无法解码', en: 'text does not decode' },
  'refine/code-unknown': { zh: '代码不在表中', en: 'code not in the list' },
  'refine/not-a-boolean': { zh: '不是布尔值', en: 'not a boolean' },
  'refine/not-a-date': { zh: '不是日期', en: 'not a date' },
  'refine/not-a-number': { zh: '不是数值', en: 'not a number' },
  'refine/not-an-integer': { zh: '不是整数', en: 'not an integer' },
  'refine/type-inexact': { zh: '类型不符', en: 'value of another type' },
  'refine/key-absent': { zh: '缺少键', en: 'key absent' },
  'refine/required-missing': { zh: '缺少必填值', en: 'required value missing' },
}

/** A reason in words: a problem's short name, or the operator's title with its own sentence. */
export async function reasonWords(step: string, reason: string): Promise<Words> {
  const short = SHORT[reason] ?? RESHAPE_REASONS[reason]
  if (short) return short
  const operator = (await loadOperator(step))?.plugin
  const own = operator?.reasons?.[reason]
  if (operator && own) return { zh: `${operator.title.zh}：${own.zh}`, en: `${operator.title.en}: ${own.en}` }
  return { zh: reason, en: reason }
}
