import { parquetMetadataAsync, parquetRead } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { exists, join, openFile, readBytes, writeAtomic } from '../../base/store/index.ts'
import { mediaPath } from '../../refine/index.ts'
import type { ExportFile, ExportTable } from '../export-form.ts'
import { readTable } from './export-tables.ts'
import type { FilePiece } from './release-file.ts'

/** Folder of the media in a release and in what is exported from it. */
export const MEDIA = 'media'

/** Bytes of the medium in one row; null where it has none. */
export type MediaOf = (row: number) => Promise<Uint8Array | null>

/**
 * Bytes of the media of some records: from the release's media folder, else from the Parquet file.
 * Where they are only in the Parquet file, those of one row group are held at once.
 */
export function mediaOf(folder: string, piece: FilePiece, field: string): MediaOf {
  const column = piece.batch.columns.get(field)
  let embedded: Promise<unknown[]> | undefined
  return async (row) => {
    const name = column?.kind === 'text' ? (column.values[row] ?? null) : null
    if (name === null) return null
    const path = mediaPath(join(folder, MEDIA), name)
    if (await exists(path)) return readBytes(path)
    embedded ??= readEmbedded(piece, field)
    const bytes = ((await embedded)[row] as { bytes?: unknown } | null | undefined)?.bytes
    return bytes instanceof Uint8Array ? bytes : null
  }
}

async function readEmbedded({ path, rowStart, batch }: FilePiece, field: string): Promise<unknown[]> {
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

/** The media of some tables as files under `media/`, each of its content once. @param missing is told records whose medium is nowhere */
export async function* mediaFiles(
  folder: string,
  tables: readonly ExportTable[],
  missing: (id: string) => void,
): AsyncIterable<ExportFile> {
  for (const table of tables) {
    const fields = table.fields.filter((field) => field.type === 'media').map((field) => field.name)
    if (fields.length === 0) continue
    for await (const piece of readTable(table)) for (const field of fields) yield* filesOf(folder, piece, field, missing)
  }
}

async function* filesOf(folder: string, piece: FilePiece, field: string, missing: (id: string) => void): AsyncIterable<ExportFile> {
  const bytesOf = mediaOf(folder, piece, field)
  const column = piece.batch.columns.get(field)
  for (const [row, id] of piece.batch.ids.entries()) {
    const name = column?.kind === 'text' ? (column.values[row] ?? null) : null
    if (name === null) continue
    const write = async (to: string): Promise<void> => {
      if (await exists(to)) return
      const bytes = await bytesOf(row)
      if (bytes) await writeAtomic(to, bytes)
      else missing(id)
    }
    yield { path: mediaPath(MEDIA, name), write }
  }
}

const KINDS: readonly (readonly [kind: 'image' | 'audio' | 'video', extensions: RegExp])[] = [
  ['image', /\.(?:png|jpe?g|tiff?|webp|gif|bmp|dcm|svg|avif|heic)$/i],
  ['audio', /\.(?:wav|flac|mp3|ogg|m4a|aac|opus)$/i],
  ['video', /\.(?:mp4|mov|mkv|avi|webm)$/i],
]

/** What a medium is, from its name. */
export const mediaKind = (name: string): 'image' | 'audio' | 'video' | 'other' =>
  KINDS.find(([, extensions]) => extensions.test(name))?.[0] ?? 'other'
