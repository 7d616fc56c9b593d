import { z } from 'zod'

/** `withdrawn`: somebody else starts from it; no longer an annotation of the item. */
export const annotationStates = ['submitted', 'accepted', 'returned', 'withdrawn'] as const
export const AnnotationState = z.enum(annotationStates)
export type AnnotationState = z.infer<typeof AnnotationState>

export const verdicts = ['accepted', 'fixed', 'returned'] as const
export const Verdict = z.enum(verdicts)
export type Verdict = z.infer<typeof Verdict>

/** The state a verdict leaves an annotation in. */
export const stateAfter = (verdict: Verdict): AnnotationState =>
  verdict === 'returned' ? 'returned' : 'accepted'
