import { defineIdentifierMask } from '../../identifier-mask.ts'

export default defineIdentifierMask('ip', {
  version: 1,
  title: { zh: '遮蔽IP 地址', en: 'Mask IP addresses' },
  doc: {
    zh: 'IPv4 与 IPv6；版本号、章节号、回环地址与掩码不算。action：mask 替换为标签，pseudonym 替换为带密钥的化名（同号同名），drop 删去。',
    en: 'IPv4 and IPv6; versions, section numbers, loopback and netmasks are left. action: mask writes a tag, pseudonym a keyed name that is the same for the same identifier, drop nothing.',
  },
  source: 'RFC 791, RFC 4291',
  example: { parameters: {}, before: { text: ['登录IP：203.0.113.7，版本v1.2.3.4'] }, after: { text: ['登录IP：<IP>，版本v1.2.3.4'] } },
})
