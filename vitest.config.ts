import { defineConfig } from 'vitest/config'

/** `npm test` runs what is quick; `npm run test:slow` the files whose names say so. */
const isSlow = process.env['HIGHGRADE_TESTS'] === 'slow'

export default defineConfig({
  test: {
    include: [isSlow ? 'test/**/*.slow.test.ts' : 'test/**/*.test.ts'],
    exclude: isSlow ? [] : ['test/**/*.slow.test.ts'],
    testTimeout: isSlow ? 180_000 : 60_000,
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['test/setup/build.ts'],
  },
})
