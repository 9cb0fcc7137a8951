import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecordFormat } from '../../src/ingest/format.ts'
import csv from '../../src/ingest/formats/csv.ts'
import docx from '../../src/ingest/formats/docx.ts'
import html from '../../src/ingest/formats/html.ts'
import json from '../../src/ingest/formats/json.ts'
import jsonl from '../../src/ingest/formats/jsonl.ts'
import markdown from '../../src/ingest/formats/markdown.ts'
import parquet from '../../src/ingest/formats/parquet.ts'
import pdf from '../../src/ingest/formats/pdf.ts'
import sqlite from '../../src/ingest/formats/sqlite.ts'
import text from '../../src/ingest/formats/text.ts'
import xlsx from '../../src/ingest/formats/xlsx.ts'
import xml from '../../src/ingest/formats/xml.ts'
import yaml from '../../src/ingest/formats/yaml.ts'
import { zipBytes } from './archives.ts'
import { hasSharedData, readBytes, sharedFile } from './reading.ts'

const FORMATS: Readonly<Record<string, RecordFormat>> = {
  csv,
  docx,
  html,
  json,
  jsonl,
  markdown,
  parquet,
  pdf,
  sqlite,
  text,
  xlsx,
  xml,
  yaml,
}

function surest(head: Uint8Array, path: string): string | undefined {
  let best: string | undefined
  let sure = 0.25
  for (const [id, format] of Object.entries(FORMATS)) {
    const confidence = format.sniff(head, path)
    if (confidence > sure) {
      best = id
      sure = confidence
    }
  }
  return best
}

/** Format of every real file by its extension, from SOURCES.md; undefined for what other formats read or nobody. */
const BY_EXTENSION: Readonly<Record<string, string | undefined>> = {
  csv: 'csv',
  tsv: 'csv',
  json: 'json',
  jsonl: 'jsonl',
  xml: 'xml',
  cnxml: 'xml',
  xodr: 'xml',
  xosc: 'xml',
  parquet: 'parquet',
  xlsx: 'xlsx',
  html: 'html',
  pdf: 'pdf',
  md: 'markdown',
  yaml: 'yaml',
  db3: 'sqlite',
  LICENSE: 'text',
}

/** Tables among the .txt files; the others are text. */
const TABLES = /agri_kg\/labels|Camera 5|ekf\/|growthrates|BarzanMozafari\/(?!categories)|crowdspeech-test-clean-gt|(?:SMS|TREC)\/rule/

describe.runIf(hasSharedData)('record formats', () => {
  it('are each surest of their own real files, and of no others', () => {
    const wrong: string[] = []
    const paths = readdirSync(sharedFile(''), { recursive: true, encoding: 'utf8' }).filter((path) => statSync(sharedFile(path)).isFile())
    for (const path of paths) {
      const name = path.slice(path.lastIndexOf('/') + 1)
      const extension = name.slice(name.lastIndexOf('.') + 1)
      const expected = extension === 'txt' ? (TABLES.test(path) ? 'csv' : 'text') : BY_EXTENSION[extension]
      const found = surest(headOf(sharedFile(path)), path)
      if (found !== expected) wrong.push(`${path}: ${found} instead of ${expected}`)
    }
    expect(paths.length).toBeGreaterThan(300)
    expect(wrong).toEqual([])
  })
})

function headOf(path: string): Uint8Array {
  const head = new Uint8Array(64 << 10)
  const file = openSync(path, 'r')
  const nBytes = readSync(file, head, 0, head.length, 0)
  closeSync(file)
  return head.subarray(0, nBytes)
}

describe('sniff', () => {
  it('gives 0 to 1 for any bytes and name, without a crash', () => {
    const names = fc.constantFrom('a.csv', 'a.txt', 'a.json', 'a.xml', 'a.html', 'a.md', 'a.yaml', 'a.xlsx', 'a', 'a.bin')
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ maxLength: 300 }).map((chars) => Buffer.from(chars)),
    )
    fc.assert(
      fc.property(content, names, (bytes, name) => {
        for (const format of Object.values(FORMATS)) {
          const confidence = format.sniff(bytes, name)
          expect(confidence >= 0 && confidence <= 1).toBe(true)
        }
      }),
    )
  })

  it('finds no record format in binary data without a magic number', () => {
    const binary = fc.uint8Array({ minLength: 200, maxLength: 2000 }).filter((bytes) => bytes.some((byte) => byte > 0 && byte < 9))
    fc.assert(fc.property(binary, (bytes) => surest(bytes, 'a.bin') === undefined))
  })
})

const TABLE = `a,b,c\n${'1,2,3\n'.repeat(20)}`

describe('a wrong extension', () => {
  it.each<[found: string, path: string, content: string | Uint8Array]>([
    ['json', 'a.csv', '[{"a":1,"b":2},{"a":3,"b":4}]'],
    ['html', 'a.csv', '<!DOCTYPE html><html><body>404</body></html>'],
    ['xlsx', 'a.csv', zipBytes([{ name: 'xl/workbook.xml', data: '<workbook/>' }])],
    ['csv', 'a.json', TABLE],
    ['csv', 'a.xml', TABLE],
    ['xml', 'a.json', '<?xml version="1.0"?><a/>'],
    ['pdf', 'a.docx', '%PDF-1.7\n'],
    ['parquet', 'a.csv', 'PAR1....'],
    ['jsonl', 'a.json', '{"a":1}\n{"a":2}\n{"a":3}\n'],
  ])('%s in %s is recognised', (found, path, content) => {
    expect(surest(Buffer.from(content as string), path)).toBe(found)
  })
})

describe.each(Object.entries(FORMATS).filter(([id]) => id !== 'jsonl'))('%s', (_, format) => {
  it('ends any bytes with records, broken records or a problem', async () => {
    const magic = fc.constantFrom('', '%PDF-1.4\n', 'PAR1', 'SQLite format 3\0', 'PK\x03\x04', '<?xml version="1.0"?>', '{"a":[', '---\n')
    const content = fc
      .tuple(magic, fc.uint8Array({ maxLength: 500 }))
      .map(([start, rest]) => Buffer.concat([Buffer.from(start, 'latin1'), rest]))
    await fc.assert(
      fc.asyncProperty(content, async (bytes) => void (await readBytes(format, 'a', bytes))),
      { numRuns: 60 },
    )
  })

  it('says that an empty file is empty or cut short', async () => {
    expect((await readBytes(format, 'a', '')).problem?.code).toMatch(/^ingest\/file-(?:empty|truncated)$/)
  })
})
