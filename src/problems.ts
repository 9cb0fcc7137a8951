import { defineProblem } from './base/problem/index.ts'

export const inputNotFound = defineProblem<{ at: string; found: string }>('build/input-not-found', {
  zh: (p) => `${p.at}：没有可用的输入（${p.found}）。`,
  en: (p) => `${p.at}: there is no input (${p.found}).`,
  advice: { zh: '给出一个含有原始文件的文件夹，或一份 highgrade.yaml。', en: 'Give a folder with raw files, or a highgrade.yaml.' },
})

export const inputsApart = defineProblem<{ at: string }>('build/inputs-apart', {
  zh: (p) => `${p.at}：这些输入没有共同的文件夹或存储桶。`,
  en: (p) => `${p.at}: these inputs share no folder or bucket.`,
  advice: {
    zh: '一次只读取同一文件夹树或同一存储桶中的文件。',
    en: 'Take files of one folder tree or of one bucket at a time.',
  },
})

export const nothingToRelease = defineProblem<{ at: string; found: number }>('build/nothing-to-release', {
  zh: (p) => `${p.at}：没有任何记录通过；${p.found} 条被隔离。`,
  en: (p) => `${p.at}: no record passed; ${p.found} are in quarantine.`,
  advice: {
    zh: '用 `highgrade inspect` 查看原始文件，并检查工作区中的 quarantine.jsonl。',
    en: 'Look at the raw files with `highgrade inspect`, and at quarantine.jsonl in the workspace.',
  },
})

export const packUnknown = defineProblem<{ at: string; expected: string }>('build/pack-unknown', {
  zh: (p) => `没有名为 ${p.at} 的行业包；可用：${p.expected}。`,
  en: (p) => `There is no pack named ${p.at}; there are ${p.expected}.`,
  advice: { zh: '用 `highgrade packs` 查看。', en: 'See `highgrade packs`.' },
})
