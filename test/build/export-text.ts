import { execFileSync } from 'node:child_process'

/** Records of a release as `highgrade export --to jsonl` prints them. */
export async function exportText(folder: string): Promise<Record<string, unknown>[]> {
  const text = execFileSync(process.execPath, ['dist/cli/main.js', 'export', folder, '--to', 'jsonl'], { encoding: 'utf8' })
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
