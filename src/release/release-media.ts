import { join } from 'node:path'
import { parquetMetadataAsync, parquetRead } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { exists, openFile, readBytes } from '../base/store/index.ts'
import { mediaPath } from '../refine/index.ts'
import type { TablePiece } from './export-tables.ts'

/** Folder of the media in a release and in what is exported from it. */
export const MEDIA = 'media'

/** Bytes of the medium in one row; null where it has none. */
export type MediaOf = (row: number) => Promise<Uint8Array | null>

/**
 * Bytes of the media of some records: from the release's media folder, else from the Parquet file.
 * Where they are only in the Parquet file, those of one row group are held at once.
 */
export function mediaOf(folder: string, piece: TablePiece, field: string): MediaOf {
  const column = piece.batch.columns.get(field)
  let embedded: Promise<unknown[]> | undefined
  return async (row) => {
    const name = column?.kind === 'text' ? (column.values[row] ?? null) : null
    if (name === null) return null
    const path = mediaPath(join(folder, MEDIA), name)
    if (exists(path)) return readBytes(path)
    embedded ??= readEmbedded(piece, field)
    const bytes = ((await embedded)[row] as { bytes?: unknown } | null | undefined)?.bytes
    return bytes instanceof Uint8Array ? bytes : null
  }
}

async function readEmbedded({ path, rowStart, batch }: TablePiece, field: string): Promise<unknown[]> {
  const source = await openFile(path, path)
  try {
    const file = {
      byteLength: source.size,
      slice: async (start: number, end = source.size): Promise<ArrayBuffer> => {
        const bytes = await source.read(start, end - start)
        return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
      },
    }
    const values: unknown[] = new Array(batch.ids.length).fill(null)
    await parquetRead({
      file,
      metadata: await parquetMetadataAsync(file),
      columns: [field],
      rowStart,
      rowEnd: rowStart + batch.ids.length,
      compressors,
      utf8: false,
      onChunk: ({ columnData, rowStart: at }) => {
        for (let i = 0; i < columnData.length; i++) values[at - rowStart + i] = columnData[i]
      },
    })
    return values
  } finally {
    await source.close()
  }
}
