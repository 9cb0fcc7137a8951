import { defineIdentifierMask } from '../../identifier-mask.ts'

export default defineIdentifierMask('passport', {
  version: 1,
  title: { zh: '遮蔽护照与通行证号', en: 'Mask passport and permit numbers' },
  doc: {
    zh: '普通护照 E 开头者直接识别（形似料号、日期者除外），其他护照与港澳台通行证需有“护照”“通行证”等词。action：mask 替换为标签，pseudonym 替换为带密钥的化名（同号同名），drop 删去。',
    en: 'Ordinary passports beginning with E by themselves unless they look like a part number or date; all others and travel permits only near a word such as 护照 or passport. action: mask writes a tag, pseudonym a keyed name that is the same for the same identifier, drop nothing.',
  },
  source: 'ICAO Doc 9303; 公民出入境证件 forms',
  example: { parameters: {}, before: { text: ['护照号E12345678'] }, after: { text: ['护照号<PASSPORT>'] } },
})
