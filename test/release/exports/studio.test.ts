import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { written } from '../export-texts.ts'
import { idsOf, type MadeTable, makeRelease } from '../make-release.ts'
import { boxedImages, classedImages, pngs, ROWS, SENTENCES } from './made-tables.ts'

interface Task {
  readonly data: Record<string, unknown>
  readonly annotations?: readonly { readonly result: readonly Result[] }[]
  readonly predictions?: readonly { readonly model_version: string; readonly result: readonly Result[] }[]
}
interface Result {
  readonly from_name: string
  readonly to_name: string
  readonly type: string
  readonly value: Record<string, unknown>
}

interface Tag {
  readonly name: string
  readonly attributes: Record<string, string>
}

function tagsOf(xml: string): Tag[] {
  const tags: Tag[] = []
  const parser = new SaxesParser()
  parser.on('opentag', (tag) => tags.push({ name: tag.name, attributes: tag.attributes as Record<string, string> }))
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return tags
}

/** Every result must answer a control of the configuration about an object of it, with a value that is on offer. */
function check(config: string, tasks: readonly Task[]): void {
  const tags = tagsOf(config)
  const named = new Map(tags.filter((tag) => tag.attributes['name']).map((tag) => [tag.attributes['name'] as string, tag]))
  const offered = new Set(tags.filter((tag) => tag.name === 'Label' || tag.name === 'Choice').map((tag) => tag.attributes['value']))
  for (const tag of named.values()) {
    const shown = tag.attributes['value']?.slice(1)
    if (shown !== undefined && tag.name !== 'Header') for (const task of tasks) expect([shown, ...Object.keys(task.data)]).toContain(shown)
  }
  for (const result of tasks.flatMap((task) => (task.annotations ?? task.predictions ?? []).flatMap((one) => one.result))) {
    const control = named.get(result.from_name)
    expect(control?.name.toLowerCase()).toBe(result.type)
    expect(control?.attributes['toName']).toBe(result.to_name)
    expect(named.has(result.to_name)).toBe(true)
    const values = result.value[result.type]
    if (Array.isArray(values)) for (const value of values) expect(offered).toContain(value)
  }
}

async function exported(table: MadeTable, parameters: Record<string, unknown> = {}, media?: ReadonlyMap<string, Uint8Array>) {
  const out = await written(await makeRelease({ tables: [table], ...(media ? { media } : {}) }), 'labelstudio', parameters)
  const tasks = out.json('tasks.json') as Task[]
  const config = out.text('config.xml')
  check(config, tasks)
  return { tasks, config, ...out }
}

describe('labelstudio', () => {
  it('gives boxes in percent of the image', async () => {
    const media = await pngs(['red', 'green', 'blue'])
    const table = boxedImages(media)
    const { tasks, folder } = await exported(table, {}, media)
    expect(tasks.length).toBe(4)
    expect(tasks[0]?.annotations?.[0]?.result.map((one) => one.value)).toEqual([
      { x: 10, y: 10, width: 25, height: 40, rotation: 0, rectanglelabels: ['car'] },
      { x: 75, y: 50, width: 50, height: 100, rotation: 0, rectanglelabels: ['狗'] },
    ])
    const path = String(tasks[0]?.data['image']).replace('/data/local-files/?d=', '')
    expect(existsSync(join(folder, path))).toBe(true)
  })

  it('gives classes of images as choices', async () => {
    const media = await pngs(['red', 'green', 'blue'])
    const { tasks } = await exported(classedImages(media), { mediaUrl: 'https://example.org/m/' }, media)
    expect(tasks.map((task) => task.annotations?.[0]?.result[0]?.value)).toEqual([
      { choices: ['weed'] },
      { choices: ['crop'] },
      undefined,
      { choices: ['../up'] },
    ])
    expect(String(tasks[0]?.data['image'])).toMatch(/^https:\/\/example\.org\/m\/media\/[0-9a-f]{2}\/[0-9a-f]{64}\.png$/)
  })

  it('gives spans with the text that they cover, as annotations or as predictions', async () => {
    const { tasks } = await exported(SENTENCES, { as: 'predictions' })
    expect(tasks.map((task) => task.predictions?.[0]?.result.map((one) => one.value['text']))).toEqual([
      ['张三', '北京大学'],
      ['Anna', 'New York', '🌾'],
      undefined,
      undefined,
    ])
    expect(tasks[0]?.predictions?.[0]?.model_version).toBe('made 1.0.0')
    expect(tasks[0]?.data).toEqual({
      text: '张三在北京大学读书。',
      record_id: idsOf(SENTENCES)[0],
      split: 'train',
      fields: { source: 'a' },
    })
  })

  it('asks for the label of a text, of a number, and of a row', async () => {
    const texts = await exported({ ...ROWS, modality: 'text' })
    expect(texts.tasks.map((task) => task.annotations?.[0]?.result[0]?.value)).toEqual([
      { choices: ['良'] },
      undefined,
      { choices: ['未知'] },
      { choices: ['优'] },
    ])
    expect(texts.tasks[0]?.data).toMatchObject({ shown0: 'a,"b"\r\nc', fields: { n: -1.5, ok: true, extra: { k: [1, 'x'] } } })
    const numbers: MadeTable = {
      name: 'n',
      fields: [
        { name: 'x', type: 'number' },
        { name: 'y<"&>', type: 'number', role: 'label' },
      ],
      rows: [{ x: 1, 'y<"&>': 2.5 }],
    }
    const { tasks, config } = await exported(numbers)
    expect(tasks[0]).toMatchObject({ data: { record: { x: 1 } }, annotations: [{ result: [{ type: 'number', value: { number: 2.5 } }] }] })
    expect(config).toContain('<Table name="record" value="$record"/>')
  })

  it('escapes labels in the configuration', async () => {
    const table: MadeTable = {
      name: 't',
      modality: 'text',
      fields: [
        { name: 'text', type: 'text', role: 'text' },
        { name: 'label', type: 'category', role: 'label' },
      ],
      rows: [{ text: 'x', label: '<a href="x">&\'</a>' }],
    }
    const { config } = await exported(table)
    expect(tagsOf(config).find((tag) => tag.name === 'Choice')?.attributes['value']).toBe('<a href="x">&\'</a>')
  })
})
