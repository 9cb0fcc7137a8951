import { createRequire } from 'node:module'

export const CHINESE_REGIONS = ['generic', 'taiwan', 'taiwan-words', 'hongkong'] as const
export type ChineseRegion = (typeof CHINESE_REGIONS)[number]

/** Names of OpenCC's configurations. */
const OPENCC = { generic: 't', taiwan: 'tw', 'taiwan-words': 'twp', hongkong: 'hk' } as const

interface OpenCc {
  readonly Converter: (options: { from: string; to: string }) => (text: string) => string
}

type Convert = (text: string) => string

const FIRST_HAN = 0x3400
const LAST_HAN = 0x9fff
const converters = new Map<string, Convert>()

/**
 * Converts between traditional and simplified Chinese by OpenCC's dictionaries, phrases first. A text without a single
 * character that changes by itself is taken to be in the wanted form already and left: some phrases (一坏, 一出) would
 * change it wrongly. The dictionaries are read at the first use and kept; 17 to 32 MB/s where something changes.
 */
export function chineseConverter(direction: 'simplify' | 'traditional', region: ChineseRegion): Convert {
  const name = `${direction} ${region}`
  const known = converters.get(name)
  if (known) return known
  const made = direction === 'simplify' ? load('t2cn', OPENCC[region], 'cn') : load('cn2t', 'cn', OPENCC[region])
  converters.set(name, made)
  return made
}

function load(dictionaries: string, from: string, to: string): Convert {
  const require = createRequire(import.meta.url)
  const convert = (require(`opencc-js/${dictionaries}`) as OpenCc).Converter({ from, to })
  const changes = new Uint8Array(0x10000)
  for (let code = FIRST_HAN; code <= LAST_HAN; code++) {
    const character = String.fromCharCode(code)
    if (convert(character) !== character) changes[code] = 1
  }
  return (text) => {
    for (let i = 0; i < text.length; i++) if (changes[text.charCodeAt(i)] === 1) return convert(text)
    return text
  }
}
