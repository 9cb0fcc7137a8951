import { createHash } from 'node:crypto'
import type { DataSet } from 'dicom-parser'

/**
 * What may leave a DICOM file. A list of what is kept, not of what is dropped, so that no identifier of PS3.15
 * table E.1-1 (names, ids, birth dates, institutions, physicians, device serial numbers, free text) and no private
 * tag can slip through; of dates only the year of the study is kept. Lengths in mm.
 */
export function deidentifiedColumns(dataset: DataSet): Record<string, unknown> {
  const text = (tag: string): string | null => dataset.string(tag)?.trim() || null
  const [spacingRow = null, spacingColumn = null] = decimals(dataset, 'x00280030')
  return {
    modality: text('x00080060'),
    sop_class: text('x00080016'),
    body_part: text('x00180015'),
    laterality: text('x00200060'),
    view_position: text('x00185101'),
    patient_position: text('x00185100'),
    study_year: yearOf(text('x00080020')),
    manufacturer: text('x00080070'),
    model: text('x00081090'),
    study_uid: hashedUid(text('x0020000d')),
    series_uid: hashedUid(text('x0020000e')),
    instance_uid: hashedUid(text('x00080018')),
    instance_number: whole(dataset, 'x00200013'),
    rows: dataset.uint16('x00280010') ?? null,
    columns: dataset.uint16('x00280011') ?? null,
    frames: whole(dataset, 'x00280008') ?? 1,
    samples_per_pixel: dataset.uint16('x00280002') ?? null,
    photometric: text('x00280004'),
    bits_allocated: dataset.uint16('x00280100') ?? null,
    bits_stored: dataset.uint16('x00280101') ?? null,
    pixel_spacing_row: spacingRow,
    pixel_spacing_column: spacingColumn,
    slice_thickness: decimal(dataset, 'x00180050'),
    kvp: decimal(dataset, 'x00180060'),
    rescale_slope: decimal(dataset, 'x00281053'),
    rescale_intercept: decimal(dataset, 'x00281052'),
    window_center: decimal(dataset, 'x00281050'),
    window_width: decimal(dataset, 'x00281051'),
    burned_in: text('x00280301'),
  }
}

/**
 * `2.25.` and the first 128 bits of the UID's SHA-256 as a decimal: files of one study stay together without telling
 * which study it was to anyone who does not hold its UID. Source: PS3.5 B.2; PS3.15 table E.1-1, action U.
 */
function hashedUid(uid: string | null): string | null {
  if (uid === null) return null
  const digest = createHash('sha256').update(uid, 'ascii').digest('hex')
  return `2.25.${BigInt(`0x${digest.slice(0, 32)}`)}`
}

/** `20040826`, or `2004.08.26` of ACR-NEMA. */
function yearOf(date: string | null): number | null {
  const year = Number(date?.slice(0, 4))
  return Number.isInteger(year) && year >= 1900 && year <= 2200 ? year : null
}

function decimals(dataset: DataSet, tag: string): number[] {
  const count = dataset.numStringValues(tag) ?? 0
  return Array.from({ length: Math.min(count, 2) }, (_, i) => dataset.floatString(tag, i) ?? Number.NaN).filter(Number.isFinite)
}

/** First value of a decimal string. */
export const decimal = (dataset: DataSet, tag: string): number | null => decimals(dataset, tag)[0] ?? null

function whole(dataset: DataSet, tag: string): number | null {
  const value = dataset.intString(tag)
  return value !== undefined && Number.isFinite(value) ? value : null
}
