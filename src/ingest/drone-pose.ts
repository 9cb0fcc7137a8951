/** Where a DJI drone was and looked when it took a picture: heights in m, angles in degrees; missing values are null. */
export interface DronePose {
  /** Above the take-off point. */
  readonly relative_altitude: number | null
  readonly gimbal_pitch: number | null
  readonly gimbal_roll: number | null
  readonly gimbal_yaw: number | null
  readonly flight_pitch: number | null
  readonly flight_roll: number | null
  readonly flight_yaw: number | null
}

const PROPERTIES: Readonly<Record<keyof DronePose, string>> = {
  relative_altitude: 'RelativeAltitude',
  gimbal_pitch: 'GimbalPitchDegree',
  gimbal_roll: 'GimbalRollDegree',
  gimbal_yaw: 'GimbalYawDegree',
  flight_pitch: 'FlightPitchDegree',
  flight_roll: 'FlightRollDegree',
  flight_yaw: 'FlightYawDegree',
}

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/

/** XMP packets past this are not DJI's (they hold thumbnails or edit histories); DJI's own take 2 KiB. */
const MAX_XMP_BYTES = 1 << 20

/** Pose from an XMP packet with DJI's properties, as attributes or elements of the `drone-dji` namespace. */
export function readDronePose(xmp: Buffer | undefined): DronePose {
  const text = xmp && xmp.length <= MAX_XMP_BYTES ? xmp.toString('utf8') : ''
  const entries = Object.entries(PROPERTIES).map(([field, property]) => [field, numberOf(text, `drone-dji:${property}`)])
  return Object.fromEntries(entries) as DronePose
}

function numberOf(text: string, property: string): number | null {
  const at = text.indexOf(property)
  if (at === -1) return null
  const start = at + property.length
  const isAttribute = text.startsWith('="', start)
  if (!isAttribute && text[start] !== '>') return null
  const from = start + (isAttribute ? 2 : 1)
  const end = text.indexOf(isAttribute ? '"' : '<', from)
  // The longest number DJI writes has 9 characters.
  const value = end === -1 ? '' : text.slice(from, Math.min(end, from + 32)).trim()
  return NUMBER.test(value) ? Number(value) : null
}
