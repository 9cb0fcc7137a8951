/** Direction of imports: docs/architecture.md draws it; test/layout plants one violation a rule and sees it caught. */
const FLOW = ['ingest', 'refine', 'annotate', 'grade', 'draft', 'release', 'catalog', 'exchange', 'assets', 'flywheel']
const BASE = {
  effects: [],
  problem: [],
  plugin: ['problem'],
  record: ['problem'],
  recipe: ['problem', 'record'],
  kernels: ['record'],
  statistics: ['effects'],
  learn: ['statistics'],
  store: ['effects', 'problem', 'record'],
  engine: ['effects', 'problem', 'record', 'kernels', 'store'],
  database: ['effects', 'problem'],
  ledger: ['effects', 'problem', 'record', 'kernels', 'store', 'database'],
}
const SIDE = ['guard', 'workforce']
const NODE_IO = '^(node:)?(fs|fs/promises|child_process|worker_threads|http|https|http2|net|tls|dgram|dns|cluster|os)$'

const flowRules = FLOW.map((room, i) => ({
  name: `direction-${room}`,
  comment: `${room} imports only rooms to its left, guard, workforce and base`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[...FLOW.slice(0, i + 1), ...SIDE, 'base'].join('|')})/` },
}))
const sideRules = SIDE.map((room) => ({
  name: `direction-${room}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${room}|base)/` },
}))
const baseRules = Object.entries(BASE).map(([room, others]) => ({
  name: `direction-base-${room}`,
  severity: 'error',
  from: { path: `^src/base/${room}/` },
  to: { path: '^src/', pathNot: `^src/base/(${[room, ...others].join('|')})/` },
}))

module.exports = {
  forbidden: [
    ...flowRules,
    ...sideRules,
    ...baseRules,
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    {
      name: 'shells-are-not-imported',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|server)/' },
      to: { path: '^src/(cli|server)/' },
    },
    {
      name: 'rooms-by-their-face',
      comment: 'another room is entered by index.ts, registry.ts or routes.ts',
      severity: 'error',
      from: { path: '^src/(base/[^/]+|(?!base/)[^/]+)/' },
      to: { path: '^src/(base/[^/]+|(?!base/)[^/]+)/', pathNot: ['^src/$1/', '^src/(base/[^/]+|[^/]+)/(index|registry|routes)\\.ts$'] },
    },
    {
      name: 'roots-enter-by-faces',
      severity: 'error',
      from: { path: '^src/[^/]+\\.ts$' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/(base/[^/]+|[^/]+)/(index|registry|routes)\\.ts$'] },
    },
    ...[
      ['formats', 'ingest/formats'],
      ['sources', 'ingest/sources'],
      ['operators', 'refine/operators'],
      ['indicators', 'grade/indicators'],
      ['exports', 'release/exports'],
      ['consensus', 'annotate/consensus/methods'],
      ['plans', 'exchange/plans'],
      ['tokenizers', 'exchange/tokenizers'],
      ['deliveries', 'exchange/delivery'],
    ].map(([kind, folder]) => ({
      name: `plugins-apart-${kind}`,
      comment: 'plug-ins of a kind never import each other',
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: `^src/${folder}/` },
    })),
    {
      name: 'io-at-the-edge',
      comment: "Node's I/O modules only in base/{store,engine,database,effects,plugin}, cli and server",
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(base/(store|engine|database|effects|plugin)|cli|server)/' },
      to: { path: NODE_IO, dependencyTypes: ['core'] },
    },
    {
      name: 'known-rooms-only',
      comment: 'a room that is not in the table of docs/architecture.md is refused: that is how utils is kept out',
      severity: 'error',
      from: {},
      to: {
        path: '^src/',
        pathNot: `^src/((${[...FLOW, ...SIDE, 'cli', 'server'].join('|')})/|base/(${Object.keys(BASE).join('|')})/|[^/]+\\.ts$)`,
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
}
