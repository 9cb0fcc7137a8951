import { textFieldsOf } from '../content-hash.ts'
import { textReader } from '../record-text.ts'
import type { Relation } from './relation.ts'
import { numberAt } from './relation.ts'

/** Faster than anyone speaks: records stand at about 11 words a second in English, and Chinese news is read at 5 syllables. */
const MAX_HAN_PER_S = 15
const MAX_LETTERS_PER_S = 60
const HAN = /\p{sc=Han}/gu
const LETTER = /(?!\p{sc=Han})\p{L}/gu

export const speechRate: Relation = {
  key: 'speech-rate',
  title: {
    zh: `转写文字说得完：每秒不超过 ${MAX_HAN_PER_S} 个汉字或 ${MAX_LETTERS_PER_S} 个字母`,
    en: `the transcript can be spoken in the time: at most ${MAX_HAN_PER_S} Han characters or ${MAX_LETTERS_PER_S} letters a second`,
  },
  bind: (batch, table) => {
    const fields = textFieldsOf(table).filter(({ role }) => role === 'text' || role === 'label')
    const durations = batch.columns.get('duration')
    if (table.modality !== 'audio' || fields.length === 0 || durations?.kind !== 'number') return undefined
    const read = textReader(batch, fields)
    return (row) => {
      const duration = numberAt(durations, row)
      const { text } = read(row)
      if (Number.isNaN(duration) || text === '') return undefined
      const seconds = (text.match(HAN)?.length ?? 0) / MAX_HAN_PER_S + (text.match(LETTER)?.length ?? 0) / MAX_LETTERS_PER_S
      return seconds > duration
    }
  },
}
