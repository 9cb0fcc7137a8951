import { defineProblem } from '../base/problem/index.ts'

export const formUnknown = defineProblem<{ at: string; expected: string }>('release/export-form-unknown', {
  zh: (p) => `没有名为 ${p.at} 的导出格式；可用：${p.expected}。`,
  en: (p) => `There is no form named ${p.at}; there are ${p.expected}.`,
  advice: { zh: '用 `highgrade export --help` 查看各格式及其选项。', en: 'See `highgrade export --help` for the forms and their options.' },
})

export const tableUnknown = defineProblem<{ at: string; found: string; expected: string }>('release/table-unknown', {
  zh: (p) => `${p.at}：没有名为 ${p.found} 的表；可用：${p.expected}。`,
  en: (p) => `${p.at}: there is no table ${p.found}; there are ${p.expected}.`,
  advice: { zh: '表名见 manifest.json。', en: 'Names of tables are in manifest.json.' },
})

export const formUnfit = defineProblem<{ at: string; expected: string; expectedZh: string; found: string }>('release/export-form-unfit', {
  zh: (p) => `导出为 ${p.at} 需要${p.expectedZh}；此处有：${p.found}。`,
  en: (p) => `Form ${p.at} needs ${p.expected}; there is ${p.found}.`,
  advice: {
    zh: '换用 jsonl、csv 或 hf；或在配方中声明字段的类型与角色（如 role: label、type: media）后重新构建。',
    en: 'Use jsonl, csv or hf, or declare types and roles of the fields in the recipe (role: label, type: media) and build again.',
  },
})

export const exportOptionInvalid = defineProblem<{ at: string; field: string; found: string }>('release/export-option-invalid', {
  zh: (p) => `导出为 ${p.at}：选项 ${p.field}：${p.found}`,
  en: (p) => `Form ${p.at}: option ${p.field}: ${p.found}`,
  advice: { zh: '用 `highgrade export --help` 查看该格式的选项。', en: 'See `highgrade export --help` for the options of the form.' },
})

export const exportOptionUnknown = defineProblem<{ at: string; field: string; expected: string }>('release/export-option-unknown', {
  zh: (p) => `导出为 ${p.at}：没有选项 ${p.field}；可用：${p.expected}。`,
  en: (p) => `Form ${p.at}: there is no option ${p.field}; there are ${p.expected}.`,
  advice: { zh: '用 `highgrade export --help` 查看该格式的选项。', en: 'See `highgrade export --help` for the options of the form.' },
})

export const exportNeedsFolder = defineProblem<{ at: string; found: number }>('release/export-needs-folder', {
  zh: (p) => `导出为 ${p.at}（${p.found} 张表）会产生多个文件，不能写到标准输出。`,
  en: (p) => `Form ${p.at} of ${p.found} tables is several files, which standard output cannot hold.`,
  advice: { zh: '用 --out 给出文件夹，或用 --table 只选一张表。', en: 'Name a folder with --out, or one table with --table.' },
})

export const exportFolderTaken = defineProblem<{ at: string }>('release/export-folder-taken', {
  zh: (p) => `${p.at}：文件夹不是空的，或位于发布之内。`,
  en: (p) => `${p.at}: the folder is not empty, or lies in the release.`,
  advice: { zh: '给出一个新的文件夹。', en: 'Name a new folder.' },
})

export const recipeLacks = defineProblem<{ at: string; field: string; why: string; whyZh: string }>('release/export-recipe-lacks', {
  zh: (p) => `导出为 ${p.at}：配方缺少 ${p.field}（${p.whyZh}）。`,
  en: (p) => `Form ${p.at}: the recipe lacks ${p.field} (${p.why}).`,
  advice: {
    zh: '在 highgrade.yaml 中写明这些键，并以新版本重新构建；不会代为编造。',
    en: 'State these keys in highgrade.yaml and build a new version; nothing is invented in their place.',
  },
})
