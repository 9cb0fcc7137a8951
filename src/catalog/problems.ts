import { defineProblem } from '../base/problem/index.ts'

export const datasetNotFound = defineProblem<{ found: string }>('catalog/dataset-not-found', {
  zh: (p) => `没有数据集 ${p.found}。`,
  en: (p) => `There is no data set ${p.found}.`,
  advice: { zh: '在数据集列表中核对。', en: 'See the list of data sets.' },
})

export const versionNotFound = defineProblem<{ at: string; found: string }>('catalog/version-not-found', {
  zh: (p) => `${p.at}：没有版本 ${p.found}。`,
  en: (p) => `${p.at}: there is no version ${p.found}.`,
  advice: { zh: '在版本列表中核对。', en: 'See the list of versions.' },
})

export const tableNotFound = defineProblem<{ at: string; found: string; expected: string }>('catalog/table-not-found', {
  zh: (p) => `${p.at}：没有表 ${p.found}，有 ${p.expected}。`,
  en: (p) => `${p.at}: there is no table ${p.found}; there are ${p.expected}.`,
  advice: { zh: '换一个表名。', en: 'Name one of these.' },
})

export const cursorInvalid = defineProblem<{ found: string }>('catalog/cursor-request-invalid', {
  zh: (p) => `游标 ${p.found} 无效。`,
  en: (p) => `The cursor ${p.found} is not valid.`,
  advice: { zh: '只使用上一页给出的 next。', en: 'Use only the next of the page before.' },
})
