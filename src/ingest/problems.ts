import { defineProblem } from '../base/problem/index.ts'

/** `at` is the file, with the row, page or byte where it is known. */
type At = { at: string }

export const formatUnknown = defineProblem<At & { found: string }>('ingest/format-unknown', {
  zh: (p) => `${p.at}：无法识别的格式（开头为 ${p.found}）。`,
  en: (p) => `${p.at}: unknown format (it begins with ${p.found}).`,
  advice: {
    zh: '转换为 `highgrade formats` 所列格式，或新增一个格式文件。',
    en: 'Convert it to a format listed by `highgrade formats`, or add a format file.',
  },
})

export const fileUnreadable = defineProblem<At & { found: string }>('ingest/file-unreadable', {
  zh: (p) => `${p.at}：无法读取：${p.found}`,
  en: (p) => `${p.at}: cannot be read: ${p.found}`,
  advice: { zh: '检查权限与磁盘，然后重新运行。', en: 'Check permissions and the disk, then run again.' },
})

export const fileUnclaimed = defineProblem<{ at: string }>('ingest/file-unclaimed', {
  zh: (p) => `${p.at}：可以读取，但配方中没有任何表使用它。`,
  en: (p) => `${p.at}: can be read, but no table of the recipe takes it.`,
  advice: {
    zh: '把它写入某个表的 from，并从 refused 中删去。',
    en: "Name it under a table's from, and take it out of refused.",
  },
})

export const fileEmpty = defineProblem<At>('ingest/file-empty', {
  zh: (p) => `${p.at}：文件为空（0 字节或没有记录）。`,
  en: (p) => `${p.at}: the file is empty (0 bytes or no records).`,
  advice: { zh: '重新导出该文件，或从输入中移除。', en: 'Export the file again, or take it out of the input.' },
})

export const fileTruncated = defineProblem<At & { found: string }>('ingest/file-truncated', {
  zh: (p) => `${p.at}：文件已损坏或被截断：${p.found}`,
  en: (p) => `${p.at}: the file is damaged or cut short: ${p.found}`,
  advice: { zh: '从来源重新获取该文件。', en: 'Fetch the file from its source again.' },
})

export const recordBroken = defineProblem<At & { found: string; expected: string }>('ingest/record-broken', {
  zh: (p) => `${p.at}：记录无法解析：${p.found}；应为 ${p.expected}。`,
  en: (p) => `${p.at}: the record cannot be parsed: ${p.found}; expected ${p.expected}.`,
  advice: { zh: '在原始文件中修正该记录。', en: 'Mend the record in the raw file.' },
})

export const recordTooLarge = defineProblem<At & { found: number; expected: number }>('ingest/record-too-large', {
  zh: (p) => `${p.at}：一条记录超过 ${p.expected} 字节（至少 ${p.found}）。`,
  en: (p) => `${p.at}: one record is larger than ${p.expected} bytes (at least ${p.found}).`,
  advice: { zh: '检查换行或引号是否缺失。', en: 'Check for a missing line end or quotation mark.' },
})

export const nestedTooDeep = defineProblem<At & { expected: number }>('ingest/nested-too-deep', {
  zh: (p) => `${p.at}：压缩包嵌套超过 ${p.expected} 层。`,
  en: (p) => `${p.at}: archives are nested more than ${p.expected} deep.`,
  advice: { zh: '先解开外层压缩包。', en: 'Unpack the outer archives first.' },
})

export const imageUndecodable = defineProblem<At & { found: string }>('ingest/image-undecodable', {
  zh: (p) => `${p.at}：图像无法解码：${p.found}`,
  en: (p) => `${p.at}: the image cannot be decoded: ${p.found}`,
  advice: { zh: '用看图软件检查该文件，然后重新导出或重新获取。', en: 'Open it in a viewer, then export or fetch it again.' },
})

export const imageTooLarge = defineProblem<At & { found: number; expected: number }>('ingest/image-too-large', {
  zh: (p) => `${p.at}：图像文件有 ${p.found} 字节，上限为 ${p.expected} 字节。`,
  en: (p) => `${p.at}: the image file has ${p.found} bytes; the limit is ${p.expected}.`,
  advice: { zh: '切成小块，或保存为压缩格式。', en: 'Cut it into tiles, or save it compressed.' },
})

export const audioUnreadable = defineProblem<At & { found: string }>('ingest/audio-unreadable', {
  zh: (p) => `${p.at}：录音的文件头无法读取：${p.found}`,
  en: (p) => `${p.at}: the header of the recording cannot be read: ${p.found}`,
  advice: { zh: '用播放器检查该文件，然后重新导出或重新获取。', en: 'Open it in a player, then export or fetch it again.' },
})

export const audioTooLarge = defineProblem<At & { found: number; expected: number }>('ingest/audio-too-large', {
  zh: (p) => `${p.at}：录音文件有 ${p.found} 字节，上限为 ${p.expected} 字节。`,
  en: (p) => `${p.at}: the recording has ${p.found} bytes; the limit is ${p.expected}.`,
  advice: { zh: '按时间切分，或保存为压缩格式。', en: 'Cut it by time, or save it compressed.' },
})

export const dicomUnreadable = defineProblem<At & { found: string }>('ingest/dicom-unreadable', {
  zh: (p) => `${p.at}：DICOM 文件无法解析：${p.found}`,
  en: (p) => `${p.at}: the DICOM file cannot be parsed: ${p.found}`,
  advice: { zh: '从 PACS 重新导出该影像。', en: 'Export the image from its archive (PACS) again.' },
})

export const memberUnsafe = defineProblem<At & { found: string }>('ingest/member-unsafe', {
  zh: (p) => `${p.at}：压缩包成员的路径不安全：${p.found}`,
  en: (p) => `${p.at}: the archive member has an unsafe path: ${p.found}`,
  advice: {
    zh: '确认压缩包来源可信，然后不含“..”等路径重新打包。',
    en: 'Make sure that the archive is from whom you think, and pack it again without such paths.',
  },
})

export const memberIsLink = defineProblem<At & { found: string }>('ingest/member-is-link', {
  zh: (p) => `${p.at}：压缩包成员不是普通文件（${p.found}），没有可读的内容。`,
  en: (p) => `${p.at}: the archive member is no plain file (${p.found}) and holds no bytes.`,
  advice: { zh: '打包时保存文件本身而不是链接（tar -h）。', en: 'Pack the files themselves instead of links (tar -h).' },
})

export const memberEncrypted = defineProblem<At>('ingest/member-encrypted', {
  zh: (p) => `${p.at}：压缩包成员已加密，无法读取。`,
  en: (p) => `${p.at}: the archive member is encrypted and cannot be read.`,
  advice: { zh: '用密码解压后放入输入文件夹。', en: 'Unpack it with its password into the input folder.' },
})

export const memberUnsupported = defineProblem<At & { found: string }>('ingest/member-unsupported', {
  zh: (p) => `${p.at}：压缩包成员的压缩方法 ${p.found} 无法读取，应为存储或 Deflate。`,
  en: (p) => `${p.at}: the archive member is compressed by ${p.found}, which cannot be read; expected stored or Deflate.`,
  advice: { zh: '解压后放入输入文件夹，或用普通方法重新打包。', en: 'Unpack it into the input folder, or pack it again the ordinary way.' },
})

export const archiveTooLarge = defineProblem<At & { found: string; expected: string }>('ingest/archive-too-large', {
  zh: (p) => `${p.at}：解压结果超出限制：${p.found}，上限为 ${p.expected}（可能是压缩炸弹）。`,
  en: (p) => `${p.at}: the archive unpacks past its limit: ${p.found}; the limit is ${p.expected} (it may be a bomb).`,
  advice: { zh: '若内容可信，请先手工解压再导入。', en: 'If you trust it, unpack it by hand first.' },
})

export const fieldCountDiffers = defineProblem<At & { found: number; expected: number }>('ingest/field-count-differs', {
  zh: (p) => `${p.at}：该行有 ${p.found} 个字段，应为 ${p.expected} 个。`,
  en: (p) => `${p.at}: the row has ${p.found} fields; expected ${p.expected}.`,
  advice: { zh: '检查该行的分隔符和引号。', en: 'Check the delimiters and quotation marks of the row.' },
})

export const quotesWrong = defineProblem<At>('ingest/quotes-wrong', {
  zh: (p) => `${p.at}：引号没有配对，或引号后还有文字。`,
  en: (p) => `${p.at}: a quotation mark is not closed, or text follows the closing one.`,
  advice: { zh: '补全引号；值中的引号须写两遍。', en: 'Close the quotation mark; write those inside a value twice.' },
})

export const headerRepeated = defineProblem<At>('ingest/header-repeated', {
  zh: (p) => `${p.at}：表头在数据中再次出现。`,
  en: (p) => `${p.at}: the header appears again among the records.`,
  advice: { zh: '合并文件时只保留一个表头；该行已跳过。', en: 'Keep one header when files are joined; the row was left out.' },
})

export const tooManyColumns = defineProblem<At & { found: number; expected: number }>('ingest/too-many-columns', {
  zh: (p) => `${p.at}：至少有 ${p.found} 列，上限为 ${p.expected} 列。`,
  en: (p) => `${p.at}: at least ${p.found} columns; the limit is ${p.expected}.`,
  advice: {
    zh: '把宽表转成长表（每行一个测量值），或检查分隔符。',
    en: 'Turn the wide table into a long one (one value a row), or check the delimiter.',
  },
})

export const textUndecodable = defineProblem<At & { found: string; expected: string }>('ingest/text-undecodable', {
  zh: (p) => `${p.at}：字节 ${p.found} 不符合编码 ${p.expected}。`,
  en: (p) => `${p.at}: the bytes ${p.found} are not ${p.expected}.`,
  advice: { zh: '把文件统一转换为 UTF-8 后重新导出。', en: 'Export the file again in UTF-8 throughout.' },
})

export const textHoldsNul = defineProblem<At & { found: number }>('ingest/text-holds-nul', {
  zh: (p) => `${p.at}：文字中有 ${p.found} 个 NUL 字节，可能是写入中断留下的空洞。`,
  en: (p) => `${p.at}: ${p.found} NUL bytes inside the text, perhaps the hole of an interrupted write.`,
  advice: { zh: '从来源重新获取该文件。', en: 'Fetch the file from its source again.' },
})

/** What can be wrong with JSON text, in both languages. */
const JSON_FAULTS = {
  syntax: { zh: '语法不符', en: 'the text does not follow the grammar' },
  comma: { zh: '逗号后没有元素', en: 'no element after the comma' },
  bracket: { zh: '括号不配对', en: 'a bracket closes another kind' },
  'text after the end': { zh: '结束后还有内容', en: 'text follows the end' },
  'text before the start': { zh: '不以 [ 或 { 开头', en: 'it does not start with [ or {' },
} as const

export const jsonWrong = defineProblem<At & { found: keyof typeof JSON_FAULTS; byte: number }>('ingest/json-wrong', {
  zh: (p) => `${p.at}：不是合法的 JSON，第 ${p.byte} 字节处${JSON_FAULTS[p.found].zh}。`,
  en: (p) => `${p.at}: not valid JSON at byte ${p.byte}: ${JSON_FAULTS[p.found].en}.`,
  advice: {
    zh: '去掉多余的逗号和注释，补全引号与括号。',
    en: 'Take superfluous commas and comments out; complete quotation marks and brackets.',
  },
})

export const nestingTooDeep = defineProblem<At & { expected: number }>('ingest/nesting-too-deep', {
  zh: (p) => `${p.at}：数据嵌套超过 ${p.expected} 层。`,
  en: (p) => `${p.at}: the data are nested more than ${p.expected} deep.`,
  advice: { zh: '把深层结构展开后重新导出。', en: 'Flatten the structure and export it again.' },
})

export const yamlWrong = defineProblem<At>('ingest/yaml-wrong', {
  zh: (p) => `${p.at}：不是合法的 YAML。`,
  en: (p) => `${p.at}: not valid YAML.`,
  advice: { zh: '检查缩进、引号和制表符。', en: 'Check indentation, quotation marks and tabs.' },
})

export const frontMatterWrong = defineProblem<At>('ingest/front-matter-wrong', {
  zh: (p) => `${p.at}：开头两行 --- 之间不是合法的 YAML 键值。`,
  en: (p) => `${p.at}: no valid YAML mapping between the two lines of --- at the start.`,
  advice: { zh: '修正头部，或去掉开头的 ---。', en: 'Mend the front matter, or take the leading --- away.' },
})

export const xmlWrong = defineProblem<At>('ingest/xml-wrong', {
  zh: (p) => `${p.at}：不是格式良好的 XML。`,
  en: (p) => `${p.at}: not well-formed XML.`,
  advice: { zh: '检查标签是否配对、& 与 < 是否转义。', en: 'Check that tags are paired and & and < are escaped.' },
})

export const xmlEntities = defineProblem<At>('ingest/xml-entities', {
  zh: (p) => `${p.at}：XML 定义了实体，出于安全考虑不展开。`,
  en: (p) => `${p.at}: the XML defines entities, which are never expanded, for safety.`,
  advice: { zh: '用不含 DOCTYPE 实体的方式重新导出。', en: 'Export it again without entities in the DOCTYPE.' },
})

export const fileEncrypted = defineProblem<At>('ingest/file-encrypted', {
  zh: (p) => `${p.at}：文件已加密，需要密码。`,
  en: (p) => `${p.at}: the file is encrypted and needs a password.`,
  advice: { zh: '解除密码后重新导出。', en: 'Remove the password and export it again.' },
})

export const pageWithoutText = defineProblem<At & { found: number }>('ingest/page-without-text', {
  zh: (p) => (p.found > 0 ? `${p.at}：扫描页，只有 ${p.found} 幅图像，没有文字层。` : `${p.at}：空白页，没有文字。`),
  en: (p) => (p.found > 0 ? `${p.at}: a scanned page: ${p.found} image(s) and no layer of text.` : `${p.at}: a blank page without text.`),
  advice: { zh: '先做文字识别（OCR），再放入输入。', en: 'Run OCR over it and put the result into the input.' },
})

export const officeFileOld = defineProblem<At>('ingest/office-file-old', {
  zh: (p) => `${p.at}：Office 97–2003 二进制格式（.xls、.doc）。`,
  en: (p) => `${p.at}: the binary format of Office 97–2003 (.xls, .doc).`,
  advice: { zh: '在 Office 或 LibreOffice 中另存为 .xlsx 或 .docx。', en: 'Save it as .xlsx or .docx with Office or LibreOffice.' },
})
