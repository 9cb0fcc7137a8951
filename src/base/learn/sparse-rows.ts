/** Rows with few non-zero features each (compressed sparse rows). */
export interface SparseRows {
  /** Features are numbered 0 … width − 1. */
  readonly width: number
  /** Row r holds entries starts[r] … starts[r + 1] − 1. */
  readonly starts: Uint32Array
  readonly features: Uint32Array
  readonly values: Float32Array
}

export const rowCount = (rows: SparseRows): number => rows.starts.length - 1

/** Builds sparse rows one at a time. */
export class SparseRowsBuilder {
  private readonly width: number
  private readonly starts: number[] = [0]
  private features = new Uint32Array(1024)
  private values = new Float32Array(1024)
  private used = 0

  constructor(width: number) {
    this.width = width
  }

  put(feature: number, value: number): void {
    if (this.used === this.features.length) {
      const features = new Uint32Array(this.used * 2)
      const values = new Float32Array(this.used * 2)
      features.set(this.features)
      values.set(this.values)
      this.features = features
      this.values = values
    }
    this.features[this.used] = feature
    this.values[this.used++] = value
  }

  endRow(): void {
    this.starts.push(this.used)
  }

  build(): SparseRows {
    return {
      width: this.width,
      starts: Uint32Array.from(this.starts),
      features: this.features.slice(0, this.used),
      values: this.values.slice(0, this.used),
    }
  }
}
