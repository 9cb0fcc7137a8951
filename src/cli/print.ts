import type { Problem, Words } from '../base/problem/index.ts'

/** Language of what the command line says: HIGHGRADE_LANG, else LANG; Chinese when it begins with zh, otherwise English. */
export const language = (environment: Readonly<Record<string, string | undefined>> = process.env): keyof Words =>
  (environment['HIGHGRADE_LANG'] ?? environment['LC_ALL'] ?? environment['LANG'] ?? '').toLowerCase().startsWith('zh') ? 'zh' : 'en'

/** The words in the language of this run. */
export const say = (words: Words): string => words[language()]

/** Says what is wrong and what to do, on standard error. */
export function printProblem(problem: Problem): void {
  process.stderr.write(`highgrade: ${say(problem.message)}\n  → ${say(problem.advice)} [${problem.code}]\n`)
}

/** A size such as `1.5GB` or `512m` as bytes; NaN when it is none. */
export function parseSize(text: string): number {
  const match = /^(?<number>\d+(?:\.\d+)?)\s*(?<unit>[kmgt]?)i?b?$/i.exec(text.trim())
  const power = { '': 0, k: 1, m: 2, g: 3, t: 4 }[(match?.groups?.['unit'] ?? '').toLowerCase()] ?? 0
  return Math.floor(Number(match?.groups?.['number'] ?? Number.NaN) * 1024 ** power)
}

/** Lines of a table with its columns aligned; Han characters take two places. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, width(cell))
  return rows.map((row) =>
    row.map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat((widths[i] ?? 0) - width(cell)))).join('  '),
  )
}

/** Places that a text takes in a terminal. */
export function width(text: string): number {
  let places = 0
  for (const character of text)
    places += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(character) ? 2 : 1
  return places
}
