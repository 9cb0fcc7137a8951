import { describe, expect, it } from 'vitest'
import { batchOf } from '../../unify/batch-of.ts'
import { REAL_TABLES, realTable } from '../real-tables.ts'
import { losses, operator, run } from '../run-operator.ts'

describe('damaged-text', () => {
  it('knows UTF-8 that was read as GBK and as UTF-8, and the fill of MSVC', async () => {
    const city = ['北京市', '上海', '\u70eb\u70eb\u70eb\u70eb']
    // What a program makes of 北京 in GBK that reads it as UTF-8, and of that when it saves and reads it again as GBK.
    const asUtf8 = new TextDecoder('utf-8').decode(Uint8Array.of(0xb1, 0xb1, 0xbe, 0xa9))
    const asGbk = new TextDecoder('gb18030').decode(new TextEncoder().encode(asUtf8))
    expect([asUtf8, asGbk]).toEqual(['\ufffd\ufffd\ufffd\ufffd', '锟斤拷锟斤拷'])
    const batch = batchOf({ city: [...city, asUtf8, asGbk] }, { city: { type: 'category' } })
    const one = await operator('table/damaged-text')
    expect(run(one, [batch], {}).ids).toEqual(['r-0', 'r-1'])
    expect(run(one, [batch], { action: 'missing' }).cells['city']).toEqual(['北京市', '上海', null, null, null])
  })

  it('finds nothing in real tables', async () => {
    const one = await operator('table/damaged-text')
    for (const [path, options] of REAL_TABLES.slice(4, 8)) {
      const batch = await realTable(path, options)
      if (batch) expect({ path, ...losses(batch, run(one, [batch], {})) }).toEqual({ path, records: 0, values: 0 })
    }
  })
})
