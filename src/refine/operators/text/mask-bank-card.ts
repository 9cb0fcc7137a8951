import { defineIdentifierMask } from '../../identifier-mask.ts'

export default defineIdentifierMask('bank-card', {
  version: 1,
  title: { zh: '遮蔽银行卡号', en: 'Mask bank card numbers' },
  doc: {
    zh: '校验发卡机构前缀、长度与 Luhn 校验位，识别 4 位分组写法。action：mask 替换为标签，pseudonym 替换为带密钥的化名（同号同名），drop 删去。',
    en: 'Issuer prefix, length and Luhn digit must be right; embossed groups of four are read. action: mask writes a tag, pseudonym a keyed name that is the same for the same identifier, drop nothing.',
  },
  source: 'ISO/IEC 7812-1',
  example: { parameters: {}, before: { text: ['卡号4111 1111 1111 1111'] }, after: { text: ['卡号<BANK-CARD>'] } },
})
