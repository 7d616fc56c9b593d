/** An audit of a finished item: passed, or back to its authors or its adjudicator. */
import {
  type AuditOutcome,
  afterAudit,
  auditOutcomeOf,
  type ItemStanding,
  KasautiError,
  type Standing,
} from '@kasauti/core'
import { deleteFacets } from '../annotation/index.ts'
import { addCounts, countDelta, type DayGain, insertEvent, writeTally } from '../item/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { endAssignment, setHolder, settled, subjectOf, type Work } from '../work/index.ts'
import { carryOut, readStanding, tallyAfter } from '../workflow/index.ts'
import type { Judgement } from './judgement.ts'
import { toAuthor } from './send-back.ts'
import { insertReview, type Judged, listJudged, lockDecision, withdrawDecision } from './storage.ts'

export async function auditItem(ctx: Ctx, act: Judgement, resumed: Work) {
  const verdict = heldVerdict(act, resumed)
  const work = await settled(ctx, act, { work: resumed, outcome: 'handled' })
  const { projectId } = act
  const { item } = work
  const at = { projectId, itemId: item.itemId }
  const decision = item.tally.decided ? await lockDecision(ctx.db, at) : undefined
  const authors = await listJudged(ctx.db, at)
  const judged = decision ? [decision] : authors
  if ([...judged, ...authors].some((a) => a.author_id === ctx.caller.userId))
    throw new KasautiError('review/own-work')
  const [first] = judged
  if (!first) throw new KasautiError('annotation/not-found')
  const subject = await subjectOf(ctx, projectId, work)
  const before = await readStanding(ctx, subject)
  const outcome = auditOutcomeOf(subject.workflow, before, verdict)
  const after = afterAudit(before, outcome)
  const tally = tallyAfter(item.tally, after, { decided: after.decided })
  await tellHistory(ctx, act, work)
  await carryOut(ctx, subject, { before, decision: after })
  await writeTally(ctx.db, { ...at, tally, touched: ctx.now })
  await setHolder(ctx.db, { ...at, assignmentId: null })
  await note(ctx, act, { work, verdict, judged })
  await endAssignment(ctx.db, {
    ...act,
    state: 'submitted',
    activeMs: work.row.active_ms,
    now: ctx.now,
  })
  await undo(ctx, { ...at, work, outcome, decision, authors })
  await addCounts(ctx.db, {
    projectId,
    batchId: item.batchId,
    by: ctx.caller.userId,
    now: ctx.now,
    delta: countDelta(item.tally, tally),
    days: [
      { userId: ctx.caller.userId, audited: 1, activeMs: work.row.active_ms },
      ...gains({ outcome, before, decision, authors }),
    ],
  })
  ctx.afterCommit(() => {
    ctx.app.announce({ kind: 'item.changed', projectId })
    ctx.app.announce({ kind: 'project.changed', projectId })
  })
  return { annotationId: first.annotation_id, revision: first.revision, verdict: act.verdict }
}

/** An audit changes nothing by itself: it passes or fails. */
function heldVerdict(act: Judgement, { row, item }: Work): 'accepted' | 'returned' {
  if (row.state !== 'leased' || item.heldBy !== row.assignment_id || item.tally.removed)
    throw new KasautiError('assignment/wrong-state')
  if (act.verdict === 'fixed')
    throw new KasautiError('request/invalid', undefined, {
      problems: [{ path: 'verdict', message: 'an audit accepts or returns' }],
    })
  return act.verdict
}

const tellHistory = (ctx: Ctx, act: Judgement, { item }: Work): Promise<void> =>
  insertEvent(ctx.db, {
    projectId: act.projectId,
    itemId: item.itemId,
    eventId: ctx.app.newId(),
    kind: act.verdict === 'accepted' ? 'audit-passed' : 'audit-failed',
    userId: ctx.caller.userId,
    note: act.note,
    at: ctx.now,
  })

/** One line for each annotation that was audited; the time counts once. */
async function note(
  ctx: Ctx,
  act: Judgement,
  o: { work: Work; verdict: 'accepted' | 'returned'; judged: readonly Judged[] },
): Promise<void> {
  const { row, item } = o.work
  for (const [n, annotation] of o.judged.entries())
    await insertReview(ctx.db, {
      projectId: act.projectId,
      stage: 'audit',
      marks: act.marks,
      reviewId: ctx.app.newId(),
      annotationId: annotation.annotation_id,
      itemId: item.itemId,
      ordinal: item.ordinal,
      assignmentId: act.assignmentId,
      revision: annotation.revision,
      reviewerId: ctx.caller.userId,
      verdict: o.verdict,
      note: act.note,
      activeMs: n === 0 ? row.active_ms : 0,
      now: ctx.now,
    })
}

type Undoing = {
  readonly projectId: string
  readonly itemId: string
  readonly work: Work
  readonly outcome: AuditOutcome
  readonly decision: Judged | undefined
  readonly authors: readonly Judged[]
}
async function undo(ctx: Ctx, o: Undoing): Promise<void> {
  if (o.outcome === 'passed') return
  const { projectId } = o
  if (o.decision) {
    const at = { projectId, annotationId: o.decision.annotation_id }
    await deleteFacets(ctx.db, at)
    await withdrawDecision(ctx.db, { ...at, now: ctx.now })
  }
  if (o.outcome !== 'to-authors') return
  for (const annotation of o.authors) await toAuthor(ctx, { projectId, work: o.work, annotation })
}

/** What the audit says of whose work it was. */
function gains(
  o: Pick<Undoing, 'outcome' | 'decision' | 'authors'> & { before: ItemStanding },
): DayGain[] {
  const was = new Map<string, Standing['state']>(o.before.annotations.map((a) => [a.id, a.state]))
  switch (o.outcome) {
    case 'passed':
      return o.authors
        .filter((a) => was.get(a.annotation_id) === 'submitted')
        .map((a) => ({ userId: a.author_id, accepted: 1 }))
    case 'to-adjudication':
      return o.decision ? [{ userId: o.decision.author_id, returned: 1 }] : []
    case 'to-authors':
      return o.authors.map((a) => ({ userId: a.author_id, returned: 1 }))
  }
}
