import type { Stage } from './session.ts'

/** Where work comes from: one stage of one project, or everything that is for me. */
export type Source =
  | { readonly of: 'project'; readonly projectId: string; readonly stage: Stage }
  | { readonly of: 'everything' }
