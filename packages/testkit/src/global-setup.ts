import { openTestRun } from './server-file.ts'

/** vitest's globalSetup: the run's directory now, its PostgreSQL when the first test wants it. */
export const setup = (): (() => Promise<void>) => openTestRun()
