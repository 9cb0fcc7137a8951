/** What a DJI drone logs with one frame of video; missing values are null. */
interface Telemetry {
  /** The drone's own clock, which has no zone, read as UTC. */
  time: Date | null
  /** Degrees, WGS 84. */
  latitude: number | null
  longitude: number | null
  /** Metres as logged: above sea level (`abs_alt`, GPS height) or, as plain `altitude`, of a datum DJI does not state. */
  altitude: number | null
  /** Metres above take-off (`rel_alt`, `H`, barometer). */
  rel_altitude: number | null
  /** Metres above ground by ultrasound. */
  ultrasonic_height: number | null
  satellites: number | null
  home_latitude: number | null
  home_longitude: number | null
  home_altitude: number | null
  /** Metres from the home point. */
  distance: number | null
  /** m/s */
  speed_horizontal: number | null
  speed_vertical: number | null
  iso: number | null
  /** Exposure time in seconds. */
  shutter: number | null
  fnum: number | null
  ev: number | null
  /** Colour temperature in kelvin. */
  ct: number | null
  /** Focal length in mm, 35 mm equivalent. */
  focal_len: number | null
  color_md: string | null
  /** Degrees. */
  flight_pitch: number | null
  flight_roll: number | null
  flight_yaw: number | null
  gimbal_pitch: number | null
  gimbal_roll: number | null
  gimbal_yaw: number | null
  frame_count: number | null
  /** Milliseconds since the frame before. */
  diff_time: number | null
  /** Values under names that this reader does not know. */
  other: Record<string, string> | null
}

const noTelemetry = (): Telemetry => ({
  time: null,
  latitude: null,
  longitude: null,
  altitude: null,
  rel_altitude: null,
  ultrasonic_height: null,
  satellites: null,
  home_latitude: null,
  home_longitude: null,
  home_altitude: null,
  distance: null,
  speed_horizontal: null,
  speed_vertical: null,
  iso: null,
  shutter: null,
  fnum: null,
  ev: null,
  ct: null,
  focal_len: null,
  color_md: null,
  flight_pitch: null,
  flight_roll: null,
  flight_yaw: null,
  gimbal_pitch: null,
  gimbal_roll: null,
  gimbal_yaw: null,
  frame_count: null,
  diff_time: null,
  other: null,
})

type NumericName = Exclude<keyof Telemetry, 'time' | 'color_md' | 'other'>

/** How each dialect spells a value, and how its text becomes a number of our unit. `longtitude` is DJI's own spelling. */
const KEYS: Readonly<Record<string, readonly [name: NumericName, read: (text: string) => number | null]>> = {
  latitude: ['latitude', number],
  longitude: ['longitude', number],
  longtitude: ['longitude', number],
  altitude: ['altitude', number],
  abs_alt: ['altitude', number],
  rel_alt: ['rel_altitude', number],
  barometer: ['rel_altitude', number],
  h: ['rel_altitude', number],
  hb: ['rel_altitude', number],
  hs: ['ultrasonic_height', number],
  d: ['distance', number],
  'h.s': ['speed_horizontal', number],
  'v.s': ['speed_vertical', number],
  iso: ['iso', number],
  shutter: ['shutter', exposure],
  tv: ['shutter', exposure],
  ss: ['shutter', exposure],
  fnum: ['fnum', aperture],
  ir: ['fnum', aperture],
  f: ['fnum', aperture],
  ev: ['ev', fraction],
  ct: ['ct', number],
  focal_len: ['focal_len', focalLength],
  gb_pitch: ['gimbal_pitch', number],
  gb_roll: ['gimbal_roll', number],
  gb_yaw: ['gimbal_yaw', number],
  framecnt: ['frame_count', number],
  srtcnt: ['frame_count', number],
  difftime: ['diff_time', number],
}

const NUMBER = /^[-+]?\d+(?:\.\d+)?/

function number(text: string): number | null {
  const found = NUMBER.exec(text)
  return found ? Number(found[0]) : null
}

function fraction(text: string): number | null {
  const [above, below] = text.split('/', 2)
  const top = number(above ?? '')
  if (below === undefined || top === null) return top
  const bottom = number(below)
  return bottom ? top / bottom : null
}

/** `1/80.0`, or the 80 alone. */
function exposure(text: string): number | null {
  const value = fraction(text)
  if (value === null || value <= 0) return null
  return text.includes('/') ? value : 1 / value
}

/** `2.8`, `F2.8`, or 280: no drone lens is slower than f/50. */
function aperture(text: string): number | null {
  const value = number(text.replace(/^F\/?/i, ''))
  return value !== null && value > 50 ? value / 100 : value
}

/** `24.00`, or 240 in firmware that logs tenths. */
function focalLength(text: string): number | null {
  const value = number(text)
  return value === null || text.includes('.') ? value : value / 10
}

const TAG = /<[^<>]{0,64}>/g
const MOMENT = /(?<!\d)(\d{4})[-.](\d{1,2})[-.](\d{1,2}) (\d{1,2}):(\d\d):(\d\d)(?:[,.](\d{3}))?/
/** `NAME: value` and, in the comma-separated dialect, `NAME value` or `F/5.6`; a name begins where no other letter goes before. */
const PAIR = /(?<![\w.])([a-z][a-z_.]*)(?: ?: ?|[ /](?=[-+\d]))(F\/?\d[\d.]*|[-+]?\d[\d./]*|[a-z_]+(?= ?[\],]))/gi
const TUPLE = /(?<![\w.])(GPS|HOME|RTK|[FG]\.PRY) ?\(([^()]{1,96})\)/g

/** A frame's telemetry, or what is wrong with its text. */
export type TelemetryReading = { readonly telemetry: Telemetry; readonly found: number } | { readonly damage: string }

/**
 * Reads the text of one cue of a DJI video log, in any of its dialects (Phantom 4, Mavic Pro, Mavic 2, Air, Mini,
 * Matrice 300, and their firmware variants). A value cut off in its middle makes the whole frame unfit.
 * Source: the logs themselves; DJI publishes no specification.
 */
export function readTelemetry(body: string): TelemetryReading {
  const isCutTag = body.includes('<font') && !body.includes('</font>')
  const text = body.replace(TAG, ' ').replace(/[°Â]/g, '')
  if (isCutTag || hasOpenBracket(text)) return { damage: text.slice(-40).trim() }
  const telemetry = noTelemetry()
  telemetry.time = momentIn(text)
  readTuples(text, telemetry)
  readPairs(text.replace(TUPLE, ' ').replace(MOMENT, ' '), telemetry)
  return { telemetry, found: Object.values(telemetry).filter((value) => value !== null).length }
}

const hasOpenBracket = (text: string): boolean =>
  text.lastIndexOf('[') > text.lastIndexOf(']') || text.lastIndexOf('(') > text.lastIndexOf(')')

function momentIn(text: string): Date | null {
  const found = MOMENT.exec(text)
  if (!found) return null
  const [year, month, day, hour, minute, second, thousandths] = found.slice(1).map((part) => Number(part ?? 0)) as number[] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute, second, thousandths))
  // A date that does not exist (month 13) would roll over into another one.
  return moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day && moment.getUTCHours() === hour ? moment : null
}

function readTuples(text: string, telemetry: Telemetry): void {
  let latitudeFirst = false
  for (const [, name, inner] of text.matchAll(TUPLE)) {
    const parts = (inner ?? '').split(',').map((part) => part.trim())
    if (name === 'GPS' || name === 'RTK') latitudeFirst = readPosition(parts, telemetry)
    else if (name === 'HOME') readHome(parts, latitudeFirst, telemetry)
    else readAttitude(parts, name === 'F.PRY' ? 'flight' : 'gimbal', telemetry)
  }
}

/** Matrice logs `GPS(latitude,longitude,heightM)`, all others `GPS(longitude,latitude,satellites)`; tells which. */
function readPosition(parts: readonly string[], telemetry: Telemetry): boolean {
  const third = parts[2] ?? ''
  const hasHeight = /\dM$/i.test(third)
  const [latitude, longitude] = orderedDegrees(parts, hasHeight)
  Object.assign(telemetry, { latitude, longitude, [hasHeight ? 'altitude' : 'satellites']: number(third) })
  return hasHeight
}

function readHome(parts: readonly string[], latitudeFirst: boolean, telemetry: Telemetry): void {
  const [latitude, longitude] = orderedDegrees(parts, latitudeFirst)
  Object.assign(telemetry, { home_latitude: latitude, home_longitude: longitude, home_altitude: number(parts[2] ?? '') })
}

function readAttitude(parts: readonly string[], part: 'flight' | 'gimbal', telemetry: Telemetry): void {
  const [pitch = null, roll = null, yaw = null] = parts.map(number)
  Object.assign(telemetry, { [`${part}_pitch`]: pitch, [`${part}_roll`]: roll, [`${part}_yaw`]: yaw })
}

/** Latitude and longitude of a tuple; a value past 90 tells which of the two is the longitude. */
function orderedDegrees(parts: readonly string[], latitudeFirst: boolean): readonly [number | null, number | null] {
  const first = number(parts[0] ?? '')
  const second = number(parts[1] ?? '')
  if (first === null || second === null) return [null, null]
  const isLatitudeFirst = Math.abs(first) > 90 ? false : Math.abs(second) > 90 || latitudeFirst
  return isLatitudeFirst ? [first, second] : [second, first]
}

function readPairs(text: string, telemetry: Telemetry): void {
  for (const [, spelt, value] of text.matchAll(PAIR)) {
    const key = (spelt as string).toLowerCase()
    const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
    if (known) telemetry[known[0]] = known[1](value as string)
    else if (key === 'color_md') telemetry.color_md = value as string
    else {
      telemetry.other ??= {}
      telemetry.other[key] = value as string
    }
  }
}
