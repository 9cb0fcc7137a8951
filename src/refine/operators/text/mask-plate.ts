import { defineIdentifierMask } from '../../identifier-mask.ts'

export default defineIdentifierMask('plate', {
  version: 1,
  title: { zh: '遮蔽车牌号', en: 'Mask licence plates' },
  doc: {
    zh: '大陆民用车牌与新能源车牌；“最新A12345”之类不算。action：mask 替换为标签，pseudonym 替换为带密钥的化名（同号同名），drop 删去。',
    en: 'Civil and new-energy plates of the mainland; 最新A12345 is none. action: mask writes a tag, pseudonym a keyed name that is the same for the same identifier, drop nothing.',
  },
  source: 'GA 36-2018',
  example: { parameters: {}, before: { text: ['车牌京A12345违停'] }, after: { text: ['车牌<PLATE>违停'] } },
})
