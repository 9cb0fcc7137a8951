// Preloaded into every thread of a build: the clock jumps back and forth by up to a year with each look at it.
const real = Date.now
let state = 7
/** Up to a year before or after, by a generator of Lehmer's. */
const jumped = () => {
  state = (state * 48_271) % 2_147_483_647
  return real() + ((state % 63_072_000) - 31_536_000) * 1000
}
Date.now = jumped
globalThis.Date = new Proxy(Date, {
  construct: (target, args) => (args.length === 0 ? new target(jumped()) : new target(...args)),
})
