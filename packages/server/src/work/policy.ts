import type { ProjectRole, Stage } from '@kasauti/core'

/** Who takes work of a stage. */
const takes: Readonly<Record<Stage, readonly ProjectRole[]>> = {
  annotate: ['associate', 'lead'],
  review: ['reviewer', 'lead'],
  adjudicate: ['reviewer', 'lead'],
  audit: ['reviewer', 'lead'],
}

/** Associates annotate, reviewers review, leads do both. */
export const mayTake = (roles: readonly ProjectRole[], stage: Stage): boolean =>
  roles.some((role) => takes[stage].includes(role))

/**
 * Where hidden gold stands in the work, one may go back to what was handed in this lately, and reviewers
 * are not given it before: later than that, nothing tells work from gold.
 */
const reopenMinutes = 10
export const reopenFrom = (now: Date): Date => new Date(now.getTime() - reopenMinutes * 60_000)
