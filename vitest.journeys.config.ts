import { defineConfig } from 'vitest/config'

/** Journeys: the running program in a real browser, one file after another. */
export default defineConfig({
  test: {
    include: ['journeys/**/*.journey.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    fileParallelism: false,
    expect: { poll: { timeout: 20_000 } },
  },
})
