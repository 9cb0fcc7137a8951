/** A share in 0..1 as a score in 0..100, to four decimals. */
export const toScore = (share: number): number => rounded(100 * Math.min(1, Math.max(0, share)))

/** A figure to four decimals, so that the same grade has the same bytes everywhere; −0 is 0. */
export const rounded = (value: number): number => Math.round(value * 1e4) / 1e4 + 0
