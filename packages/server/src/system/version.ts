import { createRequire } from 'node:module'

const { version } = createRequire(import.meta.url)('../../package.json') as {
  readonly version: string
}

/** The release that is running. */
export const kasautiVersion = version
