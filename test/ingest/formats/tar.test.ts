import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../src/base/store/index.ts'
import type { ContainerFormat } from '../../../src/ingest/format.ts'
import plugin from '../../../src/ingest/formats/tar.ts'
import { summary, tarBytes, unpackBytes } from '../archives.ts'

const tar = plugin as ContainerFormat

/** One member with a name of bytes, by the ustar layout. */
function rawMember(name: Uint8Array, data: string): Buffer {
  const header = Buffer.alloc(512)
  header.set(name)
  header.write('0000644\0', 100)
  header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('0', 156)
  header.write('        ', 148)
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  )
  return Buffer.concat([header, Buffer.from(data), Buffer.alloc((512 - (data.length % 512)) % 512), Buffer.alloc(1024)])
}

describe('tar', () => {
  it('gives the files, long and Chinese names included, folders aside', async () => {
    const long = `${'folder/'.repeat(30)}文件.csv`
    const bytes = await tarBytes([
      { name: 'd/', type: 'directory' },
      { name: 'd/a.csv', data: 'x,y\n' },
      { name: long, data: '1' },
      { name: 'empty.csv' },
    ])
    expect(summary(await unpackBytes(tar, bytes))).toEqual({ 'd/a.csv': 'x,y\n', [long]: '1', 'empty.csv': '' })
  })

  it('reads GBK names and headers from before ustar', async () => {
    const bytes = rawMember(iconv.encode('数据/一号.csv', 'gbk'), 'x')
    expect(tar.sniff(bytes, 'a.bin')).toBeGreaterThan(0.8)
    expect(summary(await unpackBytes(tar, bytes))).toEqual({ '数据/一号.csv': 'x' })
  })

  it('refuses links, devices and unsafe paths, each with its reason, and gives the rest', async () => {
    const bytes = await tarBytes([
      { name: 'link', type: 'symlink', linkname: '/etc/passwd' },
      { name: 'hard', type: 'link', linkname: 'a' },
      { name: 'null', type: 'character-device' },
      { name: '../up.csv', data: 'x' },
      { name: '/abs.csv', data: 'absolute' },
      { name: 'same', data: '1' },
      { name: 'same', data: '2' },
    ])
    expect(summary(await unpackBytes(tar, bytes))).toEqual({
      link: '!ingest/member-is-link',
      hard: '!ingest/member-is-link',
      null: '!ingest/member-is-link',
      'up.csv': '!ingest/member-unsafe',
      'abs.csv': 'absolute',
      same: '1',
      'same~2': '2',
    })
  })

  it('gives the whole members of a cut archive, what is there of the last, and says that it is cut', async () => {
    const bytes = await tarBytes([
      { name: 'a', data: 'whole' },
      { name: 'b', data: 'x'.repeat(5000) },
    ])
    const members = await unpackBytes(tar, bytes.subarray(0, 512 + 512 + 512 + 2048))
    expect(members.map(({ path, problem }) => [path, problem])).toEqual([
      ['a', undefined],
      ['b', 'ingest/file-truncated'],
      ['', 'ingest/file-truncated'],
    ])
  })

  it('goes on when a reader leaves a member unread, or stops in its middle', async () => {
    const bytes = await tarBytes(['a', 'b', 'c', 'd'].map((name) => ({ name, data: name.repeat(3_000_000) })))
    const lengths: number[] = []
    let i = 0
    for await (const member of tar.members(bytesSource('a.tar', bytes))) {
      let length = 0
      if (i % 2 === 1) {
        for await (const piece of member.stream()) {
          length += piece.length
          if (i === 1) break
        }
      }
      lengths.push(length)
      i++
    }
    expect(lengths).toHaveLength(4)
    expect(lengths[1]).toBeGreaterThan(0)
    expect(lengths[3]).toBe(3_000_000)
  })

  it('survives any bytes with ProblemErrors only', async () => {
    const whole = await tarBytes([
      { name: 'a.csv', data: 'x,y\n1,2\n' },
      { name: '数据.csv', data: 'z'.repeat(700) },
    ])
    const damaged = fc
      .tuple(fc.nat(whole.length), fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 16 }))
      .map(([end, at, patch]) => Buffer.concat([whole.subarray(0, at), patch, whole.subarray(at + patch.length)]).subarray(0, end))
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 1200 })), async (bytes) => {
        for (const { path } of await unpackBytes(tar, bytes)) expect(path).not.toMatch(/(?:^|\/)\.\.(?:\/|$)|^\/|\0/)
      }),
      { numRuns: 300 },
    )
  })
})
