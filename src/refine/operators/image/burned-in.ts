import { z } from 'zod'
import { keepAll, rejectWhere, textOf } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

export default defineOperator({
  version: 1,
  title: { zh: '像素中烧录的标识', en: 'Identifiers burned into pixels' },
  doc: {
    zh: '隔离声明像素中烧录了标识文字的医学影像（DICOM (0028,0301) 为 YES），由专家处理后再发布；可选同时隔离未声明的。只看声明，不识别像素中的文字。',
    en: 'Quarantines medical images that declare identifying text burned into their pixels (DICOM (0028,0301) is YES), for an expert to see to; on request also those that declare nothing. Goes by the declaration alone and reads no text in pixels.',
  },
  source: 'DICOM PS3.15 annex E.1.1, E.3.1 (Clean Pixel Data option); PS3.3 C.7.6.1.1.7',
  parameters: z.strictObject({
    column: z.string().default('burned_in'),
    undeclared: z.enum(['keep', 'quarantine']).default('keep').describe('what becomes of images that do not say'),
  }),
  example: {
    parameters: {},
    before: { burned_in: ['NO', 'YES', null] },
    after: { burned_in: ['NO', null] },
    quarantined: [1],
  },
  reasons: {
    'burned-in': { zh: '像素中烧录了标识文字，需专家处理', en: 'identifying text is burned into the pixels: an expert has to see to it' },
    'burned-in-undeclared': { zh: '未声明像素中是否烧录标识文字', en: 'does not say whether identifying text is burned into the pixels' },
  },
  run: (batch, { column, undeclared }) => {
    const values = textOf(batch, column)?.values
    if (!values) return keepAll(batch)
    return rejectWhere(batch, (row) => {
      const declared = values[row]?.trim().toUpperCase() ?? ''
      if (declared === 'YES') return { reason: 'burned-in', field: column, found: declared }
      return declared === '' && undeclared === 'quarantine' ? { reason: 'burned-in-undeclared', field: column, found: '' } : null
    })
  },
})
