/** Exponents of metre, gram, second, kelvin, ampere, candela, radian, mole: the dimension of a unit. */
export type Dimension = readonly [number, number, number, number, number, number, number, number]

/** A unit as a multiple of base units; `offset` only for temperatures that do not start at absolute zero. */
export interface UnitAtom {
  readonly factor: number
  readonly dimension: Dimension
  /** Takes SI prefixes. */
  readonly metric: boolean
  /** Value of the unit's zero in kelvin. */
  readonly offset?: number
}

const dimension = (m = 0, g = 0, s = 0, k = 0, a = 0, cd = 0, rad = 0, mol = 0): Dimension => [m, g, s, k, a, cd, rad, mol]
const NONE = dimension()
const LENGTH = dimension(1)
const AREA = dimension(2)
const VOLUME = dimension(3)
const MASS = dimension(0, 1)
const TIME = dimension(0, 0, 1)
const SPEED = dimension(1, 0, -1)
const FORCE = dimension(1, 1, -2)
const PRESSURE = dimension(-1, 1, -2)
const ENERGY = dimension(2, 1, -2)
const POWER = dimension(2, 1, -3)
const TEMPERATURE = dimension(0, 0, 0, 1)
const ANGLE = dimension(0, 0, 0, 0, 0, 0, 1)
const AMOUNT = dimension(0, 0, 0, 0, 0, 0, 0, 1)

const INCH_M = 0.0254
const POUND_G = 453.59237
const GALLON_M3 = 231 * INCH_M ** 3
const GRAVITY = 9.80665

const metric = (factor: number, of: Dimension): UnitAtom => ({ factor, dimension: of, metric: true })
const plain = (factor: number, of: Dimension): UnitAtom => ({ factor, dimension: of, metric: false })

/**
 * Atoms of UCUM that raw industry data holds, and four Chinese units that UCUM lacks (亩 斤 两 里).
 * Factors are to m, g, s, K, A, cd, rad, mol. Source: UCUM essence 2.1; GB 3100-1993 and the market units of 1959 for the four.
 */
export const UNIT_ATOMS: ReadonlyMap<string, UnitAtom> = new Map<string, UnitAtom>([
  ['%', plain(1e-2, NONE)],
  ['[ppth]', plain(1e-3, NONE)],
  ['[ppm]', plain(1e-6, NONE)],
  ['[ppb]', plain(1e-9, NONE)],
  ['10*', plain(10, NONE)],
  ['10^', plain(10, NONE)],
  ['m', metric(1, LENGTH)],
  ['[in_i]', plain(INCH_M, LENGTH)],
  ['[ft_i]', plain(12 * INCH_M, LENGTH)],
  ['[yd_i]', plain(36 * INCH_M, LENGTH)],
  ['[mi_i]', plain(63360 * INCH_M, LENGTH)],
  ['[nmi_i]', plain(1852, LENGTH)],
  ['Ao', plain(1e-10, LENGTH)],
  ['里', plain(500, LENGTH)],
  ['ar', metric(100, AREA)],
  ['har', plain(1e4, AREA)],
  ['亩', plain(2000 / 3, AREA)],
  ['L', metric(1e-3, VOLUME)],
  ['l', metric(1e-3, VOLUME)],
  ['[gal_us]', plain(GALLON_M3, VOLUME)],
  ['[qt_us]', plain(GALLON_M3 / 4, VOLUME)],
  ['[pt_us]', plain(GALLON_M3 / 8, VOLUME)],
  ['[foz_us]', plain(GALLON_M3 / 128, VOLUME)],
  ['[bu_us]', plain(2150.42 * INCH_M ** 3, VOLUME)],
  ['g', metric(1, MASS)],
  ['t', metric(1e6, MASS)],
  ['[lb_av]', plain(POUND_G, MASS)],
  ['[oz_av]', plain(POUND_G / 16, MASS)],
  ['斤', plain(500, MASS)],
  ['两', plain(50, MASS)],
  ['s', metric(1, TIME)],
  ['min', plain(60, TIME)],
  ['h', plain(3600, TIME)],
  ['d', plain(86400, TIME)],
  ['wk', plain(604800, TIME)],
  ['mo', plain(30.4375 * 86400, TIME)],
  ['a', plain(365.25 * 86400, TIME)],
  ['Hz', metric(1, dimension(0, 0, -1))],
  ['Bq', metric(1, dimension(0, 0, -1))],
  ['K', metric(1, TEMPERATURE)],
  ['Cel', { factor: 1, dimension: TEMPERATURE, metric: true, offset: 273.15 }],
  ['[degF]', { factor: 5 / 9, dimension: TEMPERATURE, metric: false, offset: 459.67 * (5 / 9) }],
  ['[kn_i]', plain(1852 / 3600, SPEED)],
  ['[g]', metric(GRAVITY, dimension(1, 0, -2))],
  ['N', metric(1e3, FORCE)],
  ['[lbf_av]', plain(POUND_G * GRAVITY, FORCE)],
  ['Pa', metric(1e3, PRESSURE)],
  ['bar', metric(1e8, PRESSURE)],
  ['atm', plain(101325e3, PRESSURE)],
  ['m[Hg]', metric(133322e3, PRESSURE)],
  ['m[H2O]', metric(GRAVITY * 1e6, PRESSURE)],
  ['[psi]', plain((POUND_G * GRAVITY) / INCH_M ** 2, PRESSURE)],
  ['J', metric(1e3, ENERGY)],
  ['cal', metric(4184, ENERGY)],
  ['[Btu]', plain(1054.35e3, ENERGY)],
  ['W', metric(1e3, POWER)],
  ['[HP]', plain(550 * 12 * INCH_M * POUND_G * GRAVITY, POWER)],
  ['A', metric(1, dimension(0, 0, 0, 0, 1))],
  ['C', metric(1, dimension(0, 0, 1, 0, 1))],
  ['V', metric(1e3, dimension(2, 1, -3, 0, -1))],
  ['Ohm', metric(1e3, dimension(2, 1, -3, 0, -2))],
  ['S', metric(1e-3, dimension(-2, -1, 3, 0, 2))],
  ['F', metric(1e-3, dimension(-2, -1, 4, 0, 2))],
  ['H', metric(1e3, dimension(2, 1, -2, 0, -2))],
  ['Wb', metric(1e3, dimension(2, 1, -2, 0, -1))],
  ['T', metric(1e3, dimension(0, 1, -2, 0, -1))],
  ['G', metric(1e-1, dimension(0, 1, -2, 0, -1))],
  ['cd', metric(1, dimension(0, 0, 0, 0, 0, 1))],
  ['lm', metric(1, dimension(0, 0, 0, 0, 0, 1, 2))],
  ['lx', metric(1, dimension(-2, 0, 0, 0, 0, 1, 2))],
  ['rad', metric(1, ANGLE)],
  ['deg', plain(Math.PI / 180, ANGLE)],
  ['circ', plain(2 * Math.PI, ANGLE)],
  ['mol', metric(1, AMOUNT)],
  ['kat', metric(1, dimension(0, 0, -1, 0, 0, 0, 0, 1))],
  ['U', metric(1e-6 / 60, dimension(0, 0, -1, 0, 0, 0, 0, 1))],
])

/** SI prefixes by UCUM symbol. */
export const UNIT_PREFIXES: ReadonlyMap<string, number> = new Map([
  ['T', 1e12],
  ['G', 1e9],
  ['M', 1e6],
  ['k', 1e3],
  ['h', 1e2],
  ['da', 1e1],
  ['d', 1e-1],
  ['c', 1e-2],
  ['m', 1e-3],
  ['u', 1e-6],
  ['n', 1e-9],
  ['p', 1e-12],
  ['f', 1e-15],
])
