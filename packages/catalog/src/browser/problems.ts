import type { Problem } from '@kasauti/core'

/** The first problem at or below a path. */
export const problemAt = (problems: readonly Problem[], path: string): string | undefined =>
  problems.find((p) => p.path === path || p.path.startsWith(`${path}.`))?.message
