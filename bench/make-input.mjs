import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { makeTable } from './make-table.mjs'

/** Makes a folder `raw` with one file of so many texts or rows. @returns the folder and the file */
export function makeInput(work, isText, size) {
  const raw = join(work, 'raw')
  mkdirSync(raw)
  const file = join(raw, isText ? 'texts.jsonl' : 'table.csv')
  if (isText)
    execFileSync('python3', ['../shared/peers/make_corpus.py', file, join(work, 'truth.jsonl'), String(size)], { stdio: 'inherit' })
  else makeTable(file, size)
  return { raw, file }
}
