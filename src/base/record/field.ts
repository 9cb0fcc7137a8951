import type { Words } from '../problem/index.ts'
import type { Shape } from './shape.ts'

/**
 * What a value is. `text`, `category`, `json`, `media` are held as strings; the others as float64
 * (boolean 0/1; timestamp and date as milliseconds since 1970-01-01T00:00Z). A `media` value is
 * `<sha256>.<extension>` of the bytes in the media store; a `json` value is canonical JSON.
 */
export type FieldType = 'text' | 'category' | 'integer' | 'number' | 'boolean' | 'timestamp' | 'date' | 'json' | 'media'

/** What a field is for. At most one `time`, `label` and `split` a table. */
export type FieldRole = 'text' | 'label' | 'time' | 'group' | 'split' | 'image' | 'feature' | 'identifier' | 'note'

export interface Field {
  readonly name: string
  readonly type: FieldType
  /** Names under which raw files hold it; the field's own name always counts. */
  readonly from?: readonly string[] | undefined
  readonly role?: FieldRole | undefined
  /** UCUM code of the unit in the release, e.g. `Cel`, `m/s`, `mm[Hg]`. */
  readonly unit?: string | undefined
  /** UCUM code of the unit in the raw files, when it differs from `unit`. */
  readonly rawUnit?: string | undefined
  readonly range?: readonly [number, number] | undefined
  /** Allowed values of a category. */
  readonly codes?: readonly string[] | undefined
  /** Name of a code list of the pack (`packs/<pack>/codes/<name>.csv`: code,zh,en[,aliases split by |]). */
  readonly codeList?: string | undefined
  readonly required?: boolean | undefined
  /** Part of the record's natural key. */
  readonly key?: boolean | undefined
  /** Only an expert may label or correct it (medicine, law). */
  readonly expert?: boolean | undefined
  /**
   * Raw values have this type already, as JSON has it, and the record has the key: `"1"` is no integer, 1 no text.
   * Nothing is converted.
   */
  readonly exact?: boolean | undefined
  /** What a `json` value must look like. */
  readonly shape?: Shape | undefined
  readonly meaning?: Words | undefined
}

const NUMERIC: ReadonlySet<FieldType> = new Set(['integer', 'number', 'boolean', 'timestamp', 'date'])

/** Is a field of this type held in a numeric column? */
export const isNumeric = (type: FieldType): boolean => NUMERIC.has(type)
