/** Does `work` for all items, at most `limit` at once. The first error stops what has not begun. */
export async function eachBounded<T>(items: Iterable<T>, limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items[Symbol.iterator]()
  let failed = false
  const drain = async (): Promise<void> => {
    for (let next = rest.next(); !next.done && !failed; next = rest.next()) {
      try {
        await work(next.value)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: limit }, drain))
}

/** Works on items as they come, at most `limit` at once; the next is asked for when there is room. */
export async function eachStreamed<T>(
  items: AsyncIterable<T>,
  limit: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>()
  let index = 0
  for await (const item of items) {
    const task: Promise<void> = work(item, index++).finally(() => running.delete(task))
    task.catch(() => {})
    running.add(task)
    if (running.size >= limit) await Promise.race(running)
  }
  await Promise.all(running)
}
