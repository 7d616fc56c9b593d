import { type ForecastInput, type Sampling, stageOf, type Workflow } from '@kasauti/core'
import type { Verdicts } from './storage.ts'

const shareOf = (s: Sampling): number =>
  s.kind === 'all' ? 1 : s.kind === 'share' ? s.share : (s.least + s.most) / 2

/** Items whose people disagree, while nothing tells. */
const guessedDisagreement = 0.2

/** How work moves through a workflow, with the rates of the last weeks. */
export function flowOf(workflow: Workflow, seen: Verdicts): ForecastInput['flow'] {
  const annotate = stageOf(workflow, 'annotate')
  const review = stageOf(workflow, 'review')
  const adjudicate = stageOf(workflow, 'adjudicate')
  const audit = stageOf(workflow, 'audit')
  const overlap = annotate ? 1 + (annotate.overlap - 1) * annotate.share : 1
  const items = seen.submitted / overlap
  const disagreement = items >= 20 ? Math.min(1, seen.adjudicated / items) : guessedDisagreement
  return {
    overlap,
    reviewsEach: review ? shareOf(review.sampling) * review.overlap : 0,
    returns: { seen: seen.reviewed, returned: Math.min(seen.reviewed, seen.returned) },
    onReturn: review?.onReturn ?? 'author',
    adjudicated: adjudicate ? (adjudicate.when.kind === 'always' ? 1 : disagreement) : 0,
    audited: audit ? shareOf(audit.sampling) : 0,
    auditFails: { seen: 0, failed: 0 },
  }
}
