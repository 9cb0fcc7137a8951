/**
 * Order of two texts by UTF-16 code units, as RFC 8785 and `Array.prototype.sort` have it: the same in every locale, on every machine.
 * @returns below 0, 0 or above 0
 */
export const compareCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
