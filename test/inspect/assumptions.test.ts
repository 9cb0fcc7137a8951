import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { build } from '../../src/build.ts'
import { inspectionPage } from '../../src/cli/inspect-page/inspection-page.ts'
import { inspectionLines } from '../../src/cli/inspect-text.ts'
import { init } from '../../src/init.ts'
import { inspect } from '../../src/inspect.ts'
import { emptyFolder, given, rawFolder } from './raw-folder.ts'

/** Days and months up to 12, times without a zone, `1,234` alone: each can be read in two ways. */
const rows = Array.from({ length: 12 }, (_, i) => `s${i},0${(i % 9) + 1}/0${((i + 3) % 9) + 1}/2024 10:00,"1,${200 + i}"`)
const folder = rawFolder({ 'open.csv': `site,measured,flow\n${rows.join('\n')}\n`, 'clear.csv': 'k,v\na,1.5\nb,2.5\nc,3.25\n' })

const OPEN = [
  /measured: \d+ dates leave the order of day and month open; read as month\/day\/year/,
  /measured: some times name no zone and were taken as UTC/,
  /flow: 12 values such as 1,234 do not tell the decimal mark/,
  /flow：12 个值（如 1,234）无法判定小数点/,
]

describe('what is assumed in reading', () => {
  it('is told by inspect: as JSON, in the terminal, on the page', async () => {
    const inspection = given(await inspect({ paths: [folder], scratch: emptyFolder(), threads: 1 }))
    const byName = new Map(inspection.tables.map(({ name, assumptions }) => [name, assumptions]))
    expect(byName.get('clear')).toEqual([])
    const told = byName
      .get('open')
      ?.map(({ zh, en }) => `${zh} ${en}`)
      .join('\n')
    const page = await inspectionPage(inspection)
    for (const open of OPEN) {
      expect(told).toMatch(open)
      expect(page).toMatch(open)
    }
    const terminal = inspectionLines(inspection, 200).filter((line) => line.startsWith('  ≈ '))
    expect(terminal.length).toBe(3)
  })

  it('is told by the recipe of init and by the card of the release', async () => {
    const { file } = given(await init({ folder, scratch: emptyFolder(), threads: 1 }))
    const { folder: release } = given(await build({ input: folder, out: emptyFolder(), threads: 1 }))
    for (const text of [readFileSync(file, 'utf8'), readFileSync(join(release, 'README.md'), 'utf8')])
      for (const open of OPEN) expect(text).toMatch(open)
  })
})
