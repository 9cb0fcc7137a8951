import { isWebAddress } from '../../base/kernels/index.ts'
import { fail, type Outcome, succeed } from '../../base/problem/index.ts'
import type { Recipe } from '../../base/recipe/index.ts'
import { recipeLacks } from '../export-problems.ts'
import { isoMoment } from './iso-moment.ts'

/** What every record of a data set shares in the national record format. */
export interface Tc609Terms {
  readonly original_time: string
  readonly last_modified_time: string
  readonly version: string
  readonly license: string
  readonly source: string
  readonly source_details: string
  /** 0 collected, 1 generated. */
  readonly generated_data_indicator: 0 | 1
}

const FORM = 'tc609'
/** Source that must be traceable by a URL. */
const INTERNET = '互联网'

/**
 * The terms as the recipe states them. Problems: recipe keys that the format demands and that are absent, empty, no
 * dates, in the wrong order, or no URL. Source: TC609-5-2025-02, mandatory fields (0204).
 */
export function tc609Terms(recipe: Recipe): Outcome<Tc609Terms> {
  const { provenance, license, version } = recipe
  const demanded = {
    license,
    'provenance.source': provenance?.source,
    'provenance.details': provenance?.details,
    'provenance.originalTime': provenance?.originalTime,
    'provenance.lastModifiedTime': provenance?.lastModifiedTime,
    'provenance.generated': provenance?.generated,
  }
  const absent = Object.entries(demanded).flatMap(([key, value]) => (value === undefined || String(value).trim() === '' ? [key] : []))
  if (absent.length > 0) return lacks(absent.join(', '), 'mandatory in TC609-5-2025-02', 'TC609-5-2025-02 的必填项')
  const [originalTime, lastModifiedTime] = [provenance?.originalTime ?? '', provenance?.lastModifiedTime ?? '']
  for (const key of ['originalTime', 'lastModifiedTime'] as const) {
    if (Number.isNaN(isoMoment(provenance?.[key] ?? '')))
      return lacks(`provenance.${key}`, `“${provenance?.[key]}” is no ISO 8601 date`, `“${provenance?.[key]}”不是 ISO 8601 日期`)
  }
  if (isoMoment(lastModifiedTime) < isoMoment(originalTime))
    return lacks('provenance.lastModifiedTime', `${lastModifiedTime} is before ${originalTime}`, `${lastModifiedTime} 早于 ${originalTime}`)
  const details = provenance?.details ?? ''
  if (provenance?.source === INTERNET && !isWebAddress(details))
    return lacks('provenance.details', 'must be a URL when the source is 互联网', '来源为互联网时须为网址')
  return succeed({
    original_time: originalTime,
    last_modified_time: lastModifiedTime,
    version,
    license: license ?? '',
    source: provenance?.source ?? '',
    source_details: details,
    generated_data_indicator: provenance?.generated ? 1 : 0,
  })
}

const lacks = (field: string, why: string, whyZh: string): Outcome<never> => fail(recipeLacks({ at: FORM, field, why, whyZh }))
