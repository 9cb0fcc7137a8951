/** What annotators said, as numbers: votes of one item lie together, by annotator, then class. */
export interface Votes {
  readonly nItems: number
  readonly nAnnotators: number
  readonly nClasses: number
  /** Votes of item i are those from `starts[i]` to before `starts[i + 1]`. */
  readonly starts: Int32Array
  readonly annotators: Int32Array
  readonly classes: Int32Array
}

/** One vote by numbers. */
export interface VoteColumns {
  readonly items: ArrayLike<number>
  readonly annotators: ArrayLike<number>
  readonly classes: ArrayLike<number>
}

export interface VoteSizes {
  readonly nItems: number
  readonly nAnnotators: number
  readonly nClasses: number
}

/**
 * Puts votes in order, so that whatever order they come in, sums are made in the same one and give the same bits.
 * O(votes) where items have a few each. Throws RangeError for a number out of its range.
 */
export function arrangeVotes({ items, annotators, classes }: VoteColumns, sizes: VoteSizes): Votes {
  const n = items.length
  const { nItems, nAnnotators, nClasses } = sizes
  const byItem = wholeNumbers('item', items, n, nItems)
  const byAnnotator = wholeNumbers('annotator', annotators, n, nAnnotators)
  const byClass = wholeNumbers('class', classes, n, nClasses)
  if (nAnnotators * nClasses > MOST_KEYS)
    throw new RangeError(`votes: ${nAnnotators} annotators × ${nClasses} classes, at most ${MOST_KEYS} expected`)
  // Votes of an item lie together, each as one number: who said what.
  const starts = startsOf(byItem, nItems)
  const places = starts.slice()
  const said = new Int32Array(n)
  for (let v = 0; v < n; v++) {
    const item = byItem[v] as number
    const place = places[item] as number
    said[place] = (byAnnotator[v] as number) * nClasses + (byClass[v] as number)
    places[item] = place + 1
  }
  for (let i = 0; i < nItems; i++) sortRange(said, starts[i] as number, starts[i + 1] as number)
  const sorted = { annotators: new Int32Array(n), classes: new Int32Array(n) }
  for (let at = 0; at < n; at++) {
    const key = said[at] as number
    const annotator = Math.floor(key / nClasses)
    sorted.annotators[at] = annotator
    sorted.classes[at] = key - annotator * nClasses
  }
  return { ...sizes, starts, ...sorted }
}

const MOST_KEYS = 2 ** 31 - 1
/** Votes of one item up to which moving them one by one is fastest. */
const FEW_VOTES = 32

function sortRange(values: Int32Array, from: number, to: number): void {
  if (to - from > FEW_VOTES) {
    values.subarray(from, to).sort()
    return
  }
  for (let next = from + 1; next < to; next++) {
    const value = values[next] as number
    let at = next
    for (; at > from && (values[at - 1] as number) > value; at--) values[at] = values[at - 1] as number
    values[at] = value
  }
}

/** Where the votes of each item begin when they lie in the order of items; one number more than items. */
function startsOf(items: Int32Array, nItems: number): Int32Array {
  const starts = new Int32Array(nItems + 1)
  for (let v = 0; v < items.length; v++) {
    const next = (items[v] as number) + 1
    starts[next] = (starts[next] as number) + 1
  }
  for (let i = 0; i < nItems; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
  return starts
}

function wholeNumbers(name: string, values: ArrayLike<number>, n: number, below: number): Int32Array {
  if (values.length !== n) throw new RangeError(`votes: ${values.length} values of ${name}, ${n} expected`)
  const numbers = values instanceof Int32Array ? values : Int32Array.from(values)
  for (let i = 0; i < n; i++) {
    const value = values[i] as number
    if (numbers[i] !== value || value < 0 || value >= below)
      throw new RangeError(`votes: ${name} ${value} of vote ${i}, expected a whole number from 0 to ${below - 1}`)
  }
  return numbers
}

/** A vote by names, as people and files write it. */
export interface NamedVote {
  readonly item: string
  readonly annotator: string
  readonly label: string
}

/** Votes with the names behind their numbers, each list sorted by code units. */
export interface NamedVotes {
  readonly votes: Votes
  readonly items: readonly string[]
  readonly annotators: readonly string[]
  readonly labels: readonly string[]
}

/**
 * Numbers names. The order of the votes does not matter.
 * @param labels all that may be voted for, where the schema says so; otherwise those that occur
 */
export function numberVotes(named: readonly NamedVote[], labels?: readonly string[]): NamedVotes {
  const items = numbersOf(named.map(({ item }) => item))
  const annotators = numbersOf(named.map(({ annotator }) => annotator))
  const classes = numbersOf(labels ?? named.map(({ label }) => label))
  const votes = arrangeVotes(
    {
      items: named.map(({ item }) => items.get(item) as number),
      annotators: named.map(({ annotator }) => annotators.get(annotator) as number),
      classes: named.map(({ label }) => classes.get(label) ?? -1),
    },
    { nItems: items.size, nAnnotators: annotators.size, nClasses: classes.size },
  )
  return { votes, items: [...items.keys()], annotators: [...annotators.keys()], labels: [...classes.keys()] }
}

const numbersOf = (names: readonly string[]): Map<string, number> => new Map([...new Set(names)].sort().map((name, i) => [name, i]))
