import { unitCode } from '../../base/kernels/index.ts'

/** A raw column name taken apart. */
export interface Header {
  /** The name without its unit. */
  readonly base: string
  /** UCUM code of the unit named in it; undefined when there is none. */
  readonly unit: string | undefined
  /** Words of the base in lower case, Han runs as they stand. */
  readonly words: readonly string[]
}

const BRACKETED = /[（([【{]\s*([^()（）[\]【】{}]{1,24})\s*[）)\]】}]\s*$/
const AFTER_MARK = /^(.*\S)\s*[_,，:：]\s*([^_,，:：\s]{2,16})$/
const IN_UNIT = /^(.+?)[ _]in[ _]([A-Za-z%/]{1,10})$/i

/** Units that a name may end in after `_` without brackets; shorter and everyday words (min, in, at, mi) mean too many other things. */
const PLAIN_ENDINGS: ReadonlySet<string> = new Set(
  'kg mg ug mm cm km um nm m2 m3 kPa MPa hPa Pa bar psi mmHg degC degF celsius fahrenheit kW kWh MW MWh Hz kHz MHz GHz rpm mV kV mA mAh Ah Nm pct percent ms us ns sec secs seconds minutes hours days weeks months years ppm ppb mL uL kmh kph mph mps lux rad 公斤 千克 摄氏度 公里 毫米 厘米 公顷 亩'.split(
    ' ',
  ),
)

function unitAtEnd(name: string): readonly [base: string, unit: string] | undefined {
  const bracketed = BRACKETED.exec(name)
  if (bracketed) {
    const unit = unitCode(bracketed[1] as string)
    return unit === undefined ? undefined : [name.slice(0, bracketed.index).trim(), unit]
  }
  const spoken = IN_UNIT.exec(name)
  const marked = AFTER_MARK.exec(name)
  const ending = spoken?.[2] ?? marked?.[2]
  const base = spoken?.[1] ?? marked?.[1]
  if (ending === undefined || base === undefined) return undefined
  if (!spoken && !PLAIN_ENDINGS.has(ending) && !/^[A-Za-zμµ°%]{1,5}[23²³]?\/[A-Za-z]{1,3}[23²³]?$/.test(ending)) return undefined
  const unit = unitCode(ending)
  return unit === undefined ? undefined : [base, unit]
}

/** `TreeHeightCm` → tree height cm; Han runs and digits are words of their own. */
function wordsOf(base: string): string[] {
  return base
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+|(?<=\p{Script=Han})(?=[a-z\d])|(?<=[a-z\d])(?=\p{Script=Han})/u)
    .filter((word) => word !== '')
}

/** Longest name whose end is searched for a unit. */
const MAX_LENGTH = 200

/**
 * Takes a column name apart: `温度(℃)`, `Temp [degC]`, `flow_L/min`, `duration_in_month`. A unit is only seen where it is
 * marked as one; `Volume Flow RateRMS` has none.
 */
export function readHeader(name: string): Header {
  const found = name.length <= MAX_LENGTH ? unitAtEnd(name.trim()) : undefined
  const base = found?.[0] || name.trim()
  return { base, unit: found?.[1], words: wordsOf(base) }
}
