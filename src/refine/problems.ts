import { defineProblem } from '../base/problem/index.ts'

/** `at` is the file and row, the table, or the place in the recipe; `field` is a field of the table. */
type AtField = { at: string; field: string }
type Found = AtField & { found: string }
type Mismatch = Found & { expected: string }

const mendRaw = {
  zh: '在原始文件中修正，或在配方里改变该字段的类型。',
  en: 'Mend the value in the raw file, or change the type of the field in the recipe.',
}

export const operatorUnknown = defineProblem<{ at: string; found: string; expected: string }>('refine/operator-unknown', {
  zh: (p) => `${p.at}：没有名为“${p.found}”的算子；可用：${p.expected}。`,
  en: (p) => `${p.at}: there is no operator "${p.found}"; expected one of ${p.expected}.`,
  advice: { zh: '用 `highgrade operators` 查看全部算子。', en: 'See all operators with `highgrade operators`.' },
})

export const parametersInvalid = defineProblem<Found>('refine/parameters-invalid', {
  zh: (p) => `${p.at}：参数 ${p.field}：${p.found}`,
  en: (p) => `${p.at}: parameter ${p.field}: ${p.found}`,
  advice: { zh: '按算子说明修正该参数。', en: 'Mend the parameter as the reference of the operator describes.' },
})

export const notANumber = defineProblem<Mismatch>('refine/not-a-number', {
  zh: (p) => `${p.at}：字段“${p.field}”的值“${p.found}”不是数值；应为 ${p.expected}。`,
  en: (p) => `${p.at}: "${p.found}" in field "${p.field}" is no number; expected ${p.expected}.`,
  advice: mendRaw,
})

export const notAnInteger = defineProblem<Mismatch>('refine/not-an-integer', {
  zh: (p) => `${p.at}：字段“${p.field}”的值“${p.found}”不是整数；应为 ${p.expected}。`,
  en: (p) => `${p.at}: "${p.found}" in field "${p.field}" is no integer; expected ${p.expected}.`,
  advice: mendRaw,
})

export const notABoolean = defineProblem<Mismatch>('refine/not-a-boolean', {
  zh: (p) => `${p.at}：字段“${p.field}”的值“${p.found}”不是真假值；应为 ${p.expected}。`,
  en: (p) => `${p.at}: "${p.found}" in field "${p.field}" is neither true nor false; expected ${p.expected}.`,
  advice: mendRaw,
})

export const notADate = defineProblem<Mismatch>('refine/not-a-date', {
  zh: (p) => `${p.at}：字段“${p.field}”的值“${p.found}”不是日期时间；应为 ${p.expected}。`,
  en: (p) => `${p.at}: "${p.found}" in field "${p.field}" is no date; expected ${p.expected}.`,
  advice: mendRaw,
})

export const notJson = defineProblem<Mismatch>('refine/not-json', {
  zh: (p) => `${p.at}：字段“${p.field}”的值“${p.found}”不是合法的 JSON；应为 ${p.expected}。`,
  en: (p) => `${p.at}: "${p.found}" in field "${p.field}" is not JSON; expected ${p.expected}.`,
  advice: mendRaw,
})

export const notMedia = defineProblem<Mismatch>('refine/not-media', {
  zh: (p) => `${p.at}：字段“${p.field}”的值“${p.found}”不是媒体文件；应为 ${p.expected}。`,
  en: (p) => `${p.at}: "${p.found}" in field "${p.field}" is no medium; expected ${p.expected}.`,
  advice: mendRaw,
})

export const codeUnknown = defineProblem<Mismatch>('refine/code-unknown', {
  zh: (p) => `${p.at}：字段“${p.field}”的值“${p.found}”不在代码表中；应为 ${p.expected}。`,
  en: (p) => `${p.at}: "${p.found}" in field "${p.field}" is not in the code list; expected ${p.expected}.`,
  advice: { zh: '在代码表中增加该代码或别名，或修正原始值。', en: 'Add the code or an alias to the list, or mend the raw value.' },
})

export const requiredMissing = defineProblem<Mismatch>('refine/required-missing', {
  zh: (p) => `${p.at}：必填字段“${p.field}”缺失（原值“${p.found}”）；应为 ${p.expected}。`,
  en: (p) => `${p.at}: the required field "${p.field}" is missing (raw value "${p.found}"); expected ${p.expected}.`,
  advice: { zh: '补上该值，或在配方里取消 required。', en: 'Fill in the value, or take `required` off the field in the recipe.' },
})

export const typeInexact = defineProblem<Mismatch>('refine/type-inexact', {
  zh: (p) => `${p.at}：字段“${p.field}”的值“${p.found}”类型不符（不做转换）；应为 ${p.expected}。`,
  en: (p) => `${p.at}: "${p.found}" in field "${p.field}" is of another type, and nothing is converted; expected ${p.expected}.`,
  advice: {
    zh: '修正原始值的类型，或在配方里取消 exact，让可转换的值得到转换。',
    en: 'Mend the type of the raw value, or take `exact` off the field in the recipe, so that what can be converted is.',
  },
})

export const keyAbsent = defineProblem<Mismatch>('refine/key-absent', {
  zh: (p) => `${p.at}：记录没有键“${p.field}”；应为 ${p.expected}，可以为 null。`,
  en: (p) => `${p.at}: the record lacks the key "${p.field}"; expected ${p.expected}, or null.`,
  advice: { zh: '写出该键，没有值时写 null。', en: 'Write the key, with null where there is no value.' },
})

export const unitNotConvertible = defineProblem<Mismatch>('refine/unit-not-convertible', {
  zh: (p) => `${p.at}：字段“${p.field}”的单位“${p.found}”不能换算为 ${p.expected}。`,
  en: (p) => `${p.at}: the unit "${p.found}" of field "${p.field}" cannot be converted to ${p.expected}.`,
  advice: {
    zh: '使用同一量纲的 UCUM 单位，例如 Cel、mm[Hg]、kg/har。',
    en: 'Use UCUM units of one dimension, such as Cel, mm[Hg] or kg/har.',
  },
})

export const codeListUnknown = defineProblem<Found>('refine/code-list-unknown', {
  zh: (p) => `${p.at}：字段“${p.field}”所用代码表“${p.found}”不存在。`,
  en: (p) => `${p.at}: field "${p.field}" uses the code list "${p.found}", which does not exist.`,
  advice: {
    zh: '检查配方的 pack，以及 packs/<pack>/codes/ 下的文件名。',
    en: 'Check the pack of the recipe and the file names under packs/<pack>/codes/.',
  },
})

export const columnMissing = defineProblem<Found>('refine/column-missing', {
  zh: (p) => `${p.at}：没有字段“${p.field}”；现有字段：${p.found}。`,
  en: (p) => `${p.at}: there is no field "${p.field}"; the fields are ${p.found}.`,
  advice: { zh: '在配方中改用现有字段名。', en: 'Use one of the existing names in the recipe.' },
})

export const nameTaken = defineProblem<AtField>('refine/name-taken', {
  zh: (p) => `${p.at}：字段名“${p.field}”已被占用。`,
  en: (p) => `${p.at}: the name "${p.field}" is already taken by another field.`,
  advice: { zh: '在配方中换一个名称。', en: 'Choose another name in the recipe.' },
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

export const joinedTableUnknown = defineProblem<{ at: string; found: string; expected: string }>('refine/joined-table-unknown', {
  zh: (p) => `表 ${p.at}：要并入的表 ${p.found} 不存在；可用：${p.expected}。`,
  en: (p) => `table ${p.at}: the table ${p.found} to be joined does not exist; there are ${p.expected}.`,
  advice: { zh: '修正 join.table。', en: 'Mend join.table.' },
})
