import { describe, expect, it } from 'vitest'
import { openLanguageTeller } from '../../../src/ingest/profile/language-of.ts'

describe('the language of a text', async () => {
  const languageOf = await openLanguageTeller([{ fields: [{ name: 'text', type: 'text' }] }])

  it.each([
    ['zh', '患者三天前出现咳嗽，伴有低热。'],
    ['zh', 'BERT 模型在中文分词任务上的表现'],
    ['ja', '機械の温度が急に上がりましたので、停止してください。'],
    ['en', 'The bearing of the second pump has to be replaced before winter.'],
    ['de', 'Das Lager der zweiten Pumpe muss vor dem Winter ersetzt werden.'],
    ['ru', 'Подшипник второго насоса нужно заменить до зимы.'],
    ['und', 'AB-12'],
    ['und', 'c2hhMjU2OjEyMzQ1Njc4OTBhYmNkZWYxMjM0NTY3ODkwYWJjZGVm'],
  ])('%s: %s', (language, text) => {
    expect(languageOf(text)).toBe(language)
  })

  it('is asked of no table without prose', async () => {
    const silent = await openLanguageTeller([{ fields: [{ name: 'a', type: 'number' }] }])
    expect(silent('The bearing of the second pump has to be replaced.')).toBe('und')
  })
})
