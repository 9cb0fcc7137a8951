import type { Exif } from 'exif-reader'

/** Fields of value that a camera writes into an image; missing ones are null. Lengths in mm and m, angles in degrees. */
export interface ExifFields {
  /** When the picture was taken; without a zone in the file it is the camera's own clock, read as UTC. */
  readonly taken: Date | null
  readonly camera: string | null
  readonly exposure_s: number | null
  readonly f_number: number | null
  readonly iso: number | null
  readonly focal_length: number | null
  readonly focal_length_35mm: number | null
  readonly gps_latitude: number | null
  readonly gps_longitude: number | null
  readonly gps_altitude: number | null
}

const NO_EXIF: ExifFields = {
  taken: null,
  camera: null,
  exposure_s: null,
  f_number: null,
  iso: null,
  focal_length: null,
  focal_length_35mm: null,
  gps_latitude: null,
  gps_longitude: null,
  gps_altitude: null,
}

/** EXIF past the 64 KiB that a JPEG can hold is not read: each of its entries may claim all bytes as its value. */
const MAX_EXIF_BYTES = 64 << 10

/** Fields from an EXIF block; a damaged block gives no fields, for the picture itself is whole. Source: CIPA DC-008 (Exif 2.32). */
export async function readExif(bytes: Buffer | undefined): Promise<ExifFields> {
  if (!bytes || bytes.length > MAX_EXIF_BYTES) return NO_EXIF
  const { default: parse } = await import('exif-reader')
  let exif: Exif
  try {
    exif = parse(bytes)
  } catch {
    return NO_EXIF
  }
  const { Image: image, Photo: photo, GPSInfo: gps } = exif
  const position = positionOf(gps)
  return {
    taken: momentOf(photo?.['DateTimeOriginal'] ?? image?.['DateTime'], photo?.['OffsetTimeOriginal']),
    camera: cameraOf(textOf(image?.['Make']), textOf(image?.['Model'])),
    exposure_s: positive(photo?.['ExposureTime']),
    f_number: positive(photo?.['FNumber']),
    iso: positive(photo?.['ISOSpeedRatings']),
    focal_length: positive(photo?.['FocalLength']),
    focal_length_35mm: positive(photo?.['FocalLengthIn35mmFilm']),
    gps_latitude: position?.latitude ?? null,
    gps_longitude: position?.longitude ?? null,
    gps_altitude: altitudeOf(gps?.['GPSAltitude'], gps?.['GPSAltitudeRef']),
  }
}

/** Makers pad text with zero bytes; some begin it with one to say "unknown". */
function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const end = value.indexOf('\0')
  const text = (end === -1 ? value : value.slice(0, end)).trim()
  return text === '' ? null : text
}

function cameraOf(make: string | null, model: string | null): string | null {
  if (make === null || model === null) return model ?? make
  return model.startsWith(make) ? model : `${make} ${model}`
}

/** A positive number; EXIF writes 0 or 0/0 for "unknown". */
function positive(value: unknown): number | null {
  const number = Array.isArray(value) ? value[0] : value
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : null
}

const OFFSET = /^([+-])(\d\d):(\d\d)$/

function momentOf(value: unknown, offset: unknown): Date | null {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return null
  const zone = OFFSET.exec(textOf(offset) ?? '')
  if (!zone) return value
  const minutes = (Number(zone[2]) * 60 + Number(zone[3])) * (zone[1] === '-' ? -1 : 1)
  return new Date(value.getTime() - minutes * 60_000)
}

function positionOf(gps: Exif['GPSInfo']): { latitude: number; longitude: number } | null {
  const latitude = degreesOf(gps?.['GPSLatitude'], gps?.['GPSLatitudeRef'], 'S', 90)
  const longitude = degreesOf(gps?.['GPSLongitude'], gps?.['GPSLongitudeRef'], 'W', 180)
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

function degreesOf(value: unknown, reference: unknown, negative: string, limit: number): number | null {
  if (!Array.isArray(value) || value.length === 0) return null
  // Writers that know only degrees or degrees and minutes leave the rest 0/0.
  const [degrees, minutes, seconds] = [0, 1, 2].map((i) => (Number.isFinite(value[i]) ? (value[i] as number) : 0)) as [
    number,
    number,
    number,
  ]
  if (!Number.isFinite(value[0])) return null
  const size = degrees + minutes / 60 + seconds / 3600
  if (size > limit) return null
  return textOf(reference) === negative ? -size : size
}

function altitudeOf(value: unknown, reference: unknown): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  return reference === 1 ? -value : value
}
