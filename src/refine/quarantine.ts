import { readJson, streamAtomic } from '../base/store/index.ts'
import { type RefusedFile, recordId } from '../ingest/index.ts'
import type { RefinedTable } from './refine.ts'
import type { Departure } from './trail.ts'

/**
 * Writes all that did not pass, a JSON object a line: where it lay, at which step it left, why, and what was found.
 * It stays in the workspace: what was found may be private.
 */
export async function writeQuarantine(path: string, refused: readonly RefusedFile[], tables: readonly RefinedTable[]): Promise<void> {
  await streamAtomic(path, quarantineLines(refused, tables))
}

async function* quarantineLines(refused: readonly RefusedFile[], tables: readonly RefinedTable[]): AsyncIterable<Uint8Array> {
  for (const { entry, problem } of refused) {
    const { code, message, advice } = problem
    yield line({ id: recordId(entry.key, 0), path: entry.path, step: 'survey', reason: code, found: message.en, advice: advice.en })
  }
  for (const table of tables) {
    for (const file of table.departures) {
      for (const one of await readJson<Departure[]>(file)) if (one.fate === 'quarantined') yield line({ table: table.plan.name, ...one })
    }
  }
}

const line = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`, 'utf8')
