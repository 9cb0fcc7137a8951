import type { DimensionGrade, Grade } from '../grade.ts'
import { DIMENSIONS } from '../rules.ts'
import type { Html } from './html.ts'

const SIZE = 132
const CENTRE = SIZE / 2
const RADIUS = 54
const WIDTH = 9
/** Degrees of each of the three arcs, and between them. */
const SWEEP = 104
const GAP = 16

function point(degrees: number, radius: number): string {
  const angle = ((degrees - 90) * Math.PI) / 180
  const at = (value: number): string => (CENTRE + radius * value).toFixed(2)
  return `${at(Math.cos(angle))} ${at(Math.sin(angle))}`
}

function arc(from: number, sweep: number): string {
  return `M${point(from, RADIUS)}A${RADIUS} ${RADIUS} 0 ${sweep > 180 ? 1 : 0} 1 ${point(from + sweep, RADIUS)}`
}

/** One dimension's arc: filled by its score, dashed where nothing was measured. */
function dimensionArc(dimension: DimensionGrade, at: number): Html {
  const from = at * (SWEEP + GAP) + GAP / 2
  const groove = `<path d="${arc(from, SWEEP)}" class="groove${dimension.score === null ? ' hollow' : ''}" stroke-width="${WIDTH}"/>`
  const sweep = (SWEEP * (dimension.score ?? 0)) / 100
  return sweep < 0.5 ? groove : `${groove}<path d="${arc(from, sweep)}" class="fill" stroke-width="${WIDTH}"/>`
}

/** Characters of the release's hash in the middle. */
const SHORT_HASH = 8

/**
 * The hallmark: three arcs (documentation, quality, application) clockwise from the top, around the release's short hash.
 * Passed is a full seal with a tick, not passed a hollow one.
 */
export function sealSvg(grade: Grade, releaseHash: string | undefined): Html {
  const label = DIMENSIONS.map((name) => `${name} ${grade[name].score ?? 'not measured'}`).join(', ')
  const middle = releaseHash ? releaseHash.slice(0, SHORT_HASH) : grade.version.slice(0, SHORT_HASH)
  const tick = `<path d="M${CENTRE - 13} ${CENTRE - 13}l9 9l17 -18" class="tick"/>`
  const cross = `<path d="M${CENTRE - 11} ${CENTRE - 13}h22" class="dash"/>`
  return [
    `<svg class="seal ${grade.passes ? 'passed' : 'open'}" viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label="${grade.passes ? 'passed' : 'not passed'}: ${label}">`,
    ...DIMENSIONS.map((name, at) => dimensionArc(grade[name], at)),
    `<circle cx="${CENTRE}" cy="${CENTRE}" r="41" class="disc"/>`,
    grade.passes ? tick : cross,
    `<text x="${CENTRE}" y="${CENTRE + 21}" text-anchor="middle" class="hash">${middle.replace(/[^0-9A-Za-z._-]/g, '')}</text>`,
    '</svg>',
  ].join('')
}
