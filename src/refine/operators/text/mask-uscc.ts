import { defineIdentifierMask } from '../../identifier-mask.ts'

export default defineIdentifierMask('uscc', {
  version: 1,
  title: { zh: '遮蔽统一社会信用代码', en: 'Mask unified social credit codes' },
  doc: {
    zh: '18 位且校验码（31 进制）正确。action：mask 替换为标签，pseudonym 替换为带密钥的化名（同号同名），drop 删去。',
    en: '18 characters with a right check character (base 31). action: mask writes a tag, pseudonym a keyed name that is the same for the same identifier, drop nothing.',
  },
  source: 'GB 32100-2015',
  example: { parameters: {}, before: { text: ['信用代码91350100M000100Y43'] }, after: { text: ['信用代码<USCC>'] } },
})
