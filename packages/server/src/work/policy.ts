import type { ProjectRole, Stage } from '@kasauti/core'

/** Who takes work of a stage. */
export const takes: Readonly<Record<Stage, readonly ProjectRole[]>> = {
  annotate: ['associate', 'lead'],
  review: ['reviewer', 'lead'],
  adjudicate: ['reviewer', 'lead'],
  audit: ['reviewer', 'lead'],
}

/** Associates annotate, reviewers review, leads do both. */
export const mayTake = (roles: readonly ProjectRole[], stage: Stage): boolean =>
  roles.some((role) => takes[stage].includes(role))
