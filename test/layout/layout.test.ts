import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

interface Cruise {
  readonly summary: {
    readonly totalCruised: number
    readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[]
  }
  readonly modules: readonly { readonly source: string }[]
}

const root = process.cwd()
const copies: string[] = []

/** Cruises a copy of the tree in which some files were added. */
function cruise(planted: Readonly<Record<string, string>>): Cruise {
  const folder = mkdtempSync(join(tmpdir(), 'layout-'))
  copies.push(folder)
  for (const name of ['src', 'tsconfig.json', 'package.json', '.dependency-cruiser.cjs'])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [path, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const run = [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    'src',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
  ]
  try {
    return JSON.parse(
      execFileSync(process.execPath, run, { cwd: folder, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] }).toString(),
    ) as Cruise
  } catch (error) {
    // A cruise with violations exits with their number and prints the same report.
    return JSON.parse((error as { stdout: Buffer }).stdout.toString()) as Cruise
  }
}

afterAll(() => {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true })
})

const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'src/*.ts', 'src/**/*.ts'])
  .toString()
  .trim()
  .split('\n')
  .filter((path) => !path.endsWith('.d.ts'))

/** One violation a rule: where it is planted, and what it imports. */
const PLANTED: readonly (readonly [rule: string, path: string, text: string])[] = [
  ['direction-ingest', 'src/ingest/planted.ts', "import '../refine/index.ts'"],
  ['direction-refine', 'src/refine/planted.ts', "import '../grade/index.ts'"],
  ['direction-grade', 'src/grade/planted.ts', "import '../release/index.ts'"],
  ['direction-base-problem', 'src/base/problem/planted.ts', "import '../record/index.ts'"],
  ['direction-base-kernels', 'src/base/kernels/planted.ts', "import '../store/index.ts'"],
  ['direction-base-store', 'src/base/store/planted.ts', "import '../engine/index.ts'"],
  ['shells-are-not-imported', 'src/release/planted.ts', "import '../cli/print.ts'"],
  ['rooms-by-their-face', 'src/release/planted.ts', "import '../refine/segments.ts'"],
  ['roots-enter-by-faces', 'src/planted.ts', "import './refine/segments.ts'"],
  ['plugins-apart-formats', 'src/ingest/formats/planted.ts', "import './jsonl.ts'"],
  ['plugins-apart-operators', 'src/refine/operators/text/planted.ts', "import './collapse-whitespace.ts'"],
  ['plugins-apart-indicators', 'src/grade/indicators/0000-planted.ts', "import './0101-basic-information.ts'"],
  ['io-at-the-edge', 'src/refine/planted.ts', "import 'node:fs'"],
  ['known-rooms-only', 'src/utils/planted.ts', 'export const planted = 1'],
  ['no-cycles', 'src/refine/planted.ts', "import { b } from './planted-too.ts'\nexport const a = (): unknown => b"],
]
const COMPANIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-cycles': { 'src/refine/planted-too.ts': "import { a } from './planted.ts'\nexport const b = (): unknown => a" },
  'known-rooms-only': { 'src/planted.ts': "import './utils/planted.ts'" },
}

describe('the shape of the source', () => {
  it('is read whole and keeps every direction', () => {
    const { modules, summary } = cruise({})
    const read = modules.filter((module) => module.source.startsWith('src/')).length
    // Trap: with typescript 7 dependency-cruiser reads no module at all and reports no violations.
    expect(read).toBeGreaterThanOrEqual(sources.length)
    expect(summary.violations.map((one) => `${one.rule.name}: ${one.from}`)).toEqual([])
  })

  it('catches one planted violation of each rule', () => {
    const planted: Record<string, string> = {}
    const paths = new Map<string, string>()
    for (const [n, [rule, path, text]] of PLANTED.entries()) {
      const unique = rule === 'known-rooms-only' || rule === 'no-cycles' ? path : path.replace('planted', `planted-${n}`)
      planted[unique] = text
      paths.set(rule, unique)
      Object.assign(planted, COMPANIONS[rule])
    }
    const { summary } = cruise(planted)
    const caught = new Set(summary.violations.map((one) => one.rule.name))
    for (const [rule] of PLANTED) expect(caught, `rule ${rule}`).toContain(rule)
  })

  it('keeps files small and named for what they hold', () => {
    const lines = sources.map((path) => ({ path, lines: readFileSync(path, 'utf8').split('\n').length })).sort((a, b) => a.lines - b.lines)
    expect(lines.filter((one) => one.lines > 450)).toEqual([])
    expect(lines[Math.floor(lines.length * 0.9)]?.lines).toBeLessThanOrEqual(300)
    expect(lines[Math.floor(lines.length / 2)]?.lines).toBeLessThanOrEqual(110)
    expect(
      sources.filter((path) => /\/(?:utils?|helpers?|common|misc|lib|types|interfaces|services?|managers?)(?:\/|\.ts$)/.test(path)),
    ).toEqual([])
  })

  it('defines each problem once, in both languages', () => {
    const codes = sources.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/defineProblem(?:<[^(]*>)?\(\s*'(?<code>[^']+)'/g)].map((match) => match.groups?.['code']),
    )
    expect(codes.length).toBeGreaterThan(10)
    expect(new Set(codes).size).toBe(codes.length)
  })
})
