import { defineIdentifierMask } from '../../identifier-mask.ts'

export default defineIdentifierMask('email', {
  version: 1,
  title: { zh: '遮蔽邮箱地址', en: 'Mask e-mail addresses' },
  doc: {
    zh: 'ASCII 与国际化邮箱（含全角＠、中文域名）。action：mask 替换为标签，pseudonym 替换为带密钥的化名（同号同名），drop 删去。',
    en: 'ASCII and internationalised addresses, full-width ＠ and Chinese domains too. action: mask writes a tag, pseudonym a keyed name that is the same for the same identifier, drop nothing.',
  },
  source: 'RFC 5322 dot-atom, RFC 6531',
  example: { parameters: {}, before: { text: ['联系zhang.wei@example.com，谢谢'] }, after: { text: ['联系<EMAIL>，谢谢'] } },
})
