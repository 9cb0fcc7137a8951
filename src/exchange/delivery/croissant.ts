import { z } from 'zod'
import { definePublicRoute, defineRoute } from '../../guard/index.ts'
import { prepareExport } from '../../release/index.ts'
import { deliverFile } from '../deliver-file.ts'
import { defineDelivery } from '../delivery.ts'
import { admitBuyer, findRevision } from '../orders/admit.ts'

const part = z.string().min(1).max(200)
const params = z.object({ organisation: part, listing: part, revision: part })

export default defineDelivery({
  version: 1,
  title: { zh: 'Croissant', en: 'Croissant' },
  doc: {
    zh: '把 /croissant/<组织>/<数据集>/<版本>/croissant.json 的地址交给 mlcroissant；密钥作为 Basic 口令（CROISSANT_BASIC_AUTH_USERNAME/PASSWORD）。',
    en: 'Give mlcroissant the address /croissant/<organisation>/<listing>/<revision>/croissant.json, with the key as the password of Basic (CROISSANT_BASIC_AUTH_USERNAME/PASSWORD).',
  },
  source: 'MLCommons Croissant 1.0; mlcroissant 1.1.1, measured',
  routes: ({ receiptKey }) => [
    definePublicRoute({
      method: 'get',
      path: '/croissant/{organisation}/{listing}/{revision}/croissant.json',
      summary: { zh: 'Croissant 元数据，文件地址含提交哈希', en: 'Croissant metadata; addresses of files hold the commit' },
      params,
      answer: 'application/ld+json',
      run: async ({ params: of, url }, { db }) => {
        const found = await findRevision(db, of.organisation, of.listing, of.revision)
        if (!found.ok) return found
        const { folder, commit } = found.value.version
        const baseUrl = `${url.origin}/croissant/${of.organisation}/${of.listing}/${commit}/files/`
        const form = await prepareExport({ folder, to: 'croissant', tables: [], parameters: { baseUrl } })
        if (!form.ok) return form
        let text = ''
        for await (const piece of form.value.stream?.() ?? []) text += String(piece)
        return new Response(text, { headers: { 'content-type': 'application/ld+json' } })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/croissant/{organisation}/{listing}/{revision}/files/{path*}',
      permission: 'delivery:read',
      summary: { zh: '一个文件', en: 'A file' },
      params: params.extend({ path: z.string().min(1).max(1000) }),
      answer: 'application/octet-stream',
      run: async ({ params: of, headers, isHead }, { db, now, newId }, { organisationId }) => {
        const found = await findRevision(db, of.organisation, of.listing, of.revision)
        if (!found.ok) return found
        const admitted = await admitBuyer(db, organisationId, found.value, 'files', now)
        if (!admitted.ok) return admitted
        const request = { path: of.path, headers, isHead, protocol: 'croissant' }
        const sent = await deliverFile(db, admitted.value, found.value, request, { newId, now, key: receiptKey })
        return sent.ok ? sent.value : sent
      },
    }),
  ],
})
