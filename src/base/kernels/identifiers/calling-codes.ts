/** Digits of a national number: [fewest, most]. */
type Lengths = readonly [number, number]

/** National number lengths of the countries whose numbers turn up most; source: ITU-T E.164 national numbering plans. */
const LENGTHS: ReadonlyMap<string, Lengths> = new Map([
  ['1', [10, 10]],
  ['7', [10, 10]],
  ['20', [9, 10]],
  ['27', [9, 9]],
  ['30', [10, 10]],
  ['31', [9, 9]],
  ['32', [8, 9]],
  ['33', [9, 9]],
  ['34', [9, 9]],
  ['36', [8, 9]],
  ['39', [8, 11]],
  ['40', [9, 9]],
  ['41', [9, 9]],
  ['43', [8, 13]],
  ['44', [9, 10]],
  ['45', [8, 8]],
  ['46', [7, 10]],
  ['47', [8, 8]],
  ['48', [9, 9]],
  ['49', [8, 12]],
  ['51', [8, 9]],
  ['52', [10, 11]],
  ['54', [10, 11]],
  ['55', [10, 11]],
  ['56', [9, 9]],
  ['57', [8, 10]],
  ['60', [8, 10]],
  ['61', [9, 9]],
  ['62', [8, 12]],
  ['63', [8, 10]],
  ['64', [8, 10]],
  ['65', [8, 8]],
  ['66', [8, 9]],
  ['81', [9, 10]],
  ['82', [8, 10]],
  ['84', [9, 10]],
  ['86', [9, 11]],
  ['90', [10, 10]],
  ['91', [10, 10]],
  ['92', [9, 10]],
  ['94', [9, 9]],
  ['95', [8, 10]],
  ['98', [10, 10]],
  ['852', [8, 8]],
  ['853', [8, 8]],
  ['886', [8, 9]],
  ['971', [8, 9]],
  ['972', [8, 9]],
  ['966', [8, 9]],
])

/** All other assigned codes; their numbers may have 7 to 12 digits. */
const OTHERS =
  /^(?:53|58|93|21[1-3678]|22[0-9]|23[0-9]|24[0-9]|25[0-8]|26[0-9]|29[017-9]|35[0-9]|37[0-9]|38[0-35-79]|42[013]|50[0-9]|59[0-9]|67[02-9]|68[0-35-9]|69[0-2]|855|856|880|96[0-57-8]|97[03-7]|99[2-689])/
const OTHER_LENGTHS: Lengths = [7, 12]

/** The longest calling code that begins the digits, and how long its national numbers are. */
export function callingCode(digits: string): { readonly code: string; readonly lengths: Lengths } | undefined {
  for (let size = 3; size > 0; size--) {
    const lengths = LENGTHS.get(digits.slice(0, size))
    if (lengths) return { code: digits.slice(0, size), lengths }
  }
  const other = OTHERS.exec(digits)?.[0]
  return other ? { code: other, lengths: OTHER_LENGTHS } : undefined
}
