/**
 * What happens to an item after a submit, a verdict, a decision and an audit, and what a change of the
 * workflow makes of it. Nothing here is stored or asked: facts in, decisions out.
 */
import type { Verdict } from '../annotation/index.ts'
import { isSampled, type PersonRecord, sampleShare } from './sampling.ts'
import { stageOf, type Workflow, wantedOf } from './workflow.ts'

/** One annotation of an item as the engine sees it. Withdrawn ones and decisions are none. */
export type Standing = {
  readonly id: string
  readonly state: 'submitted' | 'accepted' | 'returned'
  /** Waits for a verdict. */
  readonly due: boolean
  /** Verdicts that accepted its latest revision. */
  readonly accepts: number
  /** Verdicts that returned it, or what it was started from. */
  readonly returns: number
  readonly person: PersonRecord
}
export type ItemStanding = {
  readonly itemId: string
  readonly seed: number
  readonly ordinal: number
  readonly wanted: number
  readonly leased: number
  /** An adjudicator has decided. */
  readonly decided: boolean
  /** An auditor has passed it. */
  readonly audited: boolean
  readonly annotations: readonly Standing[]
  /** Of the annotations, 0..1; `undefined` with fewer than two. */
  readonly agreement: number | undefined
}
export type Pending = 'nothing' | 'adjudicate' | 'audit'
/** What is to become of an item: everything that may change, as it is afterwards. */
export type Decision = {
  readonly wanted: number
  readonly pending: Pending
  readonly annotations: readonly Standing[]
}

/** Whether anything in a workflow asks how alike an item's annotations are. */
export function asksAgreement(workflow: Workflow): boolean {
  const adjudicate = stageOf(workflow, 'adjudicate')
  return (
    stageOf(workflow, 'annotate')?.more !== undefined ||
    adjudicate?.when.kind === 'disagreement' ||
    asksPersons(workflow)
  )
}
/** Whether anything in a workflow asks how well a person has done. */
export const asksPersons = (workflow: Workflow): boolean =>
  (['review', 'audit'] as const).some(
    (kind) => stageOf(workflow, kind)?.sampling.kind === 'adaptive',
  )

/** Returned as often as is borne: no longer a matter between author and reviewer. */
function isContested(workflow: Workflow, a: Standing): boolean {
  const review = stageOf(workflow, 'review')
  return (
    review !== undefined &&
    stageOf(workflow, 'adjudicate') !== undefined &&
    a.state === 'submitted' &&
    a.returns >= review.returnsAtMost
  )
}

/** Every annotation an item is to have is there, and none of them is with its author again. */
const isComplete = (item: ItemStanding): boolean =>
  item.annotations.length >= item.wanted && item.annotations.every((a) => a.state !== 'returned')

/** Whether a submitted annotation waits for a verdict. What was returned once always does. */
function isDue(workflow: Workflow, item: ItemStanding, a: Standing): boolean {
  const review = stageOf(workflow, 'review')
  if (!review || item.decided || a.state !== 'submitted') return false
  if (a.returns > 0) return true
  const share = sampleShare(review.sampling, { person: a.person })
  return isSampled(share, { seed: item.seed, stage: 'review', id: a.id })
}

/** Reviewing adapts: all of an item whose people disagree. */
function disagrees(workflow: Workflow, agreement: number | undefined): boolean {
  const sampling = stageOf(workflow, 'review')?.sampling
  return sampling?.kind === 'adaptive' && agreement !== undefined && agreement < sampling.below
}

/**
 * The rule of completion, the same after everything that happens: once an item has what it wants, one more
 * person while people agree too little; then the verdicts that are due; then an adjudicator, if one is to
 * decide; then an auditor, if it is in the sample; then it is done.
 */
export function settle(workflow: Workflow, item: ItemStanding): Decision {
  const open = { wanted: item.wanted, pending: 'nothing', annotations: item.annotations } as const
  if (item.decided) return { ...open, pending: afterAll(workflow, item) }
  if (!isComplete(item)) return open
  if (wantsMore(workflow, item)) return { ...open, wanted: item.wanted + 1 }
  const annotations = disagrees(workflow, item.agreement)
    ? item.annotations.map((a) => ({
        ...a,
        due: a.due || (a.state === 'submitted' && !isContested(workflow, a)),
      }))
    : item.annotations
  if (annotations.some((a) => a.due)) return { ...open, annotations }
  const pending = isToDecide(workflow, item) ? 'adjudicate' : afterAll(workflow, item)
  return { ...open, annotations, pending }
}

function wantsMore(workflow: Workflow, item: ItemStanding): boolean {
  const more = stageOf(workflow, 'annotate')?.more
  return (
    more !== undefined &&
    item.agreement !== undefined &&
    item.agreement < more.below &&
    item.wanted < more.upTo
  )
}

function isToDecide(workflow: Workflow, item: ItemStanding): boolean {
  const adjudicate = stageOf(workflow, 'adjudicate')
  if (!adjudicate) return false
  if (item.annotations.some((a) => isContested(workflow, a))) return true
  if (adjudicate.when.kind === 'always') return true
  return item.agreement !== undefined && item.agreement < adjudicate.when.below
}

/** Nothing is left but, perhaps, an audit: by the least known of its people. */
function afterAll(workflow: Workflow, item: ItemStanding): Pending {
  const audit = stageOf(workflow, 'audit')
  if (!audit || item.audited) return 'nothing'
  const shares = item.annotations.map((a) =>
    sampleShare(audit.sampling, { person: a.person, agreement: item.agreement }),
  )
  const { seed, itemId: id } = item
  return isSampled(Math.max(0, ...shares), { seed, stage: 'audit', id }) ? 'audit' : 'nothing'
}

const changed = (item: ItemStanding, id: string, to: Partial<Standing>): ItemStanding => ({
  ...item,
  annotations: item.annotations.map((a) => (a.id === id ? { ...a, ...to } : a)),
})

/** @param item with the annotation of this id as it was handed in just now */
export function afterSubmit(workflow: Workflow, item: ItemStanding, id: string): Decision {
  const handedIn = item.annotations.find((a) => a.id === id)
  const due = handedIn !== undefined && isDue(workflow, item, handedIn)
  return settle(workflow, changed(item, id, { due, accepts: 0 }))
}

/** What a verdict makes of the annotation it is on. */
export type Outcome =
  /** Another reviewer has to accept it too. */
  | { readonly to: 'next-reviewer' }
  | { readonly to: 'accepted' }
  /** Back to its author. `often`: as often as is borne, and nobody is there to decide. */
  | { readonly to: 'author'; readonly often: boolean }
  /** Withdrawn: its place is free for somebody who starts from it. */
  | { readonly to: 'another'; readonly often: boolean }
  /** Returned as often as is borne: an adjudicator decides. */
  | { readonly to: 'adjudicator' }

/** A reviewer may finish what the workflow no longer asks for: then one verdict is enough. */
export function outcomeOf(
  workflow: Workflow,
  item: Pick<ItemStanding, 'decided'>,
  on: { readonly annotation: Pick<Standing, 'accepts' | 'returns'>; readonly verdict: Verdict },
): Outcome {
  const review = stageOf(workflow, 'review')
  if (on.verdict === 'fixed') return { to: 'accepted' }
  if (on.verdict === 'accepted')
    return on.annotation.accepts + 1 < (review?.overlap ?? 1)
      ? { to: 'next-reviewer' }
      : { to: 'accepted' }
  // What was decided meanwhile is nobody's to do again.
  if (item.decided) return { to: 'adjudicator' }
  const often = review !== undefined && on.annotation.returns + 1 >= review.returnsAtMost
  if (often && stageOf(workflow, 'adjudicate')) return { to: 'adjudicator' }
  return { to: review?.onReturn === 'another' ? 'another' : 'author', often }
}

/** The item once a verdict's outcome has happened to the annotation of this id. */
export function afterVerdict(
  workflow: Workflow,
  item: ItemStanding,
  on: { readonly id: string; readonly outcome: Outcome },
): Decision {
  return settle(workflow, withOutcome(item, on))
}

function withOutcome(
  item: ItemStanding,
  { id, outcome }: { id: string; outcome: Outcome },
): ItemStanding {
  const returns = 1 + (item.annotations.find((a) => a.id === id)?.returns ?? 0)
  switch (outcome.to) {
    case 'next-reviewer': {
      const accepts = 1 + (item.annotations.find((a) => a.id === id)?.accepts ?? 0)
      return changed(item, id, { accepts })
    }
    case 'accepted':
      return changed(item, id, { state: 'accepted', due: false })
    case 'author':
      return changed(item, id, { state: 'returned', due: false, returns })
    case 'adjudicator':
      return changed(item, id, { due: false, returns })
    case 'another':
      return { ...item, annotations: item.annotations.filter((a) => a.id !== id) }
  }
}

/** An adjudicator's decision ends everything but a sampled audit. */
export const afterAdjudication = (workflow: Workflow, item: ItemStanding): Decision =>
  settle(workflow, {
    ...item,
    decided: true,
    annotations: item.annotations.map((a) => ({ ...a, due: false })),
  })

/** What an audit makes of an item. */
export type AuditOutcome = 'passed' | 'to-authors' | 'to-adjudication'

export function auditOutcomeOf(
  workflow: Workflow,
  item: Pick<ItemStanding, 'decided'>,
  verdict: 'accepted' | 'returned',
): AuditOutcome {
  if (verdict === 'accepted') return 'passed'
  const decide = stageOf(workflow, 'adjudicate') !== undefined
  const asked = item.decided || stageOf(workflow, 'audit')?.onFail === 'adjudicate'
  return decide && asked ? 'to-adjudication' : 'to-authors'
}

export function afterAudit(
  item: ItemStanding,
  outcome: AuditOutcome,
): Decision & { decided: boolean } {
  const { wanted, annotations, decided } = item
  switch (outcome) {
    case 'passed':
      return {
        wanted,
        decided,
        pending: 'nothing',
        annotations: annotations.map((a) => ({
          ...a,
          due: false,
          state: a.state === 'submitted' ? 'accepted' : a.state,
        })),
      }
    case 'to-adjudication':
      return { wanted, decided: false, pending: 'adjudicate', annotations }
    case 'to-authors':
      return {
        wanted,
        decided: false,
        pending: 'nothing',
        annotations: annotations.map((a) => ({
          ...a,
          due: false,
          state: 'returned',
          returns: a.returns + 1,
        })),
      }
  }
}

/** What the change of a workflow does to an item; `held`: places people hold that the overlap would not give. */
export type Reapplied = Decision & { readonly heldStay: number }

/**
 * An item in flight brought under a workflow. Who is at work on it may finish; what was judged and decided
 * stays so; annotations wait for verdicts as if they were handed in now.
 * @param item.annotations each with `inHands`: a reviewer or its author is at it just now
 */
export function reapply(
  workflow: Workflow,
  item: ItemStanding & { readonly inHands: ReadonlySet<string> },
): Reapplied {
  const annotate = stageOf(workflow, 'annotate')
  const live = item.annotations.length
  const base = annotate ? wantedOf(annotate, item) : item.wanted
  const wanted = item.decided ? item.wanted : Math.max(base, live + item.leased)
  const heldStay = item.decided ? 0 : Math.min(item.leased, Math.max(0, live + item.leased - base))
  const annotations = item.annotations.map((a) => reviewedUnder(workflow, item, a))
  return { ...settle(workflow, { ...item, wanted, annotations }), heldStay }
}

function reviewedUnder(
  workflow: Workflow,
  item: ItemStanding & { readonly inHands: ReadonlySet<string> },
  a: Standing,
): Standing {
  const review = stageOf(workflow, 'review')
  if (a.state !== 'submitted') return a
  if (!review || item.decided) return { ...a, due: false }
  if (item.inHands.has(a.id)) return a
  if (a.accepts >= review.overlap) return { ...a, state: 'accepted', due: false }
  if (isContested(workflow, a) && !a.due) return a
  return { ...a, due: isDue(workflow, item, a) }
}
