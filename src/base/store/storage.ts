/** What lies at a path. */
export type Look = 'file' | 'folder' | 'nothing'

/** What tells one state of a file from another: its ETag, or size and time of change. Says nothing by itself. */
export type Pin = string

/** A state of a file that was seen before. */
export interface Known {
  /** Bytes. */
  readonly size: number
  readonly pin: Pin
}

/** An entry of an input folder: a file to read, or something that is not one, with its reason. */
export type Found =
  | { readonly kind: 'file'; readonly path: string; readonly size: number; readonly pin: Pin }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: string }

/** Size in bytes and SHA-256, hex, of a file. */
export interface FileHash {
  readonly bytes: number
  readonly sha256: string
}

/** A file that is open for reading. */
export interface OpenedFile extends Known {
  /** Reads up to `length` bytes from `offset`; fewer at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>
  /** Streams [start, end) in pieces of about 1 MiB at most. */
  stream(start: number, end: number): AsyncIterable<Uint8Array>
  /** A real local file with these bytes, there until `close`. */
  localPath(): Promise<string>
  close(): Promise<void>
}

export interface MoveOptions {
  /** Name of the file that makes the folder visible as a whole: readers take a folder without it for absent. */
  readonly last: string | undefined
  /** SHA-256 of files by path in the folder; where one is known, the moved file is checked against it. */
  readonly hashes: ReadonlyMap<string, string>
}

/**
 * Where bytes lie: folders or an object store. Paths are whole (`/data/x`, `s3://bucket/x`).
 * What the storage itself does wrong is thrown as a ProblemError `store/…`.
 */
export interface Storage {
  look(path: string): Promise<Look>
  /** Files below `start` in a folder, sorted by path; what is not a readable file is given with its reason. */
  walk(folder: string, start: string): Promise<Found[]>
  /** Paths of all files below a folder, relative, `/` between parts, sorted by code units. */
  list(folder: string): Promise<string[]>
  /** @param known state that the file must still be in */
  open(path: string, known?: Known): Promise<OpenedFile>
  /** All bytes of a file. */
  read(path: string): Promise<Uint8Array>
  /** Size and SHA-256 of a file as they were confirmed when it was written, where the storage notes them. */
  noted(path: string): Promise<FileHash | undefined>
  /** The file is there whole or not at all. */
  write(path: string, bytes: Uint8Array): Promise<void>
  /** Streams pieces into a file that appears whole or not at all. */
  writeStream(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void>
  /** Removes a file or a folder with all in it. */
  remove(path: string): Promise<void>
  makeFolder(path: string): Promise<void>
  /** Moves a folder to a place where nothing is. `taken` when something is there: then nothing was changed. */
  moveFolder(from: string, to: string, options: MoveOptions): Promise<'moved' | 'taken'>
}
