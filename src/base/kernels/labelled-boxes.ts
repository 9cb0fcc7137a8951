import { areNumbers, labelOf, labelsBeside, membersOf } from './annotation-label.ts'

/** An object in an image: pixels from the upper left corner, and what it is. */
export interface LabelledBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly label: string | undefined
}

type Corner = readonly number[]
type Place = Omit<LabelledBox, 'label'>

const fromSize = ([left = 0, top = 0, width = 0, height = 0]: Corner): Place => ({ left, top, width, height })
const fromCorners = ([left = 0, top = 0, right = 0, bottom = 0]: Corner): Place => ({
  left,
  top,
  width: right - left,
  height: bottom - top,
})

/** Names of the four numbers of a box, with what they mean. */
const SPELLINGS: readonly (readonly [names: readonly string[], read: (numbers: Corner) => Place])[] = [
  [['x', 'y', 'width', 'height'], fromSize],
  [['x', 'y', 'w', 'h'], fromSize],
  [['left', 'top', 'width', 'height'], fromSize],
  [['x1', 'y1', 'x2', 'y2'], fromCorners],
  [['xmin', 'ymin', 'xmax', 'ymax'], fromCorners],
  [['left', 'top', 'right', 'bottom'], fromCorners],
]

function placeOf(members: ReadonlyMap<string, unknown>): Place | undefined {
  const coco = members.get('bbox')
  if (areNumbers(coco) && coco.length === 4) return fromSize(coco)
  for (const [names, read] of SPELLINGS) {
    const numbers = names.map((name) => members.get(name))
    if (areNumbers(numbers)) return read(numbers)
  }
  return undefined
}

const areBoxes = (value: unknown): value is number[][] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => areNumbers(item) && item.length === 4)

/** Boxes in one list beside their labels: `bbox` with sizes (Hugging Face), `boxes` with corners (torchvision). */
function placesOf(members: ReadonlyMap<string, unknown>): LabelledBox[] {
  for (const [name, read] of [
    ['bbox', fromSize],
    ['boxes', fromCorners],
  ] as const) {
    const list = members.get(name)
    if (!areBoxes(list)) continue
    const labels = labelsBeside(members, list.length)
    return list.map((numbers, i) => ({ ...read(numbers), label: labels?.[i] ?? labelOf(members) }))
  }
  return []
}

/**
 * The boxes of an annotation, wherever they lie in it, in their order: `bbox` of x, y, width, height (COCO); x/y/width/height,
 * x1/y1/x2/y2, xmin/… or left/…; lists `bbox` (x, y, width, height) or `boxes` (corners) beside a list of labels; a bare
 * list of four numbers is x, y, width, height. The label stands in the box's object or in one around it.
 * @param value the annotation as parsed JSON
 */
export function labelledBoxes(value: unknown): LabelledBox[] {
  if (areNumbers(value) && value.length === 4) return [{ ...fromSize(value), label: undefined }]
  if (areBoxes(value)) return value.map((numbers) => ({ ...fromSize(numbers), label: undefined }))
  const boxes: LabelledBox[] = []
  const open: Inner[] = [{ value, label: undefined }]
  for (let next = open.pop(); next; next = open.pop()) {
    const inner = innerOf(next)
    for (const box of inner.boxes) boxes.push(box)
    for (const item of inner.rest.reverse()) open.push(item)
  }
  return boxes
}

/** A value in an annotation, with the label around it. */
interface Inner {
  readonly value: unknown
  readonly label: string | undefined
}

/** The boxes of one value, or what is to be looked through instead. */
function innerOf({ value, label }: Inner): { readonly boxes: readonly LabelledBox[]; readonly rest: Inner[] } {
  if (typeof value !== 'object' || value === null) return { boxes: [], rest: [] }
  const members = membersOf(value)
  const isList = Array.isArray(value)
  const own = isList ? label : (labelOf(members) ?? label)
  const boxes = isList ? [] : boxesHere(members, own)
  return { boxes, rest: boxes.length > 0 ? [] : [...members.values()].map((item) => ({ value: item, label: own })) }
}

function boxesHere(members: ReadonlyMap<string, unknown>, label: string | undefined): LabelledBox[] {
  const place = placeOf(members)
  return place ? [{ ...place, label }] : placesOf(members)
}
