/** A box in pixels: left, top, right, bottom. */
export type Box = readonly [left: number, top: number, right: number, bottom: number]

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isFinite(item))

const numbersIn = (value: object, names: readonly string[]): number[] | undefined => {
  const entries = new Map<string, unknown>(Object.entries(value))
  const numbers = names.map((name) => entries.get(name))
  return isNumbers(numbers) ? numbers : undefined
}

const fromSize = ([x = 0, y = 0, width = 0, height = 0]: readonly number[]): Box => [x, y, x + width, y + height]
const fromCorners = ([x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[]): Box => [x1, y1, x2, y2]

function boxOf(value: object): Box | undefined {
  const coco: unknown = new Map<string, unknown>(Object.entries(value)).get('bbox')
  if (isNumbers(coco) && coco.length === 4) return fromSize(coco)
  const size = numbersIn(value, ['x', 'y', 'width', 'height']) ?? numbersIn(value, ['x', 'y', 'w', 'h'])
  if (size) return fromSize(size)
  const corners = numbersIn(value, ['x1', 'y1', 'x2', 'y2']) ?? numbersIn(value, ['xmin', 'ymin', 'xmax', 'ymax'])
  return corners && fromCorners(corners)
}

/** Nested objects of a label that are looked through. */
const MAX_NODES = 10_000

/**
 * The boxes in a JSON label, wherever they lie: `bbox` of four numbers (COCO: x, y, width, height), x/y/width/height,
 * x1/y1/x2/y2 or xmin/ymin/xmax/ymax. Empty when there is none or the text is no JSON.
 */
export function boxesIn(json: string): Box[] {
  let root: unknown
  try {
    root = JSON.parse(json)
  } catch {
    return []
  }
  const boxes: Box[] = []
  const open: unknown[] = [root]
  for (let seen = 0; open.length > 0 && seen < MAX_NODES; seen++) {
    const value = open.pop()
    if (typeof value !== 'object' || value === null) continue
    const box = Array.isArray(value) ? undefined : boxOf(value)
    if (box) boxes.push(box)
    else for (const item of Object.values(value)) open.push(item)
  }
  return boxes
}
