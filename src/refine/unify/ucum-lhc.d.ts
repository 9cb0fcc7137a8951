/** What Highgrade calls of the UCUM reference implementation, which ships no types. */
declare module '@lhncbc/ucum-lhc' {
  interface ConversionResult {
    readonly status: 'succeeded' | 'failed' | 'error'
    readonly toVal: number | null
    readonly msg: readonly string[]
  }
  interface Ucum {
    convertUnitTo(from: string, value: number, to: string): ConversionResult
    validateUnitString(unit: string): { readonly status: 'valid' | 'invalid' | 'error'; readonly ucumCode: string | null }
  }
  export const UcumLhcUtils: { getInstance(): Ucum }
}
