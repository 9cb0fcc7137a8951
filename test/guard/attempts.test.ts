import { expect, it } from 'vitest'
import { createAttempts } from '../../src/guard/access/attempts.ts'

it('lets five failures pass, then doubles the wait up to a quarter of an hour, and forgets on success', () => {
  const attempts = createAttempts()
  const waits = Array.from({ length: 20 }, () => {
    attempts.failed('a', 0)
    return attempts.waitMs('a', 0)
  })
  expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 1000, 2000, 4000, 8000])
  expect(Math.max(...waits)).toBe(15 * 60_000)
  expect(attempts.waitMs('a', 15 * 60_000)).toBe(0)
  expect(attempts.waitMs('b', 0)).toBe(0)
  attempts.succeeded('a')
  expect(attempts.waitMs('a', 0)).toBe(0)
})
