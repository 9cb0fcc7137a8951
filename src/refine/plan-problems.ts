import { defineProblem } from '../base/problem/index.ts'

export const operatorUnknown = defineProblem<{ at: string; found: string }>('refine/operator-unknown', {
  zh: (p) => `表 ${p.at}：没有算子 ${p.found}。`,
  en: (p) => `table ${p.at}: there is no operator ${p.found}.`,
  advice: { zh: '用 `highgrade operators` 查看全部算子。', en: 'See `highgrade operators` for all of them.' },
})

export const parametersInvalid = defineProblem<{ at: string; step: string; field: string; found: string }>('refine/parameters-invalid', {
  zh: (p) => `表 ${p.at}，步骤 ${p.step}：参数 ${p.field}：${p.found}`,
  en: (p) => `table ${p.at}, step ${p.step}: parameter ${p.field}: ${p.found}`,
  advice: { zh: '用 `highgrade operators <名称>` 查看参数。', en: 'See its parameters with `highgrade operators <name>`.' },
})

export const tableWithoutFiles = defineProblem<{ at: string; found: string }>('refine/table-without-files', {
  zh: (p) => `表 ${p.at}：没有文件符合 ${p.found}。`,
  en: (p) => `table ${p.at}: no file matches ${p.found}.`,
  advice: { zh: '修正 from，路径相对于配方所在文件夹。', en: "Mend `from`; paths are relative to the recipe's folder." },
})

export const requiredFieldAbsent = defineProblem<{ at: string; field: string; found: string }>('refine/required-field-absent', {
  zh: (p) => `表 ${p.at}：找不到必填字段 ${p.field} 对应的列；现有列：${p.found}。`,
  en: (p) => `table ${p.at}: no column for the required field ${p.field}; there are ${p.found}.`,
  advice: { zh: '在该字段的 from 中写出原始列名。', en: "Name the raw column under the field's `from`." },
})
