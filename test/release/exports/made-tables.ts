import sharp from 'sharp'
import type { Field } from '../../../src/base/record/index.ts'
import { type MadeTable, mediumName, type Value } from '../make-release.ts'

/** Rows of every type, with texts that break careless writers. */
export const ROWS: MadeTable = {
  name: 'rows',
  modality: 'table',
  fields: [
    { name: 'note', type: 'text' },
    { name: 'n', type: 'number', unit: 'Cel' },
    { name: 'count', type: 'integer' },
    { name: 'ok', type: 'boolean' },
    { name: 'at', type: 'timestamp', role: 'time' },
    { name: 'day', type: 'date' },
    { name: 'extra', type: 'json' },
    { name: '等级', type: 'category', role: 'label', codes: ['优', '良', '差'] },
  ],
  rows: [
    { note: 'a,"b"\r\nc', n: -1.5, count: 3, ok: 1, at: 1_700_000_000_000, day: 86_400_000, extra: '{"k":[1,"x"]}', 等级: '良' },
    { note: '=HYPERLINK("http://x")', n: 1e21, count: -7, ok: 0, at: 0, day: 0, extra: 'null', 等级: '优' },
    { note: '', n: null, count: null, ok: null, at: null, day: null, extra: null, 等级: null },
    { note: '＠cmd 中文 🌾', n: 0.1, count: 9_007_199_254_740_991, ok: 1, at: -1, day: -86_400_000, extra: '"@"', 等级: '未知' },
  ],
  splits: ['train', 'test', 'train', 'train'],
}

/** Sentences with labelled spans: offsets count code points. */
export const SENTENCES: MadeTable = {
  name: 'sentences',
  modality: 'text',
  fields: [
    { name: 'text', type: 'text', role: 'text' },
    { name: 'entities', type: 'json' },
    { name: 'source', type: 'category' },
  ],
  rows: [
    { text: '张三在北京大学读书。', entities: '[{"start":0,"end":2,"label":"人名"},{"start":3,"end":7,"label":"机构"}]', source: 'a' },
    { text: 'Anna visited New Yorker HQ 🌾 in 2024', entities: '[[0,4,"PER"],[13,21,"LOC"],[27,28,"CROP"],[13,17,"X"]]', source: 'b' },
    { text: '没有实体', entities: null, source: null },
    { text: null, entities: '[]', source: 'c' },
    { text: 'out', entities: '[{"start":1,"end":99,"label":"Z"},{"start":0,"end":0,"label":"Z"}]', source: 'd' },
  ],
}

/** Small images of one colour each. */
export async function pngs(colours: readonly string[], width = 40, height = 20): Promise<Map<string, Uint8Array>> {
  const media = new Map<string, Uint8Array>()
  for (const background of colours) {
    const bytes = await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer()
    media.set(mediumName(bytes, 'png'), bytes)
  }
  return media
}

const IMAGE: Field = { name: 'image', type: 'media', role: 'image' }

/** Images with boxes in several spellings. */
export function boxedImages(media: ReadonlyMap<string, Uint8Array>): MadeTable {
  const names = [...media.keys()]
  const rows: Record<string, Value>[] = [
    {
      image: names[0] ?? null,
      objects: '[{"bbox":[4,2,10,8],"category":"car"},{"bbox":[30,10,20,20],"category":"狗"}]',
      width: 40,
      height: 20,
    },
    {
      image: names[1] ?? null,
      objects: '{"labels":[{"category":"car","box2d":{"x1":0,"y1":0,"x2":40,"y2":20}}]}',
      width: null,
      height: null,
    },
    { image: names[2] ?? null, objects: '[]', width: 40, height: 20 },
    { image: null, objects: '[{"bbox":[0,0,1,1],"category":"car"}]', width: 40, height: 20 },
    { image: names[0] ?? null, objects: '[{"bbox":[5,5,0,3],"category":"car"}]', width: 40, height: 20 },
  ]
  return {
    name: 'boxed',
    modality: 'image',
    fields: [IMAGE, { name: 'objects', type: 'json' }, { name: 'width', type: 'integer' }, { name: 'height', type: 'integer' }],
    rows,
    splits: ['train', 'train', 'test', 'train', 'train'],
  }
}

/** Images of classes, one of whose names would leave the folder. */
export function classedImages(media: ReadonlyMap<string, Uint8Array>): MadeTable {
  const names = [...media.keys()]
  return {
    name: 'classed',
    modality: 'image',
    fields: [IMAGE, { name: 'species', type: 'category', role: 'label', codeList: 'species' }],
    rows: [
      { image: names[0] ?? null, species: 'weed' },
      { image: names[1] ?? null, species: '../up' },
      { image: names[2] ?? null, species: 'crop' },
      { image: names[2] ?? null, species: null },
    ],
    splits: ['train', 'test', 'train', 'train'],
    codeLists: { species: ['crop', 'weed'] },
  }
}

/** What the national record format demands of a recipe. */
export const TERMS = {
  license: 'CC-BY-4.0',
  provenance: {
    source: '自采',
    details: '示例农场 3 号田',
    originalTime: '2024-05-01',
    lastModifiedTime: '2024-06-30T08:00:00Z',
    generated: false,
  },
} as const
