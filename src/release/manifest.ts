import { canonicalJson } from '../base/record/index.ts'

/** A file of a release. */
export interface ManifestFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** A table of a release, with its Parquet files in order of shard and split. */
export interface ManifestTable {
  readonly name: string
  readonly modality: string
  readonly records: number
  readonly files: readonly { readonly path: string; readonly split: string; readonly records: number }[]
}

/** How many records came in, and what became of them: in = out + merged + quarantined. */
export interface Counts {
  readonly in: number
  readonly out: number
  readonly merged: number
  readonly quarantined: number
}

/** `manifest.json`: everything that a release is, by hash. What is signed is this file. */
export interface Manifest {
  readonly format: 'highgrade-release/1'
  readonly dataset: string
  readonly version: string
  /** Merkle tree hash (RFC 6962) over the SHA-256 of the canonical records (RFC 8785), ordered by id. */
  readonly root: string
  readonly counts: Counts
  readonly tables: readonly ManifestTable[]
  readonly files: readonly ManifestFile[]
}

export const MANIFEST = 'manifest.json'

/** The manifest's bytes: canonical JSON, so that equal releases have equal manifests. */
export const manifestText = (manifest: Manifest): string => `${canonicalJson(manifest)}\n`
