/** The part of yauzl 3.4 that is used here; the package ships no types. */
declare module 'yauzl' {
  export interface Entry {
    readonly fileNameRaw: Buffer
    readonly generalPurposeBitFlag: number
    readonly compressionMethod: number
    readonly crc32: number
    readonly compressedSize: number
    readonly uncompressedSize: number
    readonly externalFileAttributes: number
    readonly extraFields: readonly { readonly id: number; readonly data: Buffer }[]
  }

  export interface ZipFile {
    readonly entryCount: number
    eachEntry(): AsyncIterable<Entry>
    readLocalFileHeaderPromise(entry: Entry, options: { minimal: true }): Promise<{ readonly fileDataStart: number }>
  }

  export class RandomAccessReader {
    read(buffer: Buffer, offset: number, length: number, position: number, callback: (error?: unknown) => void): void
  }

  export function fromRandomAccessReaderPromise(
    reader: RandomAccessReader,
    totalSize: number,
    options: { readonly decodeStrings: false; readonly autoClose: false },
  ): Promise<ZipFile>

  export function getFileNameLowLevel(flags: number, name: Buffer, extraFields: Entry['extraFields'], strict: boolean): string
}
