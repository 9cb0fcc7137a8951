import { z } from 'zod'
import { identifierParameters, replaceInColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

export default defineOperator({
  version: 1,
  title: { zh: '遮蔽居民身份证号', en: 'Mask resident ID numbers' },
  doc: {
    zh: '校验省份、出生日期与校验码（mod 11-2）；oldForm 为真时，紧跟“身份证”等词的 15 位旧号也识别。action：mask 替换为标签，pseudonym 替换为带密钥的化名（同号同名），drop 删去。',
    en: 'Province, date of birth and check digit (mod 11-2) must be right; with oldForm the 15-digit form right after a word such as 身份证 is found too. action: mask writes a tag, pseudonym a keyed name that is the same for the same identifier, drop nothing.',
  },
  source: 'GB 11643-1999',
  parameters: identifierParameters('resident-id').extend({ oldForm: z.boolean().default(false) }),
  example: { parameters: {}, before: { text: ['身份证号11010519491231002X已核验'] }, after: { text: ['身份证号<RESIDENT-ID>已核验'] } },
  run: (batch, { columns, action, mask, oldForm }, { pseudonymKey }) =>
    replaceInColumns(
      batch,
      columns,
      { kinds: ['resident-id'], action, masks: { 'resident-id': mask }, oldResidentId: oldForm },
      pseudonymKey,
    ),
})
