import { canonicalJson, type Field, type FieldType } from '../base/record/index.ts'
import type { Manifest } from './manifest.ts'

/** What a Croissant document says of a release beyond its manifest. */
export interface CroissantFacts {
  readonly title: string
  readonly description: string
  readonly license: string
  readonly publisher: string
  readonly url: string
  readonly datePublished: string
  readonly fields: ReadonlyMap<string, readonly Field[]>
  /** Names of the media that lie in the release as files. */
  readonly media: readonly string[]
}

const MIME: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  webp: 'image/webp',
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
}

/** Kinds of files among the media. */
function mediaTypes(names: readonly string[]): { extension: string; mime: string }[] {
  const extensions = new Set(names.map((name) => name.split('.').at(-1) ?? ''))
  return [...extensions].sort().map((extension) => ({ extension, mime: MIME[extension] ?? 'application/octet-stream' }))
}

/** Context of Croissant 1.0. `sha256` must stay schema.org's, or mlcroissant finds none. */
const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileProperty: 'cr:fileProperty',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  rai: 'http://mlcommons.org/croissant/RAI/',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  samplingRate: 'cr:samplingRate',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
}

const DATA_TYPE: Readonly<Record<FieldType, string>> = {
  text: 'sc:Text',
  category: 'sc:Text',
  json: 'sc:Text',
  integer: 'sc:Integer',
  number: 'sc:Float',
  boolean: 'sc:Boolean',
  timestamp: 'sc:DateTime',
  date: 'sc:Date',
  media: 'sc:Text',
}

/** `application/x-parquet` is the only name under which mlcroissant 1.1.1 reads Parquet. */
const PARQUET = 'application/x-parquet'

/** `croissant.json` of a release (Croissant 1.0): a file set and a record set a table. */
export function croissantText(manifest: Manifest, facts: CroissantFacts): string {
  const filled = manifest.tables.filter((table) => table.records > 0)
  const distribution = filled.map((table) => ({
    '@type': 'cr:FileSet',
    '@id': `${table.name}-files`,
    name: `${table.name}-files`,
    encodingFormat: PARQUET,
    includes: `data/${table.name}/*.parquet`,
  }))
  const media = mediaTypes(facts.media).map((type) => ({
    '@type': 'cr:FileSet',
    '@id': `media-${type.extension}`,
    name: `media-${type.extension}`,
    encodingFormat: type.mime,
    includes: `media/*/*.${type.extension}`,
  }))
  const recordSet = filled.map((table) => ({
    '@type': 'cr:RecordSet',
    '@id': table.name,
    name: table.name,
    field: [{ name: 'id', type: 'text' as const }, ...(facts.fields.get(table.name) ?? [])].map((field) =>
      croissantField(table.name, field),
    ),
  }))
  return `${canonicalJson({
    '@context': CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    name: manifest.dataset,
    alternateName: facts.title,
    description: facts.description,
    url: facts.url,
    license: facts.license,
    version: manifest.version,
    datePublished: facts.datePublished,
    citeAs: `${facts.publisher}: ${manifest.dataset} ${manifest.version}, ${manifest.root}`,
    creator: { '@type': 'Organization', name: facts.publisher },
    isLiveDataset: false,
    distribution: [...distribution, ...media],
    recordSet,
  })}\n`
}

/**
 * A medium is given as its path in the release: as an ImageObject mlcroissant decodes it while iterating, and fails
 * where Pillow is not installed. The files themselves are the file set `media`.
 */
function croissantField(table: string, field: Field): unknown {
  const isMedium = field.type === 'media'
  const meaning = field.meaning ? `${field.meaning.en} / ${field.meaning.zh}${field.unit ? ` [${field.unit}]` : ''}` : undefined
  return {
    '@type': 'cr:Field',
    '@id': `${table}/${field.name}`,
    name: field.name,
    description: isMedium ? 'path of the medium within the release' : meaning,
    dataType: DATA_TYPE[field.type],
    source: {
      fileSet: { '@id': `${table}-files` },
      extract: { column: field.name },
      transform: isMedium ? { jsonPath: 'path' } : undefined,
    },
  }
}
