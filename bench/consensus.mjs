// A million votes to one label an item: our methods beside crowd-kit on the same votes, in the same run.
//   node bench/consensus.mjs [votes = 1000000] [items = 200000] [annotators = 2000] [classes = 4]
// PEERS  a Python with crowd-kit (default: a throw-away venv from PyPI)
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { arrangeVotes, decide, loadConsensusMethods } from '../dist/annotate/index.js'
import { machine } from './measured-run.mjs'
import { peerPython, seeded, versionsOf } from './peer-python.mjs'

const [nVotes = 1_000_000, nItems = 200_000, nAnnotators = 2_000, nClasses = 4] = process.argv.slice(2).map(Number)
const REPEATS = 3

/** Annotators right between 40 and 95 times in a hundred; half of their mistakes fall on the next class. */
function makeVotes() {
  const random = seeded(20261125)
  const truth = Int32Array.from({ length: nItems }, () => Math.floor(random() * nClasses))
  const skill = Float64Array.from({ length: nAnnotators }, () => 0.4 + 0.55 * random())
  const [items, annotators, classes] = [0, 1, 2].map(() => new Int32Array(nVotes))
  for (let v = 0; v < nVotes; v++) {
    items[v] = v % nItems
    annotators[v] = Math.floor(random() * nAnnotators)
    const right = truth[items[v]]
    classes[v] = random() < skill[annotators[v]] ? right : random() < 0.5 ? (right + 1) % nClasses : Math.floor(random() * nClasses)
  }
  return { truth, items, annotators, classes }
}

const shareRight = (decided, truth) => decided.reduce((right, k, i) => right + (k === truth[i] ? 1 : 0), 0) / truth.length

const PEER = `
import json, sys, time
import numpy as np, pandas as pd
from crowdkit.aggregation import MajorityVote, DawidSkene, OneCoinDawidSkene
folder = sys.argv[1]
load = lambda name: np.fromfile(folder + '/' + name, dtype=np.int32)
truth = load('truth')
votes = pd.DataFrame({'task': load('items'), 'worker': load('annotators'), 'label': load('classes')})
out = {}
for name, make in {'majority': lambda: MajorityVote(), 'dawid-skene': lambda: DawidSkene(n_iter=100, tol=1e-5), 'one-coin': lambda: OneCoinDawidSkene(n_iter=100, tol=1e-5)}.items():
    start = time.perf_counter()
    labels = make().fit_predict(votes)
    seconds = time.perf_counter() - start
    out[name] = {'seconds': seconds, 'right': float((labels.sort_index().to_numpy() == truth[labels.sort_index().index.to_numpy()]).mean())}
print(json.dumps(out))
`

const work = mkdtempSync(join(tmpdir(), 'bench-consensus-'))
try {
  const { truth, ...columns } = makeVotes()
  for (const [name, values] of Object.entries({ truth, ...columns })) writeFileSync(join(work, name), values)
  writeFileSync(join(work, 'peer.py'), PEER)
  const python = peerPython(['crowd-kit==1.4.2'], work)
  console.log(
    `${machine()}; ${versionsOf(python, ['crowd-kit'])}; ${nVotes} votes, ${nItems} items, ${nAnnotators} annotators, ${nClasses} classes`,
  )
  const peers = JSON.parse(
    execFileSync(python, [join(work, 'peer.py'), work], { encoding: 'utf8', maxBuffer: 1 << 24 })
      .trim()
      .split('\n')
      .at(-1),
  )
  console.log('method            s   right  iterations   crowd-kit s   right   crowd-kit / ours')
  for (const { id, plugin } of await loadConsensusMethods()) {
    let best = Number.POSITIVE_INFINITY
    let found
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const start = performance.now()
      const votes = arrangeVotes(columns, { nItems, nAnnotators, nClasses })
      const consensus = plugin.fit(votes, plugin.parameters.parse({}), {})
      const decided = decide(consensus, votes)
      best = Math.min(best, (performance.now() - start) / 1000)
      found = { right: shareRight(decided, truth), iterations: consensus.iterations }
      if (best > 5) break
    }
    const peer = peers[id]
    const beside = peer
      ? `${peer.seconds.toFixed(2).padStart(14)}   ${peer.right.toFixed(4)} ${(peer.seconds / best).toFixed(1).padStart(16)} ×`
      : ''
    console.log(
      `${id.padEnd(12)} ${best.toFixed(2).padStart(6)}  ${found.right.toFixed(4)} ${String(found.iterations).padStart(11)} ${beside}`,
    )
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
