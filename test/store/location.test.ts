import * as local from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { basename, dirname, join, relative, resolve } from '../../src/base/store/index.ts'
import { bucketAndKey, isRemote } from '../../src/base/store/location.ts'

const part = fc.constantFrom('a', 'b.csv', '中 文', '..', '.', 'x y', '', '#?%')
const parts = fc.array(part, { maxLength: 5 })

describe('locations', () => {
  it('are those of node:path for folders', () => {
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const [a, b] = [`/${left.join('/')}`, right.join('/')]
        expect(join(a, b)).toBe(local.join(a, b))
        expect(resolve(a, b)).toBe(local.resolve(a, b))
        expect(dirname(a)).toBe(local.dirname(a))
        expect(basename(a)).toBe(local.basename(a))
        expect(relative(resolve(a), resolve(b))).toBe(local.relative(resolve(a), resolve(b)))
      }),
    )
  })

  it('of objects behave as folders below their bucket do, which no way leads out of', () => {
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const [a, b] = [local.posix.join('/', ...left), right.join('/')]
        expect(join(`s3://bucket${a}`, b)).toBe(`s3://bucket${local.posix.join(a, b)}`.replace(/\/+$/, ''))
        expect(relative(`s3://bucket${a}`, join(`s3://bucket${a}`, 'deep', 'er'))).toBe('deep/er')
      }),
    )
  })

  it.each([
    ['s3://bucket/a/b', 'bucket', 'a/b'],
    ['s3://bucket/a/b/', 'bucket', 'a/b'],
    ['s3://bucket', 'bucket', ''],
    // What join of node:path leaves of it.
    ['s3:/bucket/a', 'bucket', 'a'],
    ['S3://my.bucket-1/a#b?c%20', 'my.bucket-1', 'a#b?c%20'],
  ])('%s is an object', (path, bucket, key) => {
    expect(isRemote(path)).toBe(true)
    expect(bucketAndKey(path)).toEqual({ bucket, key })
  })

  it('resolve from where an object store begins', () => {
    expect(resolve('/data', 's3://bucket/a', '../b')).toBe('s3://bucket/b')
    expect(resolve('s3://bucket/a', '/data')).toBe('/data')
    expect(dirname('s3://bucket/a')).toBe('s3://bucket')
    expect(dirname('s3://bucket')).toBe('s3://bucket')
    expect(basename('s3://bucket/a/raw/')).toBe('raw')
  })

  it('lie apart between a folder and an object store', () => {
    expect(relative('/data', 's3://bucket/a').startsWith('..')).toBe(true)
    expect(relative('s3://bucket/a', '/data').startsWith('..')).toBe(true)
  })

  it.each(['s3://', 's3://a', 's3://UPPER_case!/x', 's3://../x'])('%s names no bucket', (path) => {
    expect(() => bucketAndKey(path)).toThrow('is not the name of a bucket')
  })
})
