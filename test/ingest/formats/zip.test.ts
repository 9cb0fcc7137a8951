import { createHash } from 'node:crypto'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../../src/base/problem/index.ts'
import { bytesSource, openFile } from '../../../src/base/store/index.ts'
import type { ContainerFormat } from '../../../src/ingest/format.ts'
import plugin from '../../../src/ingest/formats/zip.ts'
import { summary, unpackAll, unpackBytes, type ZipEntry, zipBytes } from '../archives.ts'
import { hasSharedData, sharedFile } from '../reading.ts'

const zip = plugin as ContainerFormat

const PLAIN: ZipEntry[] = [
  { name: 'a.csv', data: 'x,y\n1,2\n' },
  { name: 'data/', data: '' },
  { name: 'data/b.txt', data: '水泵 7', method: 0 },
]

describe('zip', () => {
  it('gives deflated and stored members, folders aside', async () => {
    expect(summary(await unpackBytes(zip, zipBytes(PLAIN)))).toEqual({ 'a.csv': 'x,y\n1,2\n', 'data/b.txt': '水泵 7' })
    expect(await unpackBytes(zip, zipBytes([]))).toEqual([])
  })

  it('reads names in GBK without the flag, in UTF-8 with or without it, and of DOS', async () => {
    const entries: ZipEntry[] = [
      { name: iconv.encode('数据/一号产线.csv', 'gbk'), data: '1' },
      { name: iconv.encode('珏麒.csv', 'gbk'), data: '2' },
      { name: '数据/二号.csv', data: '3' },
      { name: '数据/三号.csv', data: '4', flags: 0x800 },
      { name: iconv.encode('Müller_é.txt', 'cp437'), data: '5' },
    ]
    expect(summary(await unpackBytes(zip, zipBytes(entries)))).toEqual({
      '数据/一号产线.csv': '1',
      '珏麒.csv': '2',
      '数据/二号.csv': '3',
      '数据/三号.csv': '4',
      'Müller_é.txt': '5',
    })
  })

  it('refuses what is unsafe, encrypted, linked or packed in another way, each with its reason, and gives the rest', async () => {
    const entries: ZipEntry[] = [
      { name: '../../etc/passwd', data: 'root' },
      { name: 'nul\0.csv', data: 'x' },
      { name: 'secret.csv', data: 'x', flags: 1 },
      { name: 'link', data: '/etc/passwd', attributes: (0xa1ff << 16) >>> 0 },
      { name: 'old.csv', data: 'x', method: 12 },
      { name: '/abs/c.csv', data: 'absolute' },
      { name: 'C:\\win\\d.csv', data: 'drive' },
      { name: 'last.csv', data: 'ok' },
    ]
    const members = await unpackBytes(zip, zipBytes(entries))
    expect(summary(members)).toEqual({
      'etc/passwd': '!ingest/member-unsafe',
      'nul_.csv': '!ingest/member-unsafe',
      'secret.csv': '!ingest/member-encrypted',
      link: '!ingest/member-is-link',
      'old.csv': '!ingest/member-unsupported',
      'abs/c.csv': 'absolute',
      'win/d.csv': 'drive',
      'last.csv': 'ok',
    })
    expect(members[0]?.words).toContain('a.zip!/etc/passwd')
    expect(members[4]?.words).toContain('bzip2')
  })

  it('gives two members of one name two paths', async () => {
    const entries = ['1', '2', '3'].map((data) => ({ name: 'a.tar.gz', data }))
    expect(summary(await unpackBytes(zip, zipBytes(entries)))).toEqual({ 'a.tar.gz': '1', 'a~2.tar.gz': '2', 'a~3.tar.gz': '3' })
  })

  it('finds a flipped bit by the CRC, of stored data too', async () => {
    for (const method of [0, 8]) {
      const bytes = zipBytes([{ name: 'a', data: 'hello hello hello', method }])
      const at = bytes.indexOf(method === 0 ? 'hello' : 'a', 30) + 3
      bytes[at] = (bytes[at] as number) ^ 0x40
      expect((await unpackBytes(zip, bytes))[0]?.problem).toBe('ingest/file-truncated')
    }
    const [member] = await unpackBytes(zip, zipBytes([{ name: 'a', data: 'hello', method: 0, crc: 1 }]))
    expect(member?.words).toMatch(/CRC-32 3610a686 instead of 00000001/)
  })

  it('finds the members of a cut archive by their own headers, then says that it is cut', async () => {
    const entries: ZipEntry[] = [1, 2, 3].map((i) => ({ name: `${i}.csv`, data: `${i},`.repeat(3000), flags: i === 2 ? 8 : 0 }))
    const whole = zipBytes(entries)
    const directory = whole.indexOf('PK\x01\x02', 0, 'latin1')
    const withoutDirectory = await unpackBytes(zip, whole.subarray(0, directory))
    expect(withoutDirectory.map(({ path, problem }) => [path, problem])).toEqual([
      ['1.csv', undefined],
      ['2.csv', undefined],
      ['3.csv', undefined],
      ['', 'ingest/file-truncated'],
    ])
    const inThird = await unpackBytes(zip, whole.subarray(0, directory - 10))
    expect(inThird.map(({ path, problem }) => [path, problem])).toEqual([
      ['1.csv', undefined],
      ['2.csv', undefined],
      ['3.csv', 'ingest/file-truncated'],
      ['', 'ingest/file-truncated'],
    ])
    expect(inThird[1]?.bytes.toString()).toBe(entries[1]?.data)
  })

  it('stops a bomb of overlapping members: 80 × 16 MiB from 20 KB', async () => {
    const one = zipBytes([{ name: 'zeros', data: Buffer.alloc(16 << 20) }])
    const at = one.indexOf('PK\x01\x02', 0, 'latin1')
    const [head, entry, end] = [one.subarray(0, at), one.subarray(at, one.length - 22), Buffer.from(one.subarray(one.length - 22))]
    for (const offset of [8, 10]) end.writeUInt16LE(80, offset)
    end.writeUInt32LE(entry.length * 80, 12)
    let unpacked = 0
    let code = ''
    try {
      const members = zip.members(bytesSource('bomb.zip', Buffer.concat([head, ...new Array(80).fill(entry), end])))
      for await (const member of members) for await (const piece of member.stream()) unpacked += piece.length
    } catch (error) {
      code = error instanceof ProblemError ? error.problem.code : String(error)
    }
    expect(code).toBe('ingest/archive-too-large')
    expect(unpacked).toBeLessThanOrEqual(2 ** 30)
  })

  it('survives any bytes with ProblemErrors only', async () => {
    const whole = zipBytes([...PLAIN, { name: '四', data: 'x'.repeat(400), flags: 8 }])
    const damaged = fc
      .tuple(fc.nat(whole.length), fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 16 }))
      .map(([end, at, patch]) => Buffer.concat([whole.subarray(0, at), patch, whole.subarray(at + patch.length)]).subarray(0, end))
    const patched = fc
      .tuple(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }))
      .map(([at, patch]) => Buffer.concat([whole.subarray(0, at), patch, whole.subarray(at + patch.length)]))
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, patched, fc.uint8Array({ maxLength: 300 })), async (bytes) => {
        for (const { path } of await unpackBytes(zip, bytes)) expect(path).not.toMatch(/(?:^|\/)\.\.(?:\/|$)|^\/|\0/)
      }),
      { numRuns: 500 },
    )
  })

  it('yields to formats that are zips inside', () => {
    const bytes = zipBytes(PLAIN)
    expect(zip.sniff(bytes, 'a.zip')).toBeGreaterThan(0.9)
    expect(zip.sniff(bytes, 'a.xlsx')).toBeLessThan(0.6)
    expect(zip.sniff(zipBytes([]), 'a.zip')).toBeGreaterThan(0.9)
    expect(zip.sniff(Buffer.from('x'), 'a.txt')).toBe(0)
  })
})

describe.runIf(hasSharedData)('zip on a real file', () => {
  it('unpacks 46 MB of CSV', async () => {
    const path = '09-biomanufacturing/FLIP/four_mutations_full_data.csv.zip'
    const [member] = await unpackAll(zip, await openFile(path, sharedFile(path)))
    // `unzip -p … | md5sum`
    expect(
      createHash('md5')
        .update(member?.bytes ?? '')
        .digest('hex'),
    ).toBe('3552548278d68cfbd529c854355bd003')
    expect(member?.path).toBe('four_mutations_full_data.csv')
  })
})
