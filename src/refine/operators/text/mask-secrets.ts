import { defineIdentifierMask } from '../../identifier-mask.ts'

export default defineIdentifierMask('secret', {
  version: 1,
  title: { zh: '遮蔽密钥与口令', en: 'Mask secrets' },
  doc: {
    zh: '各云厂商与平台的 API 密钥、JWT、私钥块、网址中的账号口令，以及“密码”“api_key”等词后的高熵值。action：mask 替换为标签，pseudonym 替换为带密钥的化名，drop 删去。',
    en: 'API keys of clouds and platforms, JSON Web Tokens, private key blocks, logins inside addresses, and values of high entropy after words such as password or api_key. action: mask writes a tag, pseudonym a keyed name, drop nothing.',
  },
  source: 'published key prefixes of the issuers; RFC 7519; RFC 7468',
  example: {
    parameters: {},
    before: { text: ['export KEY=AKIAIOSFODNN7EXAMPLE', '密码：Zx9kQ2mLp7', '密码长度为8到16位'] },
    after: { text: ['export KEY=<SECRET>', '密码：<SECRET>', '密码长度为8到16位'] },
  },
})
