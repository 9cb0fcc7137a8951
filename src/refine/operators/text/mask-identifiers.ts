import { z } from 'zod'
import { IDENTIFIER_KINDS, identifierAction, replaceInColumns, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

export default defineOperator({
  version: 1,
  title: { zh: '遮蔽个人与机构标识', en: 'Mask identifiers' },
  doc: {
    zh: '一次扫描遮蔽邮箱、电话、身份证、银行卡、统一社会信用代码、护照、车牌、IP 与密钥；kinds 可只选其中几类，masks 可自定标签。姓名与地址不在其内。',
    en: 'Masks e-mail addresses, telephone numbers, resident IDs, bank cards, credit codes, passports, plates, IP addresses and secrets in one pass. kinds chooses among them, masks sets the tags. Names and addresses are not looked for.',
  },
  source: 'GB 11643, GB 32100, ISO/IEC 7812, ITU-T E.164, RFC 5322, RFC 4291; docs/identifiers.md',
  parameters: z.strictObject({
    columns: textColumns,
    kinds: z
      .array(z.enum(IDENTIFIER_KINDS))
      .min(1)
      .default([...IDENTIFIER_KINDS]),
    action: identifierAction,
    masks: z.partialRecord(z.enum(IDENTIFIER_KINDS), z.string()).default({}),
    oldForm: z.boolean().default(false),
  }),
  example: {
    parameters: {},
    before: { text: ['张伟，身份证11010519491231002X，电话138-1234-5678，邮箱a.b@example.com', '设备型号 A-100'] },
    after: { text: ['张伟，身份证<RESIDENT-ID>，电话<PHONE>，邮箱<EMAIL>', '设备型号 A-100'] },
  },
  run: (batch, { columns, kinds, action, masks, oldForm }, { pseudonymKey }) =>
    replaceInColumns(batch, columns, { kinds, action, masks, oldResidentId: oldForm }, pseudonymKey),
})
