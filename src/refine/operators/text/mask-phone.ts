import { defineIdentifierMask } from '../../identifier-mask.ts'

export default defineIdentifierMask('phone', {
  version: 1,
  title: { zh: '遮蔽电话号码', en: 'Mask telephone numbers' },
  doc: {
    zh: '大陆手机与座机、港澳台、北美及带“+”的国际号码；紧跟在汉字后的号码同样识别。400/800 服务热线不算。action：mask 替换为标签，pseudonym 替换为带密钥的化名（同号同名），drop 删去。',
    en: 'Mainland mobile and fixed numbers, Hong Kong, Macau, Taiwan, North America and any E.164 number with +, right after Han characters too; 400 and 800 service lines are left. action: mask writes a tag, pseudonym a keyed name that is the same for the same identifier, drop nothing.',
  },
  source: 'YD/T numbering plan of China; ITU-T E.164',
  example: { parameters: {}, before: { text: ['电话13812345678，座机010-65529988'] }, after: { text: ['电话<PHONE>，座机<PHONE>'] } },
})
